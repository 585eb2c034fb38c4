#include "db/connection.hpp"

#include "base/strings.hpp"
#include "db/param_texts.hpp"
#include "db/session.hpp"
#include "db/statement_cache.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

namespace host::db {
namespace {

constexpr std::size_t kCachedStatements = 500;
constexpr int kScriptTimeoutMs = 600'000;
// Time for the server's own statement_timeout to be reported before we give the server up.
constexpr std::chrono::milliseconds kAnswerMargin{2000};
constexpr const char* kHostSearchPath = "\"$user\",public";
constexpr const char* kSetIdentity =
    "select set_config('role', $1, false), set_config('search_path', $2, false), set_config('statement_timeout', $3, false)";
constexpr std::string_view kSetTimeout = "select set_config('statement_timeout', $1, true)";

// "line 12: " of the place in a script that the server complains about, "" when it does not say.
std::string line_of(const PGresult* error, std::string_view sql) {
    const char* position = PQresultErrorField(error, PG_DIAG_STATEMENT_POSITION);
    if (!position) return {};
    auto characters = static_cast<std::size_t>(std::strtoul(position, nullptr, 10));
    auto line = 1;
    for (; !sql.empty() && characters > 1; --characters) {
        if (sql.front() == '\n') ++line;
        sql.remove_prefix(std::max<std::size_t>(base::utf8_sequence_length(sql), 1));
    }
    return "line " + std::to_string(line) + ": ";
}

}  // namespace

// Everything but scripts is sent in libpq's pipeline mode: what a statement needs before it (BEGIN, identity,
// PREPARE) is queued, then the statement, then one Sync; the answers are read in the same order.
struct Connection::Impl {
    Impl(const std::string& url, int connect_timeout_ms, int statement_timeout_ms)
        : session{url, connect_timeout_ms, statement_timeout_ms}, statement_timeout{statement_timeout_ms} {
        enter_pipeline();
    }

    enum class Step { control, open_level, prepare_switch, identity, prepare, statement };
    struct Level {
        std::optional<Identity> identity_before;  // what a rollback brings back
        bool sent = false;                        // BEGIN or SAVEPOINT waits for the first statement
    };

    PGconn* pg() const { return session.get(); }
    bool autocommit() const { return levels.empty(); }
    Deadline deadline() const { return deadline_in(statement_timeout + kAnswerMargin); }
    static std::string savepoint(std::size_t level) { return "guichet_" + std::to_string(level); }

    void enter_pipeline() { session.require(PQenterPipelineMode(pg())); }
    void require_usable() {
        if (!session.usable()) throw Unavailable{"the connection to PostgreSQL is broken"};
    }

    void queue(Step step, const std::string& sql) {
        session.require(PQsendQueryParams(pg(), sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0));
        steps.push_back(step);
    }
    void queue_prepare(const std::string& name, const std::string& sql) {
        session.require(PQsendPrepare(pg(), name.c_str(), sql.c_str(), 0, nullptr));
        steps.push_back(Step::prepare);
    }
    void queue_prepared(Step step, const char* name, const ParamTexts& values) {
        session.require(PQsendQueryPrepared(pg(), name, values.count(), values.values(), nullptr, nullptr, 0));
        steps.push_back(step);
    }

    void queue_levels() {
        for (std::size_t i = 0; i < levels.size(); ++i)
            if (!levels[i].sent) queue(Step::open_level, i == 0 ? "begin" : "savepoint " + savepoint(i));
    }

    void queue_identity(const Identity& wanted) {
        if (identity == wanted) return;
        const std::string timeout = std::to_string(wanted.statement_timeout_ms ? wanted.statement_timeout_ms : statement_timeout.count());
        const Param params[] = {wanted.role.empty() ? Param{"none"} : Param{wanted.role},
                                wanted.search_path.empty() ? Param{kHostSearchPath} : Param{wanted.search_path}, timeout};
        switch_texts.assign(params);
        if (!switch_prepared) {
            session.require(PQsendPrepare(pg(), "identity", kSetIdentity, 0, nullptr));
            steps.push_back(Step::prepare_switch);
        }
        queue_prepared(Step::identity, "identity", switch_texts);
    }

