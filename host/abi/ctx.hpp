// guichet_ctx: what one call into plugins carries. Lives on the stack of the worker that makes the call.
#pragma once

#include "auth/principal.hpp"
#include "base/arena.hpp"
#include "base/result.hpp"
#include "base/value.hpp"
#include "db/pool.hpp"

#include <guichet/abi/plugin.h>

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace host::plugin {
class Generation;
class Snapshot;
}  // namespace host::plugin
namespace host::core {
class ReferenceData;
class Secrets;
struct Reference;
class Settings;
class SettingsState;
}  // namespace host::core
namespace host::http {
struct Request;
}
namespace host::file {
class Files;
}
namespace host::pdf {
class Printer;
}
struct guichet_http;

namespace host::abi {

// Puts the content of a page into the site's layout; implemented by host/web.
class Layout {
public:
    virtual ~Layout() = default;
    // Appends one of the host's templates.
    virtual void part(guichet_ctx& ctx, std::string_view template_name, const base::Value& data, std::string& out) const = 0;
    virtual std::string wrap(guichet_ctx& ctx, std::string_view title, std::string_view content) const = 0;
    virtual std::string host_asset_url(std::string_view file) const = 0;  // "" when there is none
};

// Services of the host that the tables use; lives as long as the process.
struct Services {
    db::Pool* pool = nullptr;
    const core::ReferenceData* reference = nullptr;  // null in the command line's lifecycle calls
    const Layout* layout = nullptr;                  // null likewise
    core::Settings* settings = nullptr;
    const core::Secrets* secrets = nullptr;          // null likewise
    file::Files* files = nullptr;                    // null where nothing stores files
    pdf::Printer* printer = nullptr;                 // null where no documents are made
    std::string site_url{};                          // "https://desk.example.org", for what is read elsewhere
};

struct LastError {
    guichet_status code = GUICHET_OK;
    std::string message, field, sqlstate;
    std::vector<std::pair<std::string, std::string>> problems;  // field, message
};

}  // namespace host::abi

struct guichet_rows {
    host::db::Rows rows;
};

struct guichet_ctx {
    guichet_ctx(const host::abi::Services& services, std::shared_ptr<const host::plugin::Snapshot> snapshot,
                const host::plugin::Generation* generation, const host::auth::Principal& principal, std::string language,
                std::string request_id, std::int64_t deadline_us);
    ~guichet_ctx();  // rolls back what is open
    guichet_ctx(const guichet_ctx&) = delete;

    const host::abi::Services& services;
    std::shared_ptr<const host::plugin::Snapshot> snapshot;  // pins every generation the call can reach; null during lifecycle
    const host::plugin::Generation* generation;              // on whose behalf; changes in widgets and services
    const host::auth::Principal& principal;
    std::string language;
    std::string request_id;
    std::int64_t deadline_us;
    int statement_timeout_ms = 0;                            // of a call with a time budget (budget.hpp); 0: the connection's own
    const host::http::Request* request = nullptr;            // null outside of a request
    host::base::Arena arena;
    host::abi::LastError error;

    const host::core::Reference& reference();                // pinned for the life of the ctx
    const host::core::SettingsState& settings();             // likewise

    // --- database (db_table.cpp) ---
    host::db::Rows exec(std::string_view sql, std::span<const host::db::Param> params);
    void begin();
    void commit();
    void rollback();
    int depth() const noexcept;
    // The connection of the open transaction, for what the host itself writes in it. Throws std::logic_error without one.
    host::db::Connection& connection();
    bool wrote_settings = false;  // in the open transaction: what follows its commit here does not wait for the notification
    int floor = 0;  // depth when the current callee was entered: it cannot end what it did not begin
    host::db::Identity identity() const;  // role and search path of the generation

    std::deque<guichet_rows> results;
    std::vector<const host::plugin::Generation*> callers;  // of enter/leave
    const std::atomic<bool>* stop = nullptr;               // set when the call shall end early (host/job); null: only the deadline
    std::vector<std::string> publishing;                   // events whose hooks are running (event/publish.cpp)
    std::map<std::string, std::string, std::less<>> edited_by;  // members of the latest before event: plugin of the hook

private:
    host::db::Pool::Lease lease_;
    std::shared_ptr<const host::core::Reference> reference_;
    std::shared_ptr<const host::core::SettingsState> settings_;
};
