// One libpq connection. One thread at a time; the pool hands it out.
#pragma once

#include "db/error.hpp"
#include "db/params.hpp"
#include "db/rows.hpp"

#include <initializer_list>
#include <memory>
#include <span>
#include <string>

namespace host::db {

// Role, search path and time limit under which statements run; the empty identity is the host's own.
struct Identity {
    std::string role;              // "guichet_p_tickets"
    std::string search_path;       // "tickets, core"; already quoted where needed
    int statement_timeout_ms = 0;  // 0: the connection's own
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
    // Text with NUL is refused as Error "22021". Without a transaction, an answer that was lost is in_doubt.
    Rows exec(const Identity& identity, std::string_view sql, std::span<const Param> params);
    Rows exec(std::string_view sql, std::initializer_list<Param> params = {}) {  // as the host
        return exec(Identity{}, sql, std::span{params.begin(), params.size()});
    }
    // Several statements separated by ';', no parameters, not prepared, 10 minutes for each: migrations and demo
    // data. All of them or none; inside a transaction they are undone by a savepoint. Errors begin with the line.
    void exec_script(const Identity& identity, std::string_view sql);

    // BEGIN travels with the first statement after it. A nested begin is a savepoint. Each commit or rollback
    // ends one begin, also when it throws: a commit that fails has rolled back.
    void begin();
    void commit();    // throws Unavailable{in_doubt} when the answer to COMMIT was lost, Error when it was refused
    void rollback();  // never throws
    int depth() const noexcept;  // 0 = autocommit
    bool usable() const noexcept;  // false once broken; the pool then drops it
    bool alive() noexcept;         // also false when the server has closed an idle connection; does not wait
    bool has(const Identity& identity) const noexcept;  // the same role and search path

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace host::db
