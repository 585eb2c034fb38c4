// Writing on a ticket: replies that are mailed, notes, private messages, drafts, previews.
#include "desk_of_tickets.hpp"
#include "support/wait.hpp"

namespace tickets_test {

class Conversation : public testing::Test {
protected:
    Conversation() {
        // One that is paused: what is queued stays as it was written.
        sql("insert into core.mail_sender (code, name, address, host, port, security, paused_until)"
            " values ('desk', 'Desk', 'desk@guichet.example', 'localhost', 1, 'none', 'infinity')");
    }
    host::db::Rows sql(std::string_view text) { return desk_.app->pool().exec(text); }
    std::string one(std::string_view text) {
        const auto rows = sql(text);
        return rows.empty() ? "" : std::string{rows.text(0, 0)};
    }
    Browser logged_in(const std::string& login = "admin") {
        auto browser = desk_.browser();
        EXPECT_EQ(browser.log_in(login).status, 303);
        return browser;
    }
    // A ticket whose contact, account and own field have these addresses; "" is none.
    Answer asked_by(const std::string& contact, const std::string& account, const std::string& own) {
        const auto text = [](const std::string& email) { return email.empty() ? std::string{"null"} : "\"" + email + "\""; };
        const auto a = id(make(api_, "accounts", R"({"name":"Menuiserie","email":)" + text(account) + "}"));
        const auto c = id(make(api_, "contacts", R"({"last_name":"Durand","account_id":)" + a + R"(,"email":)" + text(contact) + "}"));
        return ticket(api_, "Porte", R"("account_id":)" + a + R"(,"contact_id":)" + c + R"(,"requester_email":)" + text(own));
    }
    Answer post(Browser& browser, const Answer& to, std::map<std::string, std::string> fields, const std::string& suffix = "/messages") {
        return browser.post(page(to) + suffix, std::move(fields));
    }
    std::string messages(const Answer& of) { return one("select count(*)::text from tickets.message where ticket_id = " + id(of)); }