    // One Sync for what is queued. Returns the result of the last step, or throws the first error.
    template <class Applied>
    ResultPtr finish(Applied applied) {
        session.require(PQpipelineSync(pg()));
        const Deadline end = deadline();
        ResultPtr last, error;
        for (std::size_t step = 0;;) {
            ResultPtr result = session.next_result(end);
            if (!result) {
                ++step;
                continue;
            }
            switch (PQresultStatus(result.get())) {
                case PGRES_PIPELINE_SYNC:
                    steps.clear();
                    if (error) throw_error(session, error.get());
                    return last;
                case PGRES_COMMAND_OK:
                case PGRES_TUPLES_OK:
                case PGRES_EMPTY_QUERY:
                    applied(steps[step]);
                    last = std::move(result);
                    break;
                case PGRES_PIPELINE_ABORTED: break;
                case PGRES_COPY_IN:
                case PGRES_COPY_OUT:
                case PGRES_COPY_BOTH: refuse("COPY from or to the client is not possible here", "0A000");
                default:
                    if (ends_session(session, result.get())) throw_error(session, result.get());
                    if (!error) error = std::move(result);
            }
        }
    }

    // The session is in a state that we do not follow.
    [[noreturn]] void refuse(const char* why, const char* sqlstate) {
        session.mark_broken();
        throw Error{why, sqlstate};
    }

    // A lost answer to what would have committed leaves open whether it did.
    template <class Work>
    auto in_doubt_when_lost(Work work) {
        try {
            return work();
        } catch (const Unavailable& lost) {
            if (session.usable()) throw;
            throw Unavailable{lost.what(), lost.sqlstate(), true};
        }
    }

    ResultPtr run_statement(const Identity& wanted, std::string_view sql) {
        steps.clear();
        for (const std::string& name : std::exchange(to_deallocate, {})) queue(Step::control, "deallocate " + name);
        queue_levels();
        queue_identity(wanted);
        const char* name = cache.find(wanted.search_path, sql);
        std::string fresh;
        if (!name) {
            if (auto old = cache.evict()) queue(Step::control, "deallocate " + *old);
            fresh = cache.next_name();
            name = fresh.c_str();
            queue_prepare(fresh, std::string{sql});
        }
        queue_prepared(Step::statement, name, texts);
        return finish([&](Step step) {
            if (step == Step::open_level) first_unsent()->sent = true;
            else if (step == Step::prepare_switch) switch_prepared = true;
            else if (step == Step::identity) identity = wanted;
            else if (step == Step::prepare) cache.insert(wanted.search_path, sql, fresh);
        });
    }

    std::vector<Level>::iterator first_unsent() {
        return std::find_if(levels.begin(), levels.end(), [](const Level& level) { return !level.sent; });
    }

    ResultPtr run_autocommit(const Identity& wanted, std::string_view sql) {
        const std::optional<Identity> before = identity;
        try {
            return in_doubt_when_lost([&] { return run_statement(wanted, sql); });
        } catch (...) {
            // The switch was part of what the server rolled back.
            identity = before;
            throw;
        }
    }

    // A plan may be out of date: a migration added a column, or somebody deallocated it.
    bool forget_stale_plan(const Identity& wanted, std::string_view sql, const Error& error) {
        const bool result_type_changed = error.sqlstate() == "0A000", gone = error.sqlstate() == "26000";
        if (!result_type_changed && !gone) return false;
        if (gone) switch_prepared = false;
        auto name = cache.erase(wanted.search_path, sql);
        if (name && result_type_changed) to_deallocate.push_back(std::move(*name));
        return name.has_value();
    }

    ResultPtr exec(const Identity& wanted, std::string_view sql, std::span<const Param> params) {
        if (base::contains_nul(sql)) throw Error{"the statement contains NUL", "22021"};
        texts.assign(params);
        require_usable();
        if (!autocommit()) {
            try {
                return run_statement(wanted, sql);
            } catch (const Error& error) {
                forget_stale_plan(wanted, sql, error);
                throw;
            }
        }
        const bool was_prepared = cache.find(wanted.search_path, sql) != nullptr;
        try {
            return run_autocommit(wanted, sql);
        } catch (const Error& error) {
            if (!was_prepared || !forget_stale_plan(wanted, sql, error)) throw;
        }
        return run_autocommit(wanted, sql);
    }

