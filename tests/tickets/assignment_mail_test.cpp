// Who is told by mail that a ticket is theirs: rows of the queue, by deliveries of the desk itself.
#include "desk_of_tickets.hpp"

#include "support/wait.hpp"

namespace {

using web_test::Desk;

class AssignmentMail : public testing::Test {
protected:
    AssignmentMail() {
        // One that is paused: what is queued stays as it was written.
        sql("insert into core.mail_sender (code, name, address, host, port, security, paused_until)"
            " values ('desk', 'Desk', 'desk@guichet.example', 'localhost', 1, 'none', 'infinity')");
    }
    host::db::Rows sql(std::string_view text) { return desk_.app->pool().exec(text); }
    // Once everything is delivered, at the first attempt.
    std::string mailed() {
        EXPECT_TRUE(support::wait_until([&] { return desk_.count("select count(*) from core.delivery where state in ('ready', 'leased')") == 0; }));
        EXPECT_EQ(desk_.count("select count(*) from core.delivery where attempt > 1 or state <> 'done'"), 0);
        return std::string{sql("select coalesce(string_agg(to_address || ' ' || state, ', ' order by id), '') from core.mail").text(0, 0)};
    }
    std::string assign(std::int64_t user) { return std::to_string(tickets_test::ticket(api_, "Imprimante", R"("assignee":)" + std::to_string(user)).integer("id")); }
    // As if the event had waited while something else happened.
    void deliver_late(const std::string& ticket, std::int64_t assignee) {
        desk_.app->pool().exec("select core.publish('tickets.ticket_updated', 1, 'ticket/' || $1::text, jsonb_build_object('id', $1::bigint, 'version', 2,"
                               " 'changes', jsonb_build_array(jsonb_build_object('field', 'assignee', 'from', null, 'to', $2::text))), 0)",
                               {ticket, std::to_string(assignee)});
    }

    Desk desk_;
    web_test::Api api_ = desk_.api();
    std::int64_t alice_ = desk_.add_user("alice"), bob_ = desk_.add_user("bob");
};

}  // namespace

TEST_F(AssignmentMail, NobodyWithoutAnAddress) {
    sql("update core.app_user set email = null where login = 'alice'");
    sql("update core.app_user set email = 'no address' where login = 'bob'");
    assign(alice_);
    assign(bob_);
    EXPECT_EQ(mailed(), "");
}

TEST_F(AssignmentMail, NobodyWhoTookItHimself) {
    auto alice = desk_.api("alice");
    tickets_test::ticket(alice, "Imprimante", R"("assignee":"me")");
    const auto other = tickets_test::ticket(api_);
    EXPECT_EQ(alice.post(tickets_test::path(other) + "/take", "").status, 200);
    EXPECT_EQ(mailed(), "");
}

TEST_F(AssignmentMail, NobodyWhenTheSettingIsOff) {
    auto admin = desk_.browser();
    admin.log_in("admin");
    EXPECT_EQ(admin.post("/admin/settings/tickets", {{"version", "0"}, {"close_resolved_after_days", "0"}}).status, 303);
    assign(alice_);
    EXPECT_EQ(mailed(), "");
}

TEST_F(AssignmentMail, NobodyOfWhatDoesNotHoldAnyMore) {
    const auto gone = assign(bob_), taken = assign(bob_), left = assign(bob_);
    EXPECT_EQ(mailed(), "bob@guichet.example ready, bob@guichet.example ready, bob@guichet.example ready");
    EXPECT_EQ(api_.del("/api/v1/tickets/" + gone).status, 204);
    deliver_late(gone, bob_);
    deliver_late(taken, alice_);
    sql("update core.app_user set active = false where login = 'bob'");
    deliver_late(left, bob_);
    mailed();
    EXPECT_EQ(desk_.count("select count(*) from core.mail"), 3);
}

TEST_F(AssignmentMail, WithoutASenderNothingWaitsForOne) {
    sql("delete from core.mail_sender");
    assign(alice_);
    EXPECT_EQ(mailed(), "");
}

TEST_F(AssignmentMail, WhoGetsATicketIsToldOnce) {
    const auto id = assign(alice_);
    EXPECT_EQ(mailed(), "alice@guichet.example ready");
    EXPECT_EQ(api_.patch("/api/v1/tickets/" + id, R"({"priority":"HIGH"})").status, 200);
    EXPECT_EQ(mailed(), "alice@guichet.example ready") << "another change";
    EXPECT_EQ(api_.patch("/api/v1/tickets/" + id, R"({"assignee":"bob"})").status, 200);
    EXPECT_EQ(mailed(), "alice@guichet.example ready, bob@guichet.example ready");
    EXPECT_EQ(api_.patch("/api/v1/tickets/" + id, R"({"assignee":null})").status, 200);
    EXPECT_EQ(mailed(), "alice@guichet.example ready, bob@guichet.example ready");

    const auto mail = sql("select subject, text_body, html_body, template_id, to_name from core.mail where to_address like 'bob%'");
    const auto ref = api_.get("/api/v1/tickets/" + id).text("ref");
    EXPECT_EQ(mail.text(0, 0), ref + " vous est confié\u00a0: Imprimante");
    EXPECT_EQ(mail.text(0, 3), "tickets.assigned");
    EXPECT_EQ(mail.text(0, 4), "bob");
    for (const auto& part : {"**Administrateur** vous a confié", "Priorité\u00a0: Haute", "Compte\u00a0: Non renseigné"})
        EXPECT_NE(mail.text(0, 1).find(part), std::string_view::npos) << mail.text(0, 1);
    EXPECT_NE(mail.text(0, 2).find("<a href=\"http://127.0.0.1:0/tickets/" + id + "\""), std::string_view::npos) << mail.text(0, 2);
}
