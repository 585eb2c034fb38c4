// What the tests of notifications share: a desk whose mails stay in the queue, and what is in it once everything is delivered.
#pragma once

#include "plugin/packages.hpp"
#include "support/wait.hpp"
#include "tickets/desk_of_tickets.hpp"

namespace notifications_test {

using tickets_test::id;
using tickets_test::page;
using tickets_test::path;
using tickets_test::ticket;
using web_test::Api;
using web_test::Browser;
using web_test::Desk;

class Notices : public testing::Test {
protected:
    // With the modules that notifications need and no others, whose events would be told as well.
    static void SetUpTestSuite() {
        packages_ = std::make_unique<host::plugin_tests::TemporaryFolder>();
        for (const auto* id : {"directory", "tickets", "notifications"})
            std::filesystem::create_directory_symlink(std::filesystem::path{BUILD_DIR} / "packages" / id, packages_->path() / id);
        std::filesystem::create_directory_symlink(std::filesystem::path{BUILD_DIR} / "test-packages" / "alarm",
                                                  packages_->path() / "alarm");
        desk_ = std::make_unique<Desk>(std::vector{packages_->path()});
        add_sender();
        set("collapse_s", "0");
        for (const auto* login : {"alice", "bob", "carol"}) desk().add_user(login);
        desk().add_user("manon", "manager");
    }
    static void TearDownTestSuite() {
        desk_.reset();
        packages_.reset();
    }
    static Desk& desk() { return *desk_; }
    // Every test begins with the rules as they come, and nothing told.
    void SetUp() override {
        settle();
        sql("delete from notifications.notice");
        sql("delete from notifications.preference");
        sql("delete from notifications.digest_reader");
        sql("delete from core.mail");
    }

    // One that is paused: what is queued stays as it was written.
    static void add_sender() {
        sql("insert into core.mail_sender (code, name, address, host, port, security, paused_until)"
            " values ('desk', 'Desk', 'desk@guichet.example', 'localhost', 1, 'none', 'infinity')");
    }
    static host::db::Rows sql(const std::string& text) { return desk().app->pool().exec(text); }
    static std::string first(const std::string& text) {
        const auto rows = sql(text);
        return rows.empty() || rows.is_null(0, 0) ? std::string{} : std::string{rows.text(0, 0)};
    }
    static std::int64_t user(const std::string& login) { return *host::auth::find_user(desk().app->pool(), login); }
    // One member of the settings, as JSON.
    static void set(const std::string& member, const std::string& json) {
        sql("insert into core.setting (plugin_id, value) values ('notifications', '{}') on conflict do nothing");
        sql("update core.setting set value = value || '{\"" + member + "\": " + json + "}' where plugin_id = 'notifications'");
    }
    // Everything that was published is delivered, and every mail is written.
    static void settle() {
        EXPECT_TRUE(support::wait_until([] {
            return desk().count("select count(*) from core.delivery where state in ('ready', 'leased')") == 0 &&
                   desk().count("select count(*) from notifications.notice where mail = 'due'") == 0;
        })) << first("select string_agg(subscription_id || ': ' || coalesce(error, ''), E'\\n') from core.delivery where state <> 'done'")
            << first("select string_agg(coalesce(error, ''), E'\\n') from core.job_run where job_id like 'notifications.%'");
        EXPECT_EQ(desk().count("select count(*) from core.delivery where attempt > 1 or state = 'dead'"), 0)
            << first("select string_agg(error, E'\\n') from core.delivery where attempt > 1 or state = 'dead'");
    }
    // "alice assigned, bob status", in the order of names.
    static std::string told() {
        settle();
        return first(
            "select string_agg(coalesce(u.login, n.address) || ' ' || n.event, ', ' order by coalesce(u.login, n.address), n.id)"
            " from notifications.notice n left join core.app_user u on u.id = n.user_id");
    }
    // "alice assigned, bob several": templates of the mails.
    static std::string mailed() {
        settle();
        return first(
            "select string_agg(split_part(to_address, '@', 1) || ' ' || split_part(template_id, '.', 2), ', ' order by to_address, id) "
            "from core.mail");
    }

private:
    static inline std::unique_ptr<host::plugin_tests::TemporaryFolder> packages_;
    static inline std::unique_ptr<Desk> desk_;
};

}  // namespace notifications_test
