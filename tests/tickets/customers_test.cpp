// Tickets from the customer's side: what web form and mail may do (tickets/customers_v1.h), and what customers are told.
#include "desk_of_tickets.hpp"

#include "plugin/packages.hpp"
#include "support/wait.hpp"

namespace {

using namespace tickets_test;
using web_test::Desk;

class Customers : public testing::Test {
protected:
    Customers() : desk_{{std::filesystem::path{BUILD_DIR} / "packages", packages_.path()}} {
        desk_.app->pool().exec(
            "insert into core.mail_sender (code, name, address, host, port, security) values ('desk', 'Support', 'sav@example.org', "
            "'127.0.0.1', 1, 'none')");
        api_.emplace(desk_.api());
    }

    Answer say(const std::string& call, const std::string& json) { return api_->post("/api/v1/voice/" + call, json); }
    // What a call gave; null when it failed.
    const host::base::Value* out(const Answer& answer) {
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.json().get("out");
    }
    std::int64_t created(const std::string& more = {}) {
        const auto answer =
            say("create", R"({"subject": "Panne", "description": "Rien ne va", "channel": "web", "requester_email": "claire@example.org")" +
                              more + "}");
        return out(answer)->get("id")->as_integer();
    }
    Answer write(std::int64_t ticket, const std::string& more = {}) {
        return say("add_message",
                   R"({"ticket": )" + std::to_string(ticket) +
                       R"(, "message": {"body": "Toujours en panne", "author_email": "claire@example.org", "channel": "web")" + more +
                       "}}");
    }
    std::string shown(std::int64_t ticket) { return say("show", R"({"ticket": )" + std::to_string(ticket) + "}").body; }
    std::string scalar(const std::string& sql) {
        const auto rows = desk_.app->pool().exec(sql);
        return rows.empty() || rows.is_null(0, 0) ? "" : std::string{rows.text(0, 0)};
    }
    void wait_for_mail(const std::string& mail_template, int n = 1) {
        const auto sql = "select count(*) from core.mail where template_id = '" + mail_template + "'";
        ASSERT_TRUE(support::wait_until([&] { return desk_.count(sql) == n; })) << mail_template << " " << desk_.count(sql);
    }
    void put_status(std::int64_t ticket, const std::string& code, const std::string& more = {}) {
        desk_.app->pool().exec("update tickets.ticket set status_id = (select id from tickets.status where code = '" + code + "')" + more +
                               " where id = " + std::to_string(ticket));
    }
    std::string status(std::int64_t ticket) {
        return scalar("select s.code from tickets.ticket t join tickets.status s on s.id = t.status_id where t.id = " +
                      std::to_string(ticket));
    }

    struct Voice : host::plugin_tests::Packages {
        Voice() { add("voice"); }
    };
    Voice packages_;
    Desk desk_;
    std::optional<Api> api_;
};

}  // namespace

TEST_F(Customers, NobodyButTheSystemSpeaksForThem) {
    EXPECT_EQ(say("as_visitor/show", R"({"ticket": 1})").status, 403);
    EXPECT_EQ(say("as_visitor/create", R"({"subject": "x", "channel": "web"})").status, 403);
    EXPECT_EQ(desk_.count("select count(*) from tickets.ticket"), 0);
}

TEST_F(Customers, R35WhatIsNotACustomersToSayIsRefusedBesideIt) {
    const auto answer = say("create", R"({"subject": "", "channel": "phone", "requester_email": "nobody", "status": "CLOSED", "assignee": 1,
                                          "tracking_id": "x", "type": "NONE", "requester_name": ")" +
                                          std::string(201, 'n') + "\"}");
    EXPECT_EQ(answer.status, 422);
    for (const auto* field : {"subject", "channel", "requester_email", "status", "assignee", "tracking_id", "type", "requester_name"})
        EXPECT_NE(answer.error(field), "") << field;
    EXPECT_EQ(desk_.count("select count(*) from tickets.ticket"), 0);

    const auto ticket = created();
    const auto message =
        say("add_message", R"({"ticket": )" + std::to_string(ticket) +
                               R"(, "message": {"body": " ", "author_email": "x", "channel": "web", "visibility": "team"}})");
    EXPECT_EQ(message.status, 422);
    for (const auto* field : {"body", "author_email", "visibility"}) EXPECT_NE(message.error(field), "") << field;
    EXPECT_EQ(desk_.count("select count(*) from tickets.message"), 0);
    EXPECT_EQ(write(ticket + 1000).status, 404);
}

TEST_F(Customers, S2_15TheAuthorIsAnAddress) {
    const auto ticket = created(R"(, "requester_name": "Claire Morel", "language": "fr")");
    EXPECT_EQ(write(ticket, R"(, "author_name": "Claire Morel")").status, 200);
    EXPECT_EQ(scalar("select concat_ws(' ', created_by, requester_name, language, channel, visible_to_client) from tickets.ticket"),
              "Claire Morel fr web t");
    EXPECT_EQ(scalar("select author_name || ' ' || author_email from tickets.message"), "Claire Morel claire@example.org");
    EXPECT_EQ(scalar("select by_email from tickets.change where field = 'created'"), "claire@example.org");
    auto browser = desk_.browser();
    browser.log_in("admin");
    const auto page = browser.get("/tickets/" + std::to_string(ticket));
    EXPECT_TRUE(page.contains("Claire Morel")) << page.body;
}

