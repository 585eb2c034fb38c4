// The pages as a browser without JavaScript uses them.
#include "tickets/desk_of_tickets.hpp"

namespace tickets_test {

class TicketPages : public Tickets {
protected:
    static std::string target(const Answer& redirect) {
        EXPECT_EQ(redirect.status, 303) << redirect.body;
        return redirect.header("Location");
    }
    static std::string stored(const Answer& made, const std::string& column) {
        return std::string{desk().app->pool().exec("select (" + column + ")::text from tickets.ticket where id = " + id(made)).text(0, 0)};
    }
};

TEST_F(TicketPages, wrong_form_keeps_what_was_typed) {
    auto browser = logged_in();
    const auto before = desk().count("select count(*) from tickets.ticket");
    browser.get("/tickets/new");
    const auto answer = browser.post("/tickets/new", {{"subject", std::string(201, 'x')},
                                                      {"description", "déjà <tapé>"},
                                                      {"priority", "HIGH"},
                                                      {"account_id", "999999"},
                                                      {"then", "open"}});
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.contains("id=\"e-subject\""));
    EXPECT_TRUE(answer.contains("id=\"e-account_id\""));
    EXPECT_TRUE(answer.contains("déjà &lt;tapé&gt;"));
    EXPECT_TRUE(answer.contains("value=\"HIGH\" selected"));
    EXPECT_EQ(desk().count("select count(*) from tickets.ticket"), before);
}

TEST_F(TicketPages, S1_02_add_and_add_and_open) {
    auto api = desk().api();
    const auto account = id(make(api, "accounts", R"({"name":"Boulangerie"})"));
    auto browser = logged_in();
    EXPECT_TRUE(browser.get("/accounts/" + account).contains("name=\"back\" value=\"/accounts/" + account + "\""));
    EXPECT_EQ(target(browser.post("/tickets/new",
                                  {{"subject", "vite"}, {"account_id", account}, {"back", "/accounts/" + account}, {"then", "add"}})),
              "/accounts/" + account);
    EXPECT_TRUE(browser.get("/accounts/" + account).contains("vite"));
    const auto opened = target(browser.post("/tickets/new", {{"subject", "ouvert"}, {"account_id", account}, {"then", "open"}}));
    const auto shown = browser.get(opened);
    EXPECT_TRUE(shown.contains("value=\"ouvert\""));
    EXPECT_TRUE(shown.contains("Boulangerie"));
    EXPECT_EQ(target(browser.post("/tickets/new", {{"subject", "ailleurs"}, {"back", "//evil.example/"}, {"then", "add"}})), "/tickets")
        << "R51";
}

TEST_F(TicketPages, account_is_found_without_javascript) {
    auto api = desk().api();
    const auto account = make(api, "accounts", R"({"name":"Quincaillerie Éluard"})");
    make(api, "contacts", R"({"first_name":"Paul","last_name":"Éluard","account_id":)" + id(account) + "}");
    auto browser = logged_in();
    browser.get("/tickets/new");
    const auto found = browser.post("/tickets/new", {{"subject", "gardé"}, {"q", "eluard"}, {"then", "find"}});
    EXPECT_EQ(found.status, 200);
    EXPECT_TRUE(found.contains("Quincaillerie Éluard"));
    EXPECT_TRUE(found.contains("value=\"gardé\""));
    EXPECT_TRUE(browser.get("/tickets/new?account_id=" + id(account)).contains("Paul Éluard"));
    EXPECT_EQ(browser.post("/tickets/new", {{"subject", "gardé"}, {"q", "eluard"}, {"searched", ""}, {"then", "enter"}}).status, 200)
        << "a search comes before adding";
}

