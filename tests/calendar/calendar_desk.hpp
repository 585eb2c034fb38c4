// What the tests of the calendar share: a desk with three colleagues, two of them in a team.
#pragma once

#include "plugin/packages.hpp"
#include "tickets/desk_of_tickets.hpp"
#include "web/guest_desk.hpp"

namespace calendar_test {

using tickets_test::id;
using tickets_test::items;
using tickets_test::make;
using web_test::Answer;
using web_test::Api;
using web_test::between;
using web_test::Browser;
using web_test::count_of;
using Fields = std::map<std::string, std::string>;

inline const std::string kEvents = "/api/v1/calendar/events";

// The modules that the calendar knows of, and no others.
class Modules {
public:
    Modules() {
        for (const auto* id : {"directory", "tickets", "interventions", "calendar"})
            std::filesystem::create_directory_symlink(std::filesystem::path{BUILD_DIR} / "packages" / id, folder_.path() / id);
    }
    std::vector<std::filesystem::path> packages() const { return {folder_.path()}; }

private:
    host::plugin_tests::TemporaryFolder folder_;
};

// One desk for all suites: it takes longer to start than most of them to run.
class SharedDesk : public testing::Environment {
public:
    web_test::Desk& desk() {
        if (!desk_) start();
        return *desk_;
    }
    Api& alice() {
        if (!desk_) start();
        return *alice_;
    }
    void TearDown() override {
        alice_.reset();
        desk_.reset();
        modules_.reset();
    }

private:
    void start() {
        modules_ = std::make_unique<Modules>();
        desk_ = std::make_unique<web_test::Desk>(modules_->packages());
        desk_->add_user("alice", "agent", "Nord");
        desk_->add_user("bob", "agent", "Nord");
        desk_->add_user("carol");
        alice_.emplace(desk_->api("alice"));
    }
    std::unique_ptr<Modules> modules_;
    std::unique_ptr<web_test::Desk> desk_;
    std::optional<Api> alice_;
};

inline auto* const shared_desk = static_cast<SharedDesk*>(testing::AddGlobalTestEnvironment(new SharedDesk));

class Calendar : public testing::Test {
protected:
    void SetUp() override { sql("delete from calendar.event"); }

    static web_test::Desk& desk() { return shared_desk->desk(); }
    static Api& alice() { return shared_desk->alice(); }
    static void sql(const std::string& statement) { desk().app->pool().exec(statement); }
    static std::string scalar(const std::string& query) {
        const auto rows = desk().app->pool().exec(query);
        return rows.empty() || rows.is_null(0, 0) ? "" : std::string{rows.text(0, 0)};
    }
    static std::string user(const std::string& login) { return std::to_string(*host::auth::find_user(desk().app->pool(), login)); }
    static Browser logged_in(const std::string& login = "alice", const std::string& language = "en") {
        auto browser = desk().browser();
        browser.cookies["lang"] = language;
        EXPECT_EQ(browser.log_in(login).status, 303);
        return browser;
    }
    // From 09:00 to 10:00 UTC of a day unless said otherwise.
    static Answer event(Api& api, const std::string& title, const std::string& day = "2026-03-23", const std::string& more = {}) {
        return make(api, "calendar/events",
                    R"({"title":")" + title + R"(","starts_at":")" + day + R"(T09:00:00Z","ends_at":")" + day + "T10:00:00Z\"" +
                        (more.empty() ? "" : "," + more) + "}");
    }
    static Answer between_days(Api& api, const std::string& from, const std::string& to, const std::string& more = {}) {
        return api.get(kEvents + "?from=" + from + "T00:00:00Z&to=" + to + "T00:00:00Z" + more);
    }
    // "a 2026-03-23T09:00:00Z, b …" of a list.
    static std::string listed(const Answer& answer) {
        std::string out;
        for (std::size_t i = 0; i < items(answer).size(); ++i) {
            const auto& item = *items(answer).at(i);
            const auto* title = item.get("title");
            out += (i ? ", " : "") + (title->is(host::base::Value::Type::null) ? std::string{"busy"} : std::string{title->as_string()}) +
                   " " + std::string{item.get("starts_at")->as_string()};
        }
        return out;
    }
};

}  // namespace calendar_test