TEST_F(Customers, S2_32ARequestIsConfirmedWithoutAWordOfItsSender) {
    const auto ticket = created(R"(, "requester_name": "Achetez nos pilules", "language": "en")");
    wait_for_mail("tickets.confirmation");
    const auto mail =
        desk_.app->pool().exec("select subject, text_body, html_body, to_name, headers->>'Auto-Submitted', language from core.mail");
    for (int column = 0; column < 4; ++column) {
        EXPECT_EQ(mail.text(0, column).find("pilules"), std::string_view::npos) << mail.text(0, column);
        EXPECT_EQ(mail.text(0, column).find("Rien ne va"), std::string_view::npos);
        EXPECT_EQ(mail.text(0, column).find("Panne"), std::string_view::npos);
    }
    EXPECT_EQ(mail.text(0, 4), "auto-replied");
    EXPECT_EQ(mail.text(0, 5), "en");
    EXPECT_NE(mail.text(0, 1).find("/follow/" + std::to_string(ticket)), std::string_view::npos) << mail.text(0, 1);
}

TEST_F(Customers, ARefusedMailIsInTheHistoryAndNotInTheQueue) {
    const auto ticket = out(say("create", R"({"subject": "Panne", "channel": "email", "requester_email": "silence@example.org"})"))
                            ->get("id")
                            ->as_integer();
    ASSERT_TRUE(support::wait_until([&] { return desk_.count("select count(*) from tickets.change where field = 'mail_withheld'") == 1; }));
    EXPECT_EQ(scalar("select to_value from tickets.change where field = 'mail_withheld'"), "wants no mail");
    EXPECT_EQ(desk_.count("select count(*) from core.mail"), 0);
    // a person's reply is refused to its author instead
    EXPECT_EQ(
        api_->post("/api/v1/tickets/" + std::to_string(ticket) + "/messages", R"({"body": "Bonjour", "visibility": "public"})").status,
        422);
    EXPECT_EQ(desk_.count("select count(*) from tickets.message"), 0);
}

TEST_F(Customers, MachinesAndPeopleOnThePhoneAreNotAnswered) {
    created(R"(, "automatic": true)");
    make(*api_, "tickets", R"({"subject": "Au téléphone", "channel": "phone", "requester_email": "paul@example.org"})");
    created();
    wait_for_mail("tickets.confirmation");
    EXPECT_EQ(desk_.count("select count(*) from core.mail"), 1);
}

TEST_F(Customers, TheirClosingIsToldUnlessTheyDidIt) {
    const auto own = created(), ours = created();
    wait_for_mail("tickets.confirmation", 2);
    desk_.app->pool().exec("update mailbox.mailing set created_at = created_at - interval '1 hour'");  // machines pause between mails
    EXPECT_EQ(say("step", R"({"ticket": )" + std::to_string(own) + R"(, "step": "close", "email": "claire@example.org"})").status, 200);
    EXPECT_EQ(scalar("select by_email from tickets.change where field = 'status' and ticket_id = " + std::to_string(own)),
              "claire@example.org");
    EXPECT_EQ(api_->post("/api/v1/tickets/" + std::to_string(ours) + "/close", "{}").status, 200);
    wait_for_mail("tickets.closed");
    EXPECT_EQ(desk_.count("select count(*) from core.mail where template_id = 'tickets.closed' and text_body like '%/follow/" +
                          std::to_string(ours) + "%'"),
              1);
    EXPECT_EQ(say("step", R"({"ticket": )" + std::to_string(own) + R"(, "step": "close", "email": "claire@example.org"})").status,
              200);  // it is already
    EXPECT_EQ(say("step", R"({"ticket": )" + std::to_string(own) + R"(, "step": "take", "email": "claire@example.org"})").status, 422);
    EXPECT_EQ(say("step", R"({"ticket": )" + std::to_string(own) + R"(, "step": "reopen", "email": "claire@example.org"})").status, 200);
    EXPECT_EQ(status(own), "NEW");
}

TEST_F(Customers, TheirMessageOpensWhatWaitsForThemOrWasClosedLately) {
    const auto ticket = created();
    put_status(ticket, "CUSTOMER");
    EXPECT_TRUE(out(write(ticket))->get("reopened")->as_bool());
    EXPECT_EQ(status(ticket), "IN_PROGRESS");
    EXPECT_FALSE(out(write(ticket))->get("reopened")->as_bool());
    put_status(ticket, "CUSTOMER");
    EXPECT_FALSE(out(write(ticket, R"(, "automatic": true)"))->get("reopened")->as_bool());
    EXPECT_EQ(status(ticket), "CUSTOMER");
    put_status(ticket, "CLOSED", ", closed_at = now() - interval '13 days'");
    EXPECT_TRUE(out(write(ticket))->get("reopened")->as_bool());
    put_status(ticket, "CLOSED", ", closed_at = now() - interval '15 days'");
    EXPECT_EQ(write(ticket).status, 409);
    put_status(ticket, "CANCELLED");
    EXPECT_EQ(write(ticket).status, 409);
    // what comes next is linked with it
    const auto next = created(R"(, "related_to": )" + std::to_string(ticket));
    EXPECT_EQ(desk_.count("select count(*) from tickets.link where kind = 'related' and from_id = " + std::to_string(next) +
                          " and to_id = " + std::to_string(ticket)),
              1);
}