TEST_F(TicketPages, S1_04_to_S1_10_fields_are_saved_in_place) {
    auto api = desk().api();
    const auto made = ticket(api, "ancien");
    auto browser = logged_in();
    browser.get(page(made));
    int version = 1;
    for (const auto& [name, value] : std::map<std::string, std::string>{{"subject", "nouveau"},
                                                                        {"status", "IN_PROGRESS"},
                                                                        {"priority", "URGENT"},
                                                                        {"type", "BUG"},
                                                                        {"category", "NETWORK"},
                                                                        {"severity", "MAJOR"},
                                                                        {"description", "ligne 1\r\nligne 2"}})
        EXPECT_EQ(target(browser.post(page(made) + "/edit", {{name, value}, {"version", std::to_string(version++)}})), page(made)) << name;
    const auto now = api.get(path(made));
    EXPECT_EQ(now.text("subject"), "nouveau");
    EXPECT_EQ(now.text("status"), "IN_PROGRESS");
    EXPECT_EQ(now.text("severity"), "MAJOR");
    EXPECT_EQ(now.text("description"), "ligne 1\nligne 2");
    EXPECT_TRUE(browser.get(page(made)).contains("ligne 1<br>"));
    const auto empty = browser.post(page(made) + "/edit", {{"subject", "  "}, {"version", std::to_string(version)}});
    EXPECT_EQ(empty.status, 422);
    EXPECT_EQ(browser.post(page(made) + "/edit", {{"status", "NOPE"}, {"version", std::to_string(version)}}).status, 422);
    EXPECT_EQ(stored(made, "subject"), "nouveau");
}

TEST_F(TicketPages, stale_save_shows_both_and_loses_nothing) {
    desk().add_user("devant");
    auto api = desk().api(), other = desk().api("devant");
    const auto made = ticket(api, "au début");
    auto browser = logged_in();
    browser.get(page(made));
    other.patch(path(made), R"({"subject":"d’abord <i>"})");
    for (const bool htmx : {false, true}) {
        const auto answer = browser.post(page(made) + "/edit", {{"subject", "ensuite & après"}, {"version", "1"}},
                                         htmx ? web_test::Headers{{"HX-Request", "true"}} : web_test::Headers{});
        EXPECT_EQ(answer.status, 409);
        for (const auto* part : {"devant", "d’abord &lt;i&gt;", "ensuite &amp; après", "name=\"version\" value=\"2\""})
            EXPECT_TRUE(answer.contains(part)) << htmx << part;
        EXPECT_EQ(answer.contains("<html"), !htmx);
    }
    EXPECT_EQ(browser.post(page(made) + "/edit", {{"subject", "sans version"}}).status, 409);
    EXPECT_EQ(browser.post(page(made) + "/edit", {{"severity", "MINOR"}, {"version", "1"}}).status, 303) << "nobody else has touched it";
    api.patch(path(made), R"({"severity":null})");
    EXPECT_EQ(browser.post(page(made) + "/edit", {{"severity", "MAJOR"}, {"version", "1"}}).status, 409);
    EXPECT_EQ(stored(made, "subject"), "d’abord <i>");
    EXPECT_EQ(target(browser.post(page(made) + "/edit", {{"subject", "ensuite & après"}, {"version", "4"}})), page(made))
        << "\"Save mine\"";
    EXPECT_EQ(stored(made, "subject"), "ensuite & après");
}

TEST_F(TicketPages, S1_09_deleting_asks_first) {
    auto api = desk().api();
    const auto made = ticket(api, "à supprimer");
    auto browser = logged_in();
    browser.get(page(made));
    const auto question = browser.post(page(made) + "/delete", {});
    EXPECT_EQ(question.status, 200);
    EXPECT_TRUE(question.contains("name=\"confirmed\""));
    EXPECT_EQ(api.get(path(made)).status, 200);
    EXPECT_EQ(target(browser.post(page(made) + "/delete", {{"confirmed", "1"}})), "/tickets");
    EXPECT_EQ(browser.get(page(made)).status, 404);
}

