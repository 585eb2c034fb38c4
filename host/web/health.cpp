#include "web/health.hpp"

namespace host::web {
namespace {

http::Response answer(int status, std::string body) {
    http::Response response;
    response.status = status;
    response.set("Content-Type", "application/json; charset=utf-8");
    if (status == 503) response.set("Retry-After", "2");
    response.body = std::move(body);
    return response;
}

}  // namespace

http::Response Health::live() const { return answer(200, R"({"status":"live"})"); }

// One prober at a time: while it waits for a frozen database, the others say what was true last.
bool Health::database_answers() {
    {
        std::lock_guard lock{mutex_};
        if (asking_ || std::chrono::steady_clock::now() - asked_ < std::chrono::seconds{2}) return answered_;
        asking_ = true;
    }
    bool answers = true;
    try {
        pool_.exec("select 1");
    } catch (const std::exception&) {
        answers = false;
    }
    std::lock_guard lock{mutex_};
    asking_ = false;
    asked_ = std::chrono::steady_clock::now();
    return answered_ = answers;
}

http::Response Health::ready() {
    if (draining_) return answer(503, R"({"status":"draining"})");
    return database_answers() ? answer(200, R"({"status":"ready"})") : answer(503, R"({"status":"waiting","failing":["database"]})");
}

}  // namespace host::web
