// One libpq connection. One thread at a time; the pool hands it out.
#pragma once

#include "db/error.hpp"
#include "db/params.hpp"
#include "db/rows.hpp"

#include <memory>
#include <span>
#include <string>

namespace host::db {

// Role and search path under which statements run; the empty identity is the host's own.
struct Identity {
    std::string role;         // "guichet_p_tickets"
    std::string search_path;  // "tickets, core"; already quoted where needed
    bool operator==(const Identity&) const = default;
};

class Connection {
public:
    // Connects within connect_timeout_ms; throws Unavailable. Session settings are those of reliability.md 4.2.7.
    Connection(const std::string& url, int connect_timeout_ms, int statement_timeout_ms);
    ~Connection();
    Connection(const Connection&) = delete;

    // Runs one statement under the identity, prepared once and cached by its text (least recently used
    // 500 stay). Switching identity is sent in the same round trip. Throws Error; Unavailable when broken.
    Rows exec(const Identity& identity, std::string_view sql, std::span<const Param> params);
    // Several statements separated by ';', no parameters, not prepared: migrations and demo data.
    void exec_script(const Identity& identity, std::string_view sql);

    // BEGIN travels with the first statement after it. A nested begin is a savepoint.
    void begin();
    void commit();    // throws Unavailable{in_doubt} when the answer to COMMIT was lost
    void rollback();  // never throws on a broken connection
    int depth() const noexcept;  // 0 = autocommit
    bool usable() const noexcept;  // false once broken; the pool then drops it

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace host::db