    // Simple protocol, for several statements. Inside a transaction that is already open on the server.
    void run_script(const std::string& sql) {
        session.require(PQexitPipelineMode(pg()));
        session.require(PQsendQuery(pg(), sql.c_str()));
        const Deadline end = deadline_in(std::chrono::milliseconds{kScriptTimeoutMs} + kAnswerMargin);
        ResultPtr error;
        while (ResultPtr result = session.next_result(end)) {
            const ExecStatusType status = PQresultStatus(result.get());
            if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT) refuse("a script cannot COPY from or to the client", "0A000");
            if (status != PGRES_FATAL_ERROR) continue;
            if (ends_session(session, result.get())) throw_error(session, result.get());
            if (!error) error = std::move(result);
        }
        // The script may have changed either.
        identity.reset();
        enter_pipeline();
        if (error) throw_script_error(error.get(), sql);
        if (PQtransactionStatus(pg()) != PQTRANS_INTRANS) refuse("a script ended the transaction it ran in", "2D000");
    }

    [[noreturn]] void throw_script_error(const PGresult* error, std::string_view sql) {
        try {
            throw_error(session, error);
        } catch (const Unavailable&) {
            throw;
        } catch (const Error& plain) {
            throw Error{line_of(error, sql) + plain.what(), plain.sqlstate(), plain.constraint()};
        }
    }

    void set_timeout(const Identity& as, int timeout_ms) {
        const std::string value = std::to_string(timeout_ms);
        const Param params[] = {value};
        exec(as, kSetTimeout, params);
    }

    void exec_script(const Identity& wanted, const std::string& sql) {
        if (base::contains_nul(sql)) throw Error{"the script contains NUL", "22021"};
        begin();
        try {
            set_timeout(wanted, kScriptTimeoutMs);
            run_script(sql);
            set_timeout(wanted, static_cast<int>(statement_timeout.count()));
        } catch (...) {
            rollback();
            throw;
        }
        commit();
    }

    void begin() { levels.push_back({identity, false}); }

    void commit() {
        const Level level = levels.back();
        if (!level.sent) {
            levels.pop_back();
            return;
        }
        const bool outermost = levels.size() == 1;
        try {
            require_usable();
            steps.clear();
            queue(Step::control, outermost ? "commit" : "release savepoint " + savepoint(levels.size() - 1));
            const ResultPtr result = outermost ? in_doubt_when_lost([&] { return finish_control(); }) : finish_control();
            if (std::string_view{PQcmdStatus(result.get())} == "ROLLBACK")
                throw Error{"a statement had failed, so the transaction was rolled back", "25P02"};
        } catch (...) {
            rollback();
            throw;
        }
        levels.pop_back();
    }

    ResultPtr finish_control() {
        return finish([](Step) {});
    }

    void rollback() noexcept {
        Level level = std::move(levels.back());
        const std::size_t depth = levels.size();
        levels.pop_back();
        if (!level.sent || !session.usable()) return;
        identity = std::move(level.identity_before);
        try {
            steps.clear();
            if (depth > 1) queue(Step::control, "rollback to savepoint " + savepoint(depth - 1));
            queue(Step::control, depth > 1 ? "release savepoint " + savepoint(depth - 1) : "rollback");
            finish_control();
        } catch (const std::exception&) {
            session.mark_broken();
        }
    }

    Session session;
    std::chrono::milliseconds statement_timeout;
    StatementCache cache{kCachedStatements};
    bool switch_prepared = false;
    std::optional<Identity> identity = Identity{};  // on the server now; nothing: unknown
    std::vector<Level> levels;
    std::vector<Step> steps;  // queued, not answered yet
    std::vector<std::string> to_deallocate;
    ParamTexts texts, switch_texts;
};

Connection::Connection(const std::string& url, int connect_timeout_ms, int statement_timeout_ms)
    : impl_{std::make_unique<Impl>(url, connect_timeout_ms, statement_timeout_ms)} {}
Connection::~Connection() = default;

Rows Connection::exec(const Identity& identity, std::string_view sql, std::span<const Param> params) {
    return Rows{impl_->exec(identity, sql, params).release()};
}
void Connection::exec_script(const Identity& identity, std::string_view sql) { impl_->exec_script(identity, std::string{sql}); }
void Connection::begin() { impl_->begin(); }
void Connection::commit() { impl_->commit(); }
void Connection::rollback() { impl_->rollback(); }
int Connection::depth() const noexcept { return static_cast<int>(impl_->levels.size()); }
bool Connection::usable() const noexcept { return impl_->session.usable(); }
bool Connection::alive() noexcept { return impl_->session.alive(); }
bool Connection::has(const Identity& identity) const noexcept {
    const auto& mine = impl_->identity;
    return mine && mine->role == identity.role && mine->search_path == identity.search_path;
}

}  // namespace host::db
