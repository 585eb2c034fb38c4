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

bool Health::database_answers() {
    std::lock_guard lock{mutex_};
    const auto now = std::chrono::steady_clock::now();
    if (now - asked_ < std::chrono::seconds{2}) return answered_;
    try {
        pool_.exec("select 1");
        answered_ = true;
    } catch (const db::Error&) {
        answered_ = false;
    }
    asked_ = std::chrono::steady_clock::now();
    return answered_;
}

http::Response Health::ready() {
    if (draining_) return answer(503, R"({"status":"draining"})");
    return database_answers() ? answer(200, R"({"status":"ready"})") : answer(503, R"({"status":"waiting","failing":["database"]})");
}

}  // namespace host::web
