// What the tests of service levels share: a desk with calendars and policies, tickets that were made some time ago, and a scheduler that
// runs when it is told to.
#pragma once

#include "plugin/packages.hpp"
#include "support/wait.hpp"
#include "tickets/desk_of_tickets.hpp"

namespace sla_test {

using tickets_test::Answer;
using tickets_test::Api;
using tickets_test::Browser;
using tickets_test::id;
using tickets_test::make;
using tickets_test::path;
using web_test::Desk;

class Levels : public testing::Test {
protected:
    // Without the modules that have nothing to do with it.
    static void SetUpTestSuite() {
        packages_ = std::make_unique<host::plugin_tests::TemporaryFolder>();
        for (const auto* id : {"directory", "tickets", "sla"})
            std::filesystem::create_directory_symlink(std::filesystem::path{BUILD_DIR} / "packages" / id, packages_->path() / id);
        desk_ = std::make_unique<Desk>(std::vector{packages_->path()});
        sql("insert into core.mail_sender (code, name, address, host, port, security, paused_until)"
            " values ('desk', 'Desk', 'desk@guichet.example', 'localhost', 1, 'none', 'infinity')");
        for (const auto* login : {"alice", "bob"}) desk().add_user(login);
        desk().add_user("manon", "manager");
    }
    static void TearDownTestSuite() {
        desk_.reset();
        packages_.reset();
    }
    static Desk& desk() { return *desk_; }

    // Every test begins without policies, tickets and mails, and with a calendar that is always open.
    void SetUp() override {
        settle();
        for (const auto* table :
             {"sla.policy", "sla.policy_version", "sla.ticket_state", "sla.breach", "sla.notice", "core.mail", "tickets.link"})
            sql(std::string{"delete from "} + table);
        sql("update tickets.ticket set merged_into = null");
        sql("delete from tickets.ticket");
        sql("delete from sla.calendar where name <> 'France'");
        always_ = id(make(api_, "sla/calendars", R"({"name":"Always","calendar":)" + kAlways + "}"));
    }

    static inline const std::string kAlways =
        R"({"zone":"UTC","week":{"mon":[["00:00","24:00"]],"tue":[["00:00","24:00"]],"wed":[["00:00","24:00"]],)"
        R"("thu":[["00:00","24:00"]],"fri":[["00:00","24:00"]],"sat":[["00:00","24:00"]],"sun":[["00:00","24:00"]]}})";

    static host::db::Rows sql(const std::string& text) { return desk().app->pool().exec(text); }
    static std::string text(const std::string& query) {
        const auto rows = sql(query);
        return rows.empty() || rows.is_null(0, 0) ? std::string{} : std::string{rows.text(0, 0)};
    }
    static std::int64_t count(const std::string& query) { return desk().count(query); }
    static std::int64_t user(const std::string& login) { return *host::auth::find_user(desk().app->pool(), login); }

    // Everything that was published is delivered, every job that was asked for has run.
    static void settle() {
        EXPECT_TRUE(support::wait_until([] {
            return count("select count(*) from core.delivery where state in ('ready', 'leased')") == 0 &&
                   count("select count(*) from core.job_run where state not in ('done', 'dead')") == 0;
        })) << text("select string_agg(subscription_id || ': ' || coalesce(error, ''), E'\\n') from core.delivery where state <> 'done'")
            << text(
                   "select string_agg(job_id || ' ' || state || ': ' || coalesce(error, ''), E'\\n') from core.job_run where state <> "
                   "'done'");
        EXPECT_EQ(count("select count(*) from core.delivery where attempt > 1 or state = 'dead'"), 0)
            << text("select string_agg(error, E'\\n') from core.delivery where attempt > 1 or state = 'dead'");
        EXPECT_EQ(text("select string_agg(error, E'\\n') from core.job_run where error <> ''"), "");
    }
    // One pass of the scheduler.
    void pass() {
        settle();
        if (admin_.cookies.empty()) admin_.log_in("admin");
        EXPECT_EQ(admin_.post("/admin/jobs/sla.scheduler/run", {}).status, 303);
        settle();
    }

    // In force for ten years: what tests make in the past counts.
    std::string policy(const std::string& name, const std::string& members, const std::string& from = "2020-01-01T00:00:00Z") {
        const auto made = make(
            api_, "sla/policies",
            R"({"name":")" + name + R"(","active":true,"enforce_from":")" + from + R"(","calendar_id":)" + always_ + "," + members + "}");
        settle();
        return id(made);
    }
    static std::string within(const std::string& clock, int minutes) {
        return "\"" + clock + R"(":{"amount":)" + std::to_string(minutes) + R"(,"unit":"minutes"})";
    }
    // A ticket that was made so many minutes ago.
    std::string ticket(int minutes_ago = 0, const std::string& more = {}) {
        const auto made = tickets_test::ticket(api_, "Panne", more);
        settle();
        if (minutes_ago > 0) {  // and nobody has looked at it before
            sql("update tickets.ticket set created_at = created_at - make_interval(mins => " + std::to_string(minutes_ago) +
                ") where id = " + id(made));
            sql("delete from sla.breach where ticket_id = " + id(made));
            sql("delete from sla.ticket_state where ticket_id = " + id(made));
            look_again(id(made));
        }
        return id(made);
    }
    // Something happens to it that changes nothing.
    void look_again(const std::string& ticket) {
        note(ticket, "team", "…");
        settle();
    }
    void change(const std::string& ticket, const std::string& json) {
        const auto answer = api_.patch("/api/v1/tickets/" + ticket, json);
        EXPECT_EQ(answer.status, 200) << answer.body;
        settle();
    }
    void note(const std::string& ticket, const std::string& visibility, const std::string& body) {
        const auto answer =
            api_.post("/api/v1/tickets/" + ticket + "/messages", R"({"body":")" + body + R"(","visibility":")" + visibility + "\"}");
        EXPECT_EQ(answer.status, 201) << answer.body;
    }
    void answer(const std::string& ticket) {
        note(ticket, "public", "Bonjour");
        settle();
    }
    // As the public form or a mail adds it.
    void customer_writes(const std::string& ticket, bool automatic = false, int minutes_ago = 0) {
        sql("insert into tickets.message (ticket_id, author_email, body, visibility, automatic, created_at) values (" + ticket +
            ", 'client@example.org', 'Alors ?', 'public', " + (automatic ? "true" : "false") + ", now() - make_interval(mins => " +
            std::to_string(minutes_ago) + "))");
        look_again(ticket);
    }
    Answer level(const std::string& ticket) {
        auto answer = api_.get("/api/v1/tickets/" + ticket + "/sla");
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer;
    }
    // "running", "late", "met" …; "" when there is no such clock.
    std::string state(const std::string& ticket, const std::string& clock) {
        const auto answer = level(ticket);
        const auto* clocks = answer.json().get("clocks");
        for (std::size_t i = 0; clocks && i < clocks->size(); ++i)
            if (clocks->at(i)->get("clock")->as_string() == clock) return std::string{clocks->at(i)->get("state")->as_string()};
        return {};
    }
    std::string cached(const std::string& ticket, const std::string& column) {
        return text("select " + column + "::text from sla.ticket_state where ticket_id = " + ticket);
    }
    std::int64_t breaches(const std::string& ticket) { return count("select count(*) from sla.breach where ticket_id = " + ticket); }

    Api api_ = desk().api();
    Browser admin_ = desk().browser();
    std::string always_;

private:
    static inline std::unique_ptr<host::plugin_tests::TemporaryFolder> packages_;
    static inline std::unique_ptr<Desk> desk_;
};

}  // namespace sla_test
