#include "db/session.hpp"

#include "base/log.hpp"
#include "db/error.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

namespace host::db {
namespace {

using namespace std::chrono_literals;

void log_notice(void*, const PGresult* notice) {
    const char* text = PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY);
    base::log(base::Level::debug, "PostgreSQL notice", {{"text", std::string_view{text ? text : ""}}});
}

// Reliability.md 4.2.7. The host's own identity has PostgreSQL's usual search path, whatever the database says.
std::string startup_options(int statement_timeout_ms) {
    return "-c statement_timeout=" + std::to_string(statement_timeout_ms) +
           " -c lock_timeout=2000 -c idle_in_transaction_session_timeout=15000 -c timezone=UTC -c datestyle=ISO"
           " -c search_path=\"$user\",public";
}

PGconn* connect(const std::string& url, int connect_timeout_ms, int statement_timeout_ms) {
    const std::string timeout_s = std::to_string((connect_timeout_ms + 999) / 1000);
    const std::string options = startup_options(statement_timeout_ms);
    const std::array<std::pair<const char*, const char*>, 10> parameters{{{"dbname", url.c_str()},
                                                                          {"connect_timeout", timeout_s.c_str()},
                                                                          {"options", options.c_str()},
                                                                          {"application_name", "guichet"},
                                                                          {"client_encoding", "UTF8"},
                                                                          {"tcp_user_timeout", "10000"},
                                                                          {"keepalives", "1"},
                                                                          {"keepalives_idle", "30"},
                                                                          {"keepalives_interval", "5"},
                                                                          {"keepalives_count", "3"}}};
    std::array<const char*, 11> names{}, values{};
    for (std::size_t i = 0; i < parameters.size(); ++i) std::tie(names[i], values[i]) = parameters[i];
    return PQconnectdbParams(names.data(), values.data(), /* the name is a URL */ 1);
}

// libpq adds guesses and hints on further lines.
std::string first_line(std::string_view message) { return std::string{message.substr(0, message.find('\n'))}; }

std::string field(const PGresult* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text ? text : "";
}

bool temporary(std::string_view sqlstate) {
    constexpr std::string_view kStates[] = {"57P01", "57P02", "57P03", "57P05", "53300", "57014", "55P03", "25P03"};
    return sqlstate.starts_with("08") || std::find(std::begin(kStates), std::end(kStates), sqlstate) != std::end(kStates);
}

}  // namespace

Deadline deadline_in(std::chrono::milliseconds wait) { return std::chrono::steady_clock::now() + wait; }

Session::Session(const std::string& url, int connect_timeout_ms, int statement_timeout_ms)
    : connection_{connect(url, connect_timeout_ms, statement_timeout_ms)} {
    if (PQstatus(get()) != CONNECTION_OK)
        throw Unavailable{"cannot connect to PostgreSQL: " + first_line(PQerrorMessage(get()))};
    PQsetNoticeReceiver(get(), log_notice, nullptr);
    usable_ = PQsetnonblocking(get(), 1) == 0;
}

// libpq says goodbye to the server, and would wait for room to do so.
Session::~Session() {
    if (!usable_) mark_broken();
}

void Session::mark_broken() noexcept {
    usable_ = false;
    if (PQsocket(get()) >= 0) ::shutdown(PQsocket(get()), SHUT_RDWR);
}

void Session::break_off(const std::string& why) {
    mark_broken();
    throw Unavailable{why};
}

void Session::require(int libpq_success) {
    if (!libpq_success) break_off("the connection to PostgreSQL broke: " + first_line(PQerrorMessage(get())));
}

// False when the deadline has passed.
bool Session::poll_socket(short events, Deadline deadline) const {
    pollfd waiting{PQsocket(get()), events, 0};
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        const int ready = ::poll(&waiting, 1, static_cast<int>(std::max(left, 0ms).count()));
        if (ready >= 0 || errno != EINTR) return ready > 0;
    }
}

bool Session::alive() noexcept {
    while (usable_ && poll_socket(POLLIN, Deadline{}))
        if (!PQconsumeInput(get()) || PQstatus(get()) != CONNECTION_OK) mark_broken();
    return usable_;
}

ResultPtr Session::next_result(Deadline deadline) {
    if (!usable_) break_off("the connection to PostgreSQL is broken");
    for (;;) {
        const int unsent = PQflush(get());
        require(unsent >= 0);
        if (unsent == 0 && !PQisBusy(get())) break;
        if (!poll_socket(static_cast<short>(unsent ? POLLIN | POLLOUT : POLLIN), deadline))
            break_off("PostgreSQL does not answer");
        // What the server said before it went away is still to be read from libpq.
        if (!PQconsumeInput(get())) break;
    }
    ResultPtr result{PQgetResult(get())};
    if (!result && PQstatus(get()) != CONNECTION_OK) require(0);
    return result;
}

bool ends_session(const Session& session, const PGresult* error) {
    const std::string severity = field(error, PG_DIAG_SEVERITY_NONLOCALIZED);
    return severity.empty() || severity == "FATAL" || severity == "PANIC" || PQstatus(session.get()) != CONNECTION_OK;
}

void throw_error(Session& session, const PGresult* error) {
    const std::string sqlstate = field(error, PG_DIAG_SQLSTATE);
    std::string message = field(error, PG_DIAG_MESSAGE_PRIMARY);
    if (message.empty()) message = first_line(PQresultErrorMessage(error));
    const bool lost = ends_session(session, error);
    if (lost) session.mark_broken();
    if (lost || temporary(sqlstate)) throw Unavailable{std::move(message), sqlstate};
    throw Error{std::move(message), sqlstate, field(error, PG_DIAG_CONSTRAINT_NAME)};
}

}  // namespace host::db
