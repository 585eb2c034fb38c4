// The audit log: what is in it, who may read it, and that nothing in it changes.
#include "web/desk.hpp"

namespace web_test {
namespace {

std::string last(Desk& desk, const std::string& column) {
    return std::string{desk.app->pool().exec("select coalesce(" + column + "::text, '') from core.audit order by id desc limit 1").text(0, 0)};
}

}  // namespace

TEST(Audit, logins_and_failures_are_in_it_and_the_failure_that_locks) {
    Desk desk;
    desk.add_user("alice");
    auto browser = desk.browser();
    browser.log_in("alice", "un mauvais mot de passe");
    EXPECT_EQ(last(desk, "action"), "core.login_failed");
    EXPECT_EQ(last(desk, "actor"), "alice");
    EXPECT_EQ(last(desk, "user_id"), "") << "nobody has shown to be alice";
    EXPECT_EQ(last(desk, "address"), "127.0.0.1");
    browser.log_in("alice");
    EXPECT_EQ(last(desk, "action"), "core.login");
    EXPECT_EQ(last(desk, "user_id"), std::to_string(*host::auth::find_user(desk.app->pool(), "alice")));
    auto other = desk.browser();
    for (int i = 0; i < 12; ++i) other.log_in("admin", "faux");
    EXPECT_EQ(last(desk, "action"), "core.login_locked");
    EXPECT_EQ(desk.count("select count(*) from core.audit where action = 'core.login_locked'"), 1) << "a locked door adds no lines";
}

TEST(Audit, modules_that_are_switched_are_in_it) {
    Desk desk;
    auto browser = desk.browser();
    browser.log_in("admin");
    browser.post("/admin/modules/directory/disable", {});
    EXPECT_EQ(last(desk, "action"), "core.login") << "it was refused: tickets needs it";
    browser.post("/admin/modules/notifications/disable", {});
    EXPECT_EQ(last(desk, "action"), "core.module_disabled");
    EXPECT_EQ(last(desk, "subject"), "module/notifications");
    EXPECT_EQ(last(desk, "request_id").size(), 16u);
}

TEST(Audit, its_lines_cannot_be_changed) {
    Desk desk;
    desk.browser().log_in("admin");
    ASSERT_GT(desk.count("select count(*) from core.audit"), 0);
    EXPECT_THROW(desk.app->pool().exec("update core.audit set actor = 'someone else'"), host::db::Error);
    EXPECT_THROW(desk.app->pool().exec("delete from core.audit"), host::db::Error);
    EXPECT_THROW(desk.app->pool().exec("truncate core.audit"), host::db::Error);
}

TEST(Audit, its_page_is_for_administrators_filters_and_goes_on) {
    Desk desk;
    desk.add_user("alice");
    auto alice = desk.browser();
    alice.log_in("alice");
    EXPECT_EQ(alice.get("/admin/audit").status, 403);
    EXPECT_FALSE(alice.get("/").contains("/admin/audit"));

    auto admin = desk.browser();
    admin.log_in("admin");
    desk.app->pool().exec("insert into core.audit (at, actor, action, subject, details) select '2024-02-29T12:00:00Z', 'paul', 'test.many',"
                          " 'thing/' || n, '{\"from\": \"<b>old</b>\", \"n\": 3}' from generate_series(1, 120) n");
    const auto first = admin.get("/admin/audit?action=test.many");
    EXPECT_TRUE(first.contains("thing/120")) << first.body;
    EXPECT_FALSE(first.contains("thing/70<"));
    EXPECT_TRUE(first.contains("&lt;b&gt;old&lt;/b&gt;"));
    const auto at = first.body.find("rel=\"next\"");
    ASSERT_NE(at, std::string::npos);
    const auto before = first.body.rfind("before=", at);
    const auto second = admin.get("/admin/audit?action=test.many&" + first.body.substr(before, first.body.find('"', before) - before));
    EXPECT_TRUE(second.contains("thing/70<"));
    EXPECT_TRUE(second.contains("thing/21<"));
    EXPECT_FALSE(second.contains("thing/20<"));

    EXPECT_TRUE(admin.get("/admin/audit?action=test&user=PAUL&from=2024-02-29&to=2024-02-29").contains("thing/120"));
    EXPECT_FALSE(admin.get("/admin/audit?from=2024-03-01&to=2024-03-02").contains("thing/"));
    EXPECT_FALSE(admin.get("/admin/audit?user=alice").contains("thing/"));
    EXPECT_TRUE(admin.get("/admin/audit?user=alice").contains("core.login"));
    EXPECT_EQ(admin.get("/admin/audit?from=2024-02-31").status, 200) << "a day that does not exist finds nothing";
    EXPECT_EQ(admin.get("/admin/audit?before=zzz&from=%27--").status, 200);
}

}  // namespace web_test