    web_test::Desk desk_;
    Api api_ = desk_.api();
};

TEST_F(Conversation, S1_23_nobody_is_answered_without_an_address) {
    auto admin = logged_in();
    const auto made = ticket(api_);
    const auto shown = admin.get(page(made));
    EXPECT_TRUE(shown.contains("id=\"composer-nobody\""));
    const auto team = shown.body.find("value=\"team\"");
    EXPECT_LT(shown.body.find(" checked", team), shown.body.find('>', team)) << "a note is what remains";
    const auto refused = post(admin, made, {{"visibility", "public"}, {"body", "Bonjour <b>"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("Il n’y a aucune adresse électronique"));
    EXPECT_TRUE(refused.contains("Bonjour &lt;b&gt;</textarea>")) << "what was typed is kept";
    EXPECT_EQ(messages(made), "0");
    EXPECT_EQ(one("select count(*)::text from core.mail"), "0");
}

TEST_F(Conversation, what_was_written_before_and_stored_later_is_no_news) {
    auto admin = logged_in();
    const auto made = ticket(api_);
    sql("insert into tickets.message (ticket_id, author_email, body, visibility, created_at) values (" + id(made) +
        ", 'a@client.fr', 'récent', 'public', now()), (" + id(made) + ", 'a@client.fr', 'ancien', 'public', now() - interval '3 days')");
    EXPECT_FALSE(admin.get(page(made)).contains("depuis que vous avez ouvert cette page"));
}

TEST_F(Conversation, S1_23_a_reply_goes_to_the_contact_else_the_account_else_the_address_of_the_ticket) {
    auto admin = logged_in();
    const auto all = asked_by("contact@client.fr", "compte@client.fr", "autre@client.fr"),
               no_contact = asked_by("", "compte@client.fr", "autre@client.fr"), only_own = asked_by("", "", "autre@client.fr"),
               nobody = asked_by("", "", "");
    for (const auto* made : {&all, &no_contact, &only_own, &nobody}) post(admin, *made, {{"visibility", "public"}, {"body", "Bonjour"}});
    EXPECT_EQ(one("select string_agg(to_address, ' ' order by id) from core.mail"), "contact@client.fr compte@client.fr autre@client.fr");
    EXPECT_EQ(messages(nobody), "0");
}

TEST_F(Conversation, S1_23_a_reply_is_mailed_and_archived_on_a_coloured_background) {
    auto admin = logged_in();
    const auto made = asked_by("contact@client.fr", "", "");
    ASSERT_TRUE(admin.get(page(made)).contains("Durand &lt;contact@client.fr&gt;"));
    EXPECT_EQ(post(admin, made, {{"visibility", "public"}, {"body", "**Bonjour**\n<script>alert(1)</script>"}}).status, 303);
    EXPECT_EQ(one("select template_id || ' ' || subject from core.mail"), "tickets.reply Re: Porte [" + made.text("ref") + "]");
    const auto html = one("select html_body from core.mail");
    EXPECT_NE(html.find("<strong>Bonjour</strong><br>"), std::string::npos) << html;
    EXPECT_EQ(html.find("<script"), std::string::npos);
    EXPECT_NE(one("select headers::text from core.mail").find("\"Auto-Submitted\": \"no\""), std::string::npos);
    const auto shown = admin.get(page(made));
    EXPECT_TRUE(shown.contains("thread-out"));
    EXPECT_TRUE(shown.contains("<strong>Bonjour</strong>"));
    EXPECT_TRUE(shown.contains("Le courriel à contact@client.fr va partir"));
    EXPECT_FALSE(shown.contains("<script>alert"));
    sql("update core.mail set state = 'done', finished_at = now()");
    EXPECT_TRUE(admin.get(page(made)).contains("Envoyé par courriel à contact@client.fr"));
    sql("update core.mail set state = 'dead'");
    EXPECT_TRUE(admin.get(page(made)).contains("n’a pas pu être envoyé"));
    EXPECT_EQ(items(api_.get(path(made) + "/messages")).at(0)->get("mailed_to")->as_string(), "contact@client.fr");
}

TEST_F(Conversation, without_a_sender_a_reply_is_archived_and_the_page_says_that_no_mail_left) {
    sql("delete from core.mail_sender");
    auto admin = logged_in();
    const auto made = asked_by("contact@client.fr", "", "");
    EXPECT_EQ(post(admin, made, {{"visibility", "public"}, {"body", "Bonjour"}}).status, 303);
    EXPECT_EQ(messages(made), "1");
    EXPECT_TRUE(admin.get(page(made)).contains("Non envoyée par courriel"));
}

TEST_F(Conversation, an_address_that_no_mail_can_go_to_stores_nothing) {
    auto admin = logged_in();
    const auto made = asked_by("a%b@client.fr", "", "");
    const auto refused = post(admin, made, {{"visibility", "public"}, {"body", "Bonjour"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("a%b@client.fr"));
    EXPECT_TRUE(refused.contains("Bonjour</textarea>"));
    EXPECT_EQ(messages(made), "0");
}

TEST_F(Conversation, S1_20_the_recipient_of_a_private_message_is_told_by_mail_that_there_is_one) {
    desk_.add_user("alice");
    desk_.add_user("bob");
    sql("update core.app_user set email = null where login = 'bob'");
    const auto made = ticket(api_);
    for (const std::string user : {"alice", "bob", "admin"})
        EXPECT_EQ(
            api_.post(path(made) + "/messages", R"({"body":"INTERNAL-7f3a","visibility":"private","to_user":")" + user + "\"}").status,
            201);
    EXPECT_EQ(one("select string_agg(to_address, ' ') from core.mail"), "alice@guichet.example");
    EXPECT_EQ(one("select (core.mail.*)::text like '%INTERNAL-7f3a%' from core.mail"), "f") << "administrators read the queue";
    EXPECT_NE(one("select text_body from core.mail").find("/messages/"), std::string::npos);
}

TEST_F(Conversation, S1_22_private_messages_are_on_the_home_page_unread_until_they_are_opened) {
    desk_.add_user("alice");
    const auto made = ticket(api_), other = ticket(api_);
    auto alice = logged_in("alice"), admin = logged_in();
    EXPECT_TRUE(alice.get("/").contains("Aucun message privé"));
    const auto sent = api_.post(path(made) + "/messages", R"({"body":"Regarde **ceci**","visibility":"private","to_user":"alice"})");
    api_.post(path(other) + "/messages", R"({"body":"Et cela","visibility":"private","to_user":"alice"})");
    const auto home = alice.get("/");
    EXPECT_LT(home.body.find("Et cela"), home.body.find("Regarde")) << "newest first";
    EXPECT_TRUE(home.contains("href=\"/messages/" + id(sent) + "\""));
    EXPECT_FALSE(admin.get("/").contains("Regarde")) << "its author has it in the thread";
    EXPECT_EQ(one("select count(*)::text from tickets.message where read_at is not null"), "0");
    const auto there = alice.get("/messages/" + id(sent));
    EXPECT_EQ(there.status, 303);
    EXPECT_EQ(there.header("Location"), page(made) + "#m-" + id(sent));
    admin.get(page(made));
    EXPECT_EQ(one("select count(*)::text from tickets.message where read_at is not null"), "0") << "only its recipient opens it";
    alice.get(page(made));
    EXPECT_EQ(one("select count(*)::text from tickets.message where read_at is not null"), "1");
}

TEST_F(Conversation, S1_22_a_message_that_is_far_back_is_at_the_top_of_its_page) {
    desk_.add_user("alice");
    const auto made = ticket(api_);
    const auto sent = api_.post(path(made) + "/messages", R"({"body":"Regarde","visibility":"private","to_user":"alice"})");
    for (int i = 0; i < 25; ++i) api_.post(path(made) + "/messages", R"({"body":"x","visibility":"team"})");
    auto alice = logged_in("alice");
    const auto there = alice.get("/messages/" + id(sent)).header("Location");
    EXPECT_TRUE(alice.get(there.substr(0, there.find('#'))).contains("id=\"m-" + id(sent) + "\""));
}

TEST_F(Conversation, S1_21_whoever_cannot_see_the_ticket_reads_only_what_was_written_to_him) {
    desk_.add_user("alice");
    desk_.set_level("agent", "tickets.ticket.read", 1);
    auto alice = logged_in("alice");
    ASSERT_TRUE(support::wait_until([&] { return !alice.get("/tickets").contains("Secret"); }));
    const auto made = ticket(api_, "Secret de la direction");
    const auto sent = api_.post(path(made) + "/messages", R"({"body":"Viens me voir","visibility":"private","to_user":"alice"})");
    const auto note = api_.post(path(made) + "/messages", R"({"body":"INTERNAL-7f3a","visibility":"team"})");
    EXPECT_EQ(alice.get(page(made)).status, 404);
    EXPECT_EQ(alice.get("/messages/" + id(note)).status, 404);
    const auto home = alice.get("/"), shown = alice.get("/messages/" + id(sent));
    EXPECT_TRUE(home.contains("Viens me voir"));
    EXPECT_TRUE(shown.contains("Viens me voir"));
    for (const auto* seen : {&home, &shown}) {
        EXPECT_FALSE(seen->contains("Secret de la direction"));
        EXPECT_FALSE(seen->contains(made.text("ref")));
    }
}

TEST_F(Conversation, canned_replies_are_managed_and_inserted) {
    desk_.add_user("alice", "agent", "Nord");
    auto admin = logged_in(), alice = logged_in("alice");
    const std::string list = "/admin/canned-replies";
    EXPECT_EQ(alice.get(list).status, 403);
    EXPECT_EQ(admin.post(list + "/new", {{"name", ""}, {"body", "{{password}}"}}).status, 422);
    EXPECT_EQ(admin.post(list + "/new", {{"name", std::string(101, 'x')}, {"body", "{{ref"}, {"team", "99"}}).status, 422);
    EXPECT_EQ(one("select count(*)::text from tickets.canned_reply"), "0");
    EXPECT_EQ(
        admin
            .post(list + "/new", {{"name", "Accusé"}, {"body", "Bonjour {{contact}}, {{ref}} : {{ subject }}. {{agent}}"}, {"active", "1"}})
            .status,
        303);
    const auto first = one("select id::text from tickets.canned_reply");
    EXPECT_EQ(
        admin
            .post(list + "/new",
                  {{"name", "Du Sud"}, {"body", "x"}, {"active", "1"}, {"team", one("select id::text from core.team where name = 'Nord'")}})
            .status,
        303);
    const auto made = asked_by("contact@client.fr", "", "");
    const auto shown = admin.get(page(made));
    EXPECT_TRUE(shown.contains("Accusé"));
    EXPECT_FALSE(shown.contains("Du Sud")) << "it is another team's";
    EXPECT_TRUE(alice.get(page(made)).contains("Du Sud"));
    EXPECT_TRUE(alice.get(page(made) + "/canned?canned_q=ACCUSE%20bonjour").contains("Accusé"));
    EXPECT_FALSE(alice.get(page(made) + "/canned?canned_q=introuvable").contains("Accusé"));
    const auto inserted = post(alice, made, {{"visibility", "team"}, {"body", "Déjà là"}, {"canned", first}}, "/canned");
    EXPECT_TRUE(inserted.contains("Déjà là\n\nBonjour Durand, " + made.text("ref") + " : Porte. alice</textarea>")) << inserted.body;
    EXPECT_EQ(post(alice, made, {{"canned", "999"}}, "/canned").status, 404);
    EXPECT_EQ(admin.post(list + "/" + first, {{"name", "Accusé"}, {"body", "y"}, {"version", "1"}}).status, 303);
    EXPECT_EQ(admin.post(list + "/" + first, {{"name", "Vieux"}, {"body", "z"}, {"version", "1"}}).status, 422)
        << "somebody else was first";
    EXPECT_FALSE(alice.get(page(made)).contains("Accusé")) << "no longer offered";
    EXPECT_EQ(admin.post(list + "/" + first + "/delete", {}).status, 200);
    EXPECT_EQ(admin.post(list + "/" + first + "/delete", {{"confirmed", "1"}}).status, 303);
    EXPECT_EQ(admin.get(list + "/" + first).status, 404);
}

TEST_F(Conversation, canned_replies_through_REST) {
    desk_.add_user("alice");
    auto alice = desk_.api("alice");
    EXPECT_EQ(alice.post("/api/v1/canned-replies", R"({"name":"a","body":"b"})").status, 403);
    const auto made = api_.post("/api/v1/canned-replies", R"({"name":"a","body":"{{ref}}"})");
    EXPECT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(items(alice.get("/api/v1/canned-replies")).size(), 1u);
    EXPECT_EQ(items(alice.get("/api/v1/canned-replies?q=zzz")).size(), 0u);
    EXPECT_EQ(alice.get("/api/v1/canned-replies?all=1").status, 403);
    EXPECT_FALSE(api_.post("/api/v1/canned-replies", R"({"name":1,"body":"{{x}}","team":"nobody","z":1})").error("z").empty());
    const auto changed = api_.patch("/api/v1/canned-replies/" + id(made), R"({"active":false,"version":1})");
    EXPECT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(api_.patch("/api/v1/canned-replies/" + id(made), R"({"name":"x","version":1})").status, 409);
    EXPECT_EQ(items(alice.get("/api/v1/canned-replies")).size(), 0u);
    EXPECT_EQ(api_.del("/api/v1/canned-replies/" + id(made)).status, 204);
    EXPECT_EQ(api_.del("/api/v1/canned-replies/" + id(made)).status, 404);
}

TEST_F(Conversation, S2_28_a_note_may_be_for_the_mail_of_colleagues) {
    auto admin = logged_in();
    const auto made = asked_by("contact@client.fr", "", "");
    post(admin, made, {{"visibility", "team"}, {"body", "a"}, {"by_mail", "1"}});
    post(admin, made, {{"visibility", "team"}, {"body", "b"}});
    post(admin, made, {{"visibility", "public"}, {"body", "c"}, {"by_mail", "1"}});
    EXPECT_EQ(one("select string_agg(body || by_mail::text, ' ' order by id) from tickets.message"), "atrue bfalse cfalse");
    EXPECT_EQ(api_.post(path(made) + "/messages", R"({"body":"d","visibility":"team","by_mail":true})").status, 201);
    EXPECT_FALSE(api_.post(path(made) + "/messages", R"({"body":"d","visibility":"team","by_mail":"x"})").error("by_mail").empty());
    EXPECT_EQ(one("select count(*)::text from core.mail"), "1") << "only the reply; notifications tell colleagues";
}

TEST_F(Conversation, S2_15_the_author_of_a_ticket_may_be_an_address) {
    const auto made = ticket(api_, "Porte", R"("requester_email":" Jeanne@client.fr ")");
    EXPECT_EQ(made.text("requester_email"), "Jeanne@client.fr");
    for (const std::string wrong : {"jeanne", "a@b", "a b@client.fr", "a@client.fr,b@client.fr", "<a@client.fr>", "@client.fr"})
        EXPECT_FALSE(api_.patch(path(made), R"({"requester_email":")" + wrong + "\"}").error("requester_email").empty()) << wrong;
    auto admin = logged_in();
    EXPECT_TRUE(admin.get(page(made)).contains("value=\"Jeanne@client.fr\""));
    EXPECT_EQ(admin.post(page(made) + "/edit", {{"version", "1"}, {"requester_email", "x@"}}).status, 422);
    EXPECT_EQ(admin.post(page(made) + "/edit", {{"version", "1"}, {"requester_email", "paul@client.fr"}}).status, 303);
    EXPECT_EQ(api_.get(path(made)).text("requester_email"), "paul@client.fr");
    EXPECT_TRUE(api_.get(path(made) + "/history").contains("requester_email"));
}

TEST_F(Conversation, a_draft_is_kept_on_the_server_for_its_author_alone) {
    desk_.add_user("alice");
    const auto made = ticket(api_);
    auto admin = logged_in(), elsewhere = logged_in(), alice = logged_in("alice");
    EXPECT_EQ(post(admin, made, {{"visibility", "team"}, {"body", "À moitié écrit"}, {"by_mail", "1"}}, "/draft").status, 303);
    const auto shown = elsewhere.get(page(made));
    EXPECT_TRUE(shown.contains("À moitié écrit</textarea>"));
    EXPECT_TRUE(shown.contains("name=\"by_mail\" value=\"1\" checked"));
    EXPECT_FALSE(alice.get(page(made)).contains("À moitié écrit"));
    EXPECT_TRUE(alice.get(page(made)).contains("Administrateur écrit aussi")) << "that somebody writes is told";
    EXPECT_EQ(messages(made), "0");
    post(admin, made, {{"visibility", "private"}, {"body", "À moitié écrit"}, {"to_user", "1"}}, "/draft");
    EXPECT_FALSE(alice.get(page(made)).contains("Administrateur écrit aussi")) << "but of a private message nothing is";
    EXPECT_EQ(post(admin, made, {{"visibility", "team"}, {"body", "Tout écrit"}}).status, 303);
    EXPECT_EQ(one("select count(*)::text from tickets.draft"), "0");
    post(admin, made, {{"visibility", "team"}, {"body", "encore"}}, "/draft");
    EXPECT_EQ(post(admin, made, {}, "/draft/delete").status, 303);
    EXPECT_EQ(one("select count(*)::text from tickets.draft"), "0");
}

TEST_F(Conversation, a_draft_may_be_anything_but_too_long) {
    const auto made = ticket(api_);
    auto admin = logged_in();
    EXPECT_EQ(post(admin, made, {{"visibility", "?"}, {"to_user", "x"}, {"body", std::string(60'000, 'x')}}, "/draft").status, 303);
    EXPECT_EQ(one("select length(body)::text || visibility from tickets.draft"), "50000team");
    EXPECT_EQ(post(admin, made, {{"body", " \n "}}, "/draft").status, 303);
    EXPECT_EQ(one("select count(*)::text from tickets.draft"), "0");
}

TEST_F(Conversation, who_may_only_read_cannot_write) {
    desk_.add_user("lecteur", "reader");
    const auto made = ticket(api_);
    auto reader = logged_in("lecteur");
    EXPECT_FALSE(reader.get(page(made)).contains("id=\"composer\""));
    for (const std::string suffix : {"/messages", "/messages/preview", "/draft", "/draft/delete"})
        EXPECT_EQ(post(reader, made, {{"visibility", "team"}, {"body", "x"}}, suffix).status, 403) << suffix;
}

TEST_F(Conversation, a_reply_that_crosses_another_is_looked_at_again) {
    desk_.add_user("alice");
    auto alice = desk_.api("alice");
    auto admin = logged_in();
    const auto made = asked_by("contact@client.fr", "", "");
    ASSERT_TRUE(admin.get(page(made)).contains("name=\"seen\" value=\"0\""));
    const auto first = alice.post(path(made) + "/messages", R"({"body":"Déjà répondu","visibility":"public"})");
    EXPECT_EQ(post(admin, made, {{"visibility", "team"}, {"body", "Note"}, {"seen", "0"}}).status, 303) << "a note crosses nobody";
    const auto crossed = post(admin, made, {{"visibility", "public"}, {"body", "Ma réponse"}, {"seen", "0"}});
    EXPECT_EQ(crossed.status, 409);
    EXPECT_TRUE(crossed.contains("Ma réponse</textarea>"));
    EXPECT_TRUE(crossed.contains("Déjà répondu"));
    EXPECT_EQ(messages(made), "2");
    EXPECT_EQ(
        post(admin, made, {{"visibility", "public"}, {"body", "Ma réponse"}, {"seen", std::to_string(first.integer("id") + 1)}}).status,
        303);
    EXPECT_EQ(messages(made), "3");
}

TEST_F(Conversation, R39_a_preview_shows_what_will_be_read_and_keeps_what_was_typed) {
    const auto made = ticket(api_);
    auto admin = logged_in();
    const auto shown = post(admin, made, {{"visibility", "team"}, {"body", "**gras** <img src=x onerror=alert(1)>"}}, "/messages/preview");
    EXPECT_EQ(shown.status, 200);
    EXPECT_TRUE(shown.contains("<strong>gras</strong> &lt;img"));
    EXPECT_TRUE(shown.contains("**gras** &lt;img src=x onerror=alert(1)&gt;</textarea>"));
    EXPECT_FALSE(shown.contains("<img src=x"));
    EXPECT_EQ(messages(made), "0");
}

TEST_F(Conversation, the_description_is_formatted) {
    auto admin = logged_in();
    const auto made = ticket(api_, "Porte", R"json("description":"- un\n- deux\n\n[x](javascript:alert(1))")json");
    const auto shown = admin.get(page(made));
    EXPECT_TRUE(shown.contains("<li>un</li>"));
    EXPECT_FALSE(shown.contains("href=\"javascript"));
}

}  // namespace tickets_test