TEST_F(TicketPages, S1_11_account_and_contact_are_unlinked_and_chosen_again) {
    auto api = desk().api();
    const auto account = make(api, "accounts", R"({"name":"Scierie Bois"})");
    const auto contact = make(api, "contacts", R"({"last_name":"Chêne","account_id":)" + id(account) + "}");
    const auto made = ticket(api, "liens", R"("contact_id":)" + id(contact));
    auto browser = logged_in();
    browser.get(page(made));
    EXPECT_EQ(target(browser.post(page(made) + "/edit", {{"account_id", ""}, {"version", "1"}})), page(made));
    EXPECT_EQ(stored(made, "coalesce(account_id, contact_id, 0)"), "0") << "a contact of no account";
    EXPECT_TRUE(browser.get(page(made)).contains(page(made) + "/account"));
    EXPECT_TRUE(browser.get(page(made) + "/account?q=scierie").contains("Scierie Bois"));
    EXPECT_EQ(target(browser.post(page(made) + "/edit", {{"account_id", id(account)}, {"version", "2"}})), page(made));
    EXPECT_TRUE(browser.get(page(made) + "/contact").contains("Chêne"));
    EXPECT_EQ(target(browser.post(page(made) + "/edit", {{"contact_id", id(contact)}, {"version", "3"}})), page(made));
    EXPECT_EQ(stored(made, "contact_id"), id(contact));
}

TEST_F(TicketPages, S2_14_first_reading_is_noted_once_and_is_no_change) {
    desk().add_user("lectrice");
    auto api = desk().api();
    const auto made = ticket(api);
    EXPECT_TRUE(api.get(path(made)).text("read_at").empty()) << "a program is no reader";
    auto first = logged_in("lectrice"), second = logged_in();
    first.get(page(made));
    second.get(page(made));
    const auto now = api.get(path(made));
    EXPECT_EQ(now.integer("read_by"), *host::auth::find_user(desk().app->pool(), "lectrice"));
    EXPECT_EQ(now.integer("version"), 1);
    EXPECT_EQ(items(api.get(path(made) + "/history")).size(), 3u) << "added, read, and the status that follows";
}

TEST_F(TicketPages, messages_newest_first_and_errors_keep_the_draft) {
    auto api = desk().api();
    const auto made = ticket(api, "Porte", R"("requester_email":"jeanne@client.fr")");
    auto browser = logged_in();
    browser.get(page(made));
    const auto post = [&](std::map<std::string, std::string> fields) { return browser.post(page(made) + "/messages", std::move(fields)); };
    EXPECT_EQ(post({{"body", "premier <b>"}, {"visibility", "public"}}).status, 303);
    EXPECT_EQ(post({{"body", "second"}, {"visibility", "team"}}).status, 303);
    const auto shown = browser.get(page(made));
    EXPECT_LT(shown.body.find("second"), shown.body.find("premier &lt;b&gt;"));
    EXPECT_EQ(post({{"body", " "}, {"visibility", "public"}}).status, 422);
    const auto wrong = post({{"body", "brouillon"}, {"visibility", "private"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(wrong.contains("brouillon"));
    EXPECT_EQ(items(api.get(path(made) + "/messages")).size(), 2u);
    EXPECT_EQ(api.get(path(made)).integer("version"), 1) << "messages never conflict with a change";
}

TEST_F(TicketPages, list_outlives_what_it_does_not_know) {
    auto api = desk().api();
    ticket(api, "visible");
    auto browser = logged_in();
    for (const std::string query :
         {"?status=NOPE&status=NEW", "?sort=id%3B--", "?cursor=garbage", "?priority=", "?assignee=&team=&q=visible", "?phase=all"}) {
        const auto list = browser.get("/tickets" + query);
        EXPECT_EQ(list.status, 200) << query;
        EXPECT_TRUE(list.contains("visible")) << query;
    }
    EXPECT_FALSE(browser.get("/tickets?q=introuvable").contains("<table"));
    const auto fragment = browser.get("/tickets?q=visible", {{"HX-Request", "true"}});
    EXPECT_TRUE(fragment.contains("visible"));
    EXPECT_FALSE(fragment.contains("<html"));
}

}  // namespace tickets_test
