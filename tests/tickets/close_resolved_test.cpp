// The job that closes tickets which stayed resolved.
#include "desk_of_tickets.hpp"

#include "plugin/packages.hpp"
#include "support/wait.hpp"

namespace {

class CloseResolved : public testing::Test {
protected:
    CloseResolved() : desk_{{std::filesystem::path{BUILD_DIR} / "packages", packages_.path()}} { browser_.log_in("admin"); }

    // A ticket that nobody has touched for so many days.
    std::int64_t ticket(const std::string& status, int days) {
        const auto id = tickets_test::ticket(api_).integer("id");
        EXPECT_EQ(api_.patch("/api/v1/tickets/" + std::to_string(id), R"({"status": ")" + status + R"("})").status, 200);
        desk_.app->pool().exec("update tickets.ticket set updated_at = now() - make_interval(days => $2::int) where id = $1", {id, days});
        return id;
    }
    std::string status(std::int64_t id) { return api_.get("/api/v1/tickets/" + std::to_string(id)).text("status"); }
    void close_after(int days) {
        EXPECT_EQ(browser_.post("/admin/settings/tickets", {{"version", std::to_string(version_++)}, {"close_resolved_after_days", std::to_string(days)}}).status, 303);
    }
    void run() {
        EXPECT_EQ(browser_.post("/admin/jobs/tickets.close_resolved/run", {}).status, 303);
        EXPECT_TRUE(support::wait_until([&] { return desk_.count("select count(*) from core.job_run where state not in ('done', 'dead')") == 0; }));
        EXPECT_EQ(desk_.count("select count(*) from core.job_run where job_id = 'tickets.close_resolved' and state = 'done' and attempt = 1"), ++runs_);
    }

    struct Strict : host::plugin_tests::Packages {
        Strict() { add("strict"); }
    };
    Strict packages_;
    web_test::Desk desk_;
    web_test::Api api_ = desk_.api();
    web_test::Browser browser_ = desk_.browser();
    int version_ = 0, runs_ = 0;
};

}  // namespace

TEST_F(CloseResolved, ClosesNothingUnlessItIsToldTo) {
    const auto old = ticket("RESOLVED", 300);
    run();
    EXPECT_EQ(status(old), "RESOLVED");
}

TEST_F(CloseResolved, ClosesWhatNobodyTouchedAndNothingElse) {
    const auto old = ticket("RESOLVED", 6), young = ticket("RESOLVED", 4), waiting = ticket("CUSTOMER", 60), kept = ticket("RESOLVED", 60);
    desk_.app->pool().exec("update tickets.ticket set subject = 'forbidden' where id = $1", {kept});
    close_after(5);
    run();
    EXPECT_EQ(status(old), "CLOSED");
    EXPECT_EQ(status(young), "RESOLVED");
    EXPECT_EQ(status(waiting), "CUSTOMER");
    EXPECT_EQ(status(kept), "RESOLVED") << "another plugin refuses";
    EXPECT_EQ(desk_.count("select count(*) from core.outbox where event = 'tickets.ticket_closed' and actor_id = -1"), 1);
    EXPECT_EQ(desk_.count("select count(*) from tickets.change where field = 'status' and by_id is null and ticket_id = " + std::to_string(old)), 1);
    run();
    EXPECT_EQ(desk_.count("select version from tickets.ticket where id = " + std::to_string(old)), 3) << "once";
}