TEST_F(Customers, AMergedTicketLivesOnInTheOther) {
    const auto one = created(), other = created();
    EXPECT_EQ(api_->post("/api/v1/tickets/" + std::to_string(one) + "/merge", R"({"into": )" + std::to_string(other) + "}").status, 200);
    EXPECT_EQ(out(write(one))->get("ticket_id")->as_integer(), other);
    const auto ref = scalar("select ref from tickets.ticket where id = " + std::to_string(one));
    EXPECT_EQ(out(say("find", R"({"ref": ")" + ref + "\"}"))->get("id")->as_integer(), other);
    EXPECT_EQ(say("find", R"({"ref": "T9999-999999"})").status, 404);
    EXPECT_EQ(say("find", R"({"tracking_id": "x"})").status, 404);
}

TEST_F(Customers, R34NotesOfColleaguesDoNotExistForThem) {
    const auto ticket = created();
    const auto path = "/api/v1/tickets/" + std::to_string(ticket);
    for (const auto* visibility : {"\"team\"", "\"private\", \"to_user\": \"admin\""})
        EXPECT_EQ(api_->post(path + "/messages", std::string{R"({"body": "INTERNAL-7f3a", "visibility": )"} + visibility + "}").status,
                  201);
    auto browser = desk_.browser();
    browser.log_in("admin");
    EXPECT_EQ(
        browser.post_parts("/tickets/" + std::to_string(ticket) + "/attachments", {}, "file", "INTERNAL-7f3a.txt", "INTERNAL-7f3a").status,
        303);
    const auto file = scalar("select file_id::text from tickets.attachment");
    EXPECT_EQ(shown(ticket).find("INTERNAL-7f3a"), std::string::npos) << shown(ticket);
    EXPECT_EQ(api_->get("/api/v1/voice/" + std::to_string(ticket) + "/files/" + file).status, 404);

    // what they sent themselves, and what a reply brings, is theirs
    const auto sent =
        say("attach", R"({"ticket": )" + std::to_string(ticket) + R"(, "names": ["../photo.txt", "b.txt"], "content": "vu"})");
    EXPECT_EQ(out(sent)->size(), 2u) << sent.body;
    EXPECT_EQ(out(sent)->at(0)->get("name")->as_string(), "photo.txt");
    const auto own = std::to_string(out(sent)->at(0)->get("id")->as_integer());
    EXPECT_EQ(api_->get("/api/v1/voice/" + std::to_string(ticket) + "/files/" + own).body, "vu");
    EXPECT_NE(shown(ticket).find("photo.txt"), std::string::npos);
    EXPECT_EQ(api_->get("/api/v1/voice/" + std::to_string(created()) + "/files/" + own).status, 404);  // of another ticket (R32)
    const auto team = scalar("select id::text from tickets.message where visibility = 'team'");
    EXPECT_EQ(say("attach", R"({"ticket": )" + std::to_string(ticket) + R"(, "message": )" + team + R"(, "names": ["a"], "content": "x"})")
                  .status,
              404);
}

TEST_F(Customers, TheySeeWhatIsTheirsAndWhatTheyMayDo) {
    const auto account = id(make(*api_, "accounts", R"({"name": "Boulangerie Morel"})"));
    const auto ticket = created(R"(, "account_id": )" + account),
               hidden = created(R"(, "visible_to_client": false, "account_id": )" + account);
    const auto view = say("show", R"({"ticket": )" + std::to_string(ticket) + "}");
    const auto* shown = out(view);
    EXPECT_EQ(shown->get("phase")->as_string(), "new");
    EXPECT_TRUE(shown->get("may_write")->as_bool());
    EXPECT_TRUE(shown->get("may_close")->as_bool());
    EXPECT_FALSE(shown->get("may_reopen")->as_bool());
    const auto listed = say("list", R"({"scope": {"account_id": )" + account + "}}");
    ASSERT_EQ(out(listed)->size(), 1u) << listed.body;
    EXPECT_EQ(out(listed)->at(0)->get("id")->as_integer(), ticket);
    EXPECT_EQ(out(say("list", R"({"scope": {"ids": [)" + std::to_string(hidden) + "]}}"))->size(), 1u);
    EXPECT_EQ(out(say("list", R"({"scope": {}})"))->size(), 0u);

    api_->post("/api/v1/tickets/" + std::to_string(ticket) + "/messages", R"({"body": "Nous regardons", "visibility": "public"})");
    write(ticket, R"(, "author_name": "Claire")");
    const auto people = say("participants", R"({"ticket": )" + std::to_string(ticket) + "}");
    EXPECT_NE(people.body.find("claire@example.org"), std::string::npos) << people.body;
}
