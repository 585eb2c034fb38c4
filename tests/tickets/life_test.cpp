// What a ticket goes through: people, dates, tags, watchers, steps and their history.
#include "desk_of_tickets.hpp"

namespace tickets_test {

class TicketLife : public Tickets {
protected:
    static std::string of(Api& api, const Answer& made, const std::string& member) { return api.get(path(made)).text(member); }
    static std::string history(Api& api, const Answer& made) {
        std::string out;
        const auto answer = api.get(path(made) + "/history");
        for (std::size_t i = 0; i < items(answer).size(); ++i) {
            const auto* row = items(answer).at(i);
            const auto text = [&](const char* name) {
                const auto* value = row->get(name);
                return value->is(host::base::Value::Type::string) ? std::string{value->as_string()} : std::string{};
            };
            out += text("field") + ":" + text("from") + ">" + text("to") + " ";
        }
        return out;
    }
};

TEST_F(TicketLife, S3_20_somebody_is_in_charge_of_the_issue_and_somebody_else_works_on_it) {
    const auto worker = desk().add_user("technicien"), owner = desk().add_user("chef");
    auto api = desk().api();
    const auto made = ticket(api, "deux rôles", R"("assignee":"technicien","in_charge":"chef")");
    const auto now = api.get(path(made));
    EXPECT_EQ(now.integer("assignee"), worker);
    EXPECT_EQ(now.integer("in_charge"), owner);
    EXPECT_EQ(api.patch(path(made), R"({"in_charge":"personne"})").error("in_charge"), "Cet utilisateur n’existe pas.");
    auto browser = logged_in();
    EXPECT_TRUE(browser.get(page(made)).contains("name=\"in_charge\""));
    EXPECT_EQ(browser.post(page(made) + "/edit", {{"in_charge", ""}, {"version", "1"}}).status, 303);
    EXPECT_EQ(api.get(path(made)).integer("in_charge"), -1);
}

TEST_F(TicketLife, S3_13_S3_14_S3_15_start_is_the_creation_until_it_is_set_and_the_end_follows_the_status) {
    auto api = desk().api();
    const auto made = ticket(api);
    EXPECT_EQ(of(api, made, "started_at"), of(api, made, "created_at"));
    auto browser = logged_in();
    browser.get(page(made));
    ASSERT_EQ(browser.post(page(made) + "/edit", {{"started_at", "2026-07-01T09:30"}, {"version", "1"}}).status, 303);
    ASSERT_EQ(browser.post(page(made) + "/edit", {{"due_at", "2027-01-15T17:00"}, {"version", "2"}}).status, 303);
    EXPECT_EQ(of(api, made, "started_at"), "2026-07-01T07:30:00Z") << "the clock of the user's zone, summer time";
    EXPECT_EQ(of(api, made, "due_at"), "2027-01-15T16:00:00Z");
    EXPECT_TRUE(browser.get(page(made)).contains("value=\"2027-01-15T17:00\""));
    for (const std::string wrong : {"demain", "2027-02-30T10:00", "2027-01-15T25:00"})
        EXPECT_EQ(browser.post(page(made) + "/edit", {{"due_at", wrong}, {"version", "3"}}).status, 422) << wrong;
    EXPECT_EQ(of(api, made, "resolved_at"), "");
    EXPECT_EQ(api.post(path(made) + "/resolve", "").status, 200);
    const auto end = of(api, made, "resolved_at");
    EXPECT_FALSE(end.empty());
    EXPECT_EQ(api.post(path(made) + "/close", "").status, 200);
    EXPECT_EQ(of(api, made, "resolved_at"), end) << "closing does not resolve again";
    EXPECT_EQ(api.post(path(made) + "/reopen", "").status, 200);
    EXPECT_EQ(of(api, made, "resolved_at") + of(api, made, "closed_at"), "");
}

TEST_F(TicketLife, S3_22_progress_in_steps_of_ten_on_the_page_and_any_by_REST) {
    auto api = desk().api();
    const auto made = ticket(api);
    auto browser = logged_in();
    browser.get(page(made));
    EXPECT_EQ(browser.post(page(made) + "/edit", {{"progress", "40"}, {"version", "1"}}).status, 303);
    EXPECT_EQ(api.patch(path(made), R"({"progress":37})").integer("progress"), 37);
    EXPECT_TRUE(browser.get(page(made)).contains("value=\"37\" selected"));
    for (const std::string wrong : {"101", "-1", "dix"})
        EXPECT_EQ(browser.post(page(made) + "/edit", {{"progress", wrong}, {"version", "3"}}).status, 422) << wrong;
    EXPECT_EQ(api.get(path(made)).integer("progress"), 37);
}

TEST_F(TicketLife, S2_06_where_a_ticket_came_from_is_chosen_and_can_be_put_right) {
    auto api = desk().api();
    auto browser = logged_in();
    browser.get("/tickets/new");
    const auto opened =
        browser.post("/tickets/new", {{"subject", "par courrier"}, {"channel", "letter"}, {"then", "open"}}).header("Location");
    EXPECT_EQ(api.get("/api/v1" + opened).text("channel"), "letter");
    EXPECT_EQ(browser.post(opened + "/edit", {{"channel", "phone"}, {"version", "1"}}).status, 303);
    EXPECT_EQ(browser.post(opened + "/edit", {{"channel", "fax"}, {"version", "2"}}).status, 422);
    EXPECT_EQ(api.get("/api/v1" + opened).text("channel"), "phone");
    EXPECT_EQ(ticket(api).text("channel"), "api");
}

TEST_F(TicketLife, tags_are_free_words_once_each) {
    auto api = desk().api();
    const auto made = ticket(api, "étiquettes", R"("tags":["  réseau   local ","VIP","vip",""])");
    const auto tags = [&] {
        return std::string{
            desk().app->pool().exec("select array_to_string(tags, '|') from tickets.ticket where id = " + id(made)).text(0, 0)};
    };
    EXPECT_EQ(tags(), "réseau local|VIP");
    auto browser = logged_in();
    browser.get(page(made));
    EXPECT_EQ(browser.post(page(made) + "/edit", {{"add_tag", "<urgent>"}, {"version", "1"}}).status, 303);
    EXPECT_EQ(browser.post(page(made) + "/edit", {{"remove_tag", "VIP"}, {"version", "2"}}).status, 303);
    EXPECT_EQ(tags(), "réseau local|<urgent>");
    EXPECT_TRUE(browser.get(page(made)).contains("&lt;urgent&gt;"));
    const auto long_one = browser.post(page(made) + "/edit", {{"add_tag", std::string(41, 'x')}, {"version", "3"}});
    EXPECT_EQ(long_one.status, 422);
    EXPECT_TRUE(long_one.contains("id=\"e-tags\""));
    std::string many;
    for (int i = 0; i < 21; ++i) many += (i ? ",\"" : "\"") + std::to_string(i) + '"';
    EXPECT_FALSE(api.patch(path(made), R"({"tags":[)" + many + "]}").error("tags").empty());
    EXPECT_FALSE(api.patch(path(made), R"({"tags":["a,b"]})").error("tags").empty());
    EXPECT_FALSE(api.patch(path(made), R"({"tags":"a"})").error("tags").empty());
    EXPECT_EQ(tags(), "réseau local|<urgent>");
    EXPECT_TRUE(api.get("/api/v1/tickets/tags?q=res").contains("réseau local"));
    EXPECT_FALSE(api.get("/api/v1/tickets/tags?q=vip").contains("VIP")) << "no longer in use";
    EXPECT_NE(history(api, made).find("tags:réseau local,VIP>réseau local,VIP,<urgent>"), std::string::npos) << history(api, made);
}

TEST_F(TicketLife, R31_watching_shows_nobody_a_ticket) {
    const auto outsider = desk().add_user("dehors"), colleague = desk().add_user("collegue");
    desk().set_level("reader", "tickets.ticket.read", 1);
    const auto reader = desk().add_user("lecteur", "reader");
    auto api = desk().api(), own = desk().api("lecteur");
    const auto made = ticket(api, "surveillé");
    EXPECT_EQ(api.post(path(made) + "/watchers", R"({"user":"collegue"})").status, 201);
    EXPECT_EQ(api.post(path(made) + "/watchers", R"({"user":"me"})").status, 201);
    EXPECT_EQ(api.post(path(made) + "/watchers", R"({"user":"me"})").status, 201) << "once is enough";
    EXPECT_EQ(items(api.get(path(made) + "/watchers")).size(), 2u);
    EXPECT_FALSE(api.post(path(made) + "/watchers", R"({"user":"lecteur"})").error("user").empty()) << "he may not see it";
    EXPECT_FALSE(api.post(path(made) + "/watchers", R"({"user":"nobody"})").error("user").empty());
    EXPECT_EQ(own.post(path(made) + "/watchers", R"({"user":"me"})").status, 404);
    desk().app->pool().exec("update core.app_user set active = false where id = $1", {outsider});
    EXPECT_FALSE(api.post(path(made) + "/watchers", R"({"user":)" + std::to_string(outsider) + "}").error("user").empty());
    EXPECT_EQ(api.del(path(made) + "/watchers/" + std::to_string(colleague)).status, 204);
    EXPECT_EQ(history(api, made).substr(0, 9 + std::to_string(colleague).size()), "watcher:" + std::to_string(colleague) + ">");
    const auto his = ticket(api, "à lui", R"("assignee":null)");
    desk().app->pool().exec("update tickets.ticket set created_by = $1 where id = $2", {reader, his.integer("id")});
    EXPECT_EQ(own.post(path(his) + "/watchers", R"({"user":"me"})").status, 201) << "watching needs no right but to read";
    EXPECT_EQ(own.post(path(his) + "/watchers", R"({"user":"admin"})").status, 403);
    EXPECT_EQ(own.del(path(his) + "/watchers/" + std::to_string(reader)).status, 204);
}

TEST_F(TicketLife, watching_from_the_page) {
    auto api = desk().api();
    const auto made = ticket(api);
    auto browser = logged_in();
    EXPECT_TRUE(browser.get(page(made)).contains("id=\"watch\" type=\"submit\" name=\"watch\" value=\"1\""));
    EXPECT_EQ(browser.post(page(made) + "/watchers", {{"user", "me"}, {"watch", "1"}}).status, 303);
    EXPECT_TRUE(browser.get(page(made)).contains("id=\"watch\" type=\"submit\" name=\"watch\" value=\"0\""));
    EXPECT_EQ(browser.post(page(made) + "/watchers", {{"user", "99999"}, {"watch", "1"}}).status, 422);
    EXPECT_EQ(browser.post(page(made) + "/watchers", {{"user", "me"}, {"watch", "0"}}).status, 303);
    EXPECT_EQ(items(api.get(path(made) + "/watchers")).size(), 0u);
}

TEST_F(TicketLife, S2_17_S2_34_S3_16_read_assigned_started_resolved_closed) {
    auto api = desk().api();
    const auto made = ticket(api, "tout le chemin");
    EXPECT_EQ(of(api, made, "status"), "NEW");
    auto browser = logged_in();
    browser.get(page(made));
    EXPECT_EQ(of(api, made, "status"), "READ");
    EXPECT_EQ(browser.post(page(made) + "/take", {{"version", "1"}}).status, 303);
    EXPECT_EQ(of(api, made, "status"), "ASSIGNED");
    EXPECT_EQ(browser.post(page(made) + "/start", {{"version", "2"}}).status, 303);
    EXPECT_EQ(of(api, made, "status"), "IN_PROGRESS");
    const auto working = browser.get(page(made));
    EXPECT_FALSE(working.contains(page(made) + "/start\""));
    EXPECT_FALSE(working.contains(page(made) + "/reopen\""));
    EXPECT_FALSE(working.contains(page(made) + "/take\"")) << "it is his already";
    EXPECT_EQ(browser.post(page(made) + "/resolve", {{"version", "3"}}).status, 303);
    EXPECT_TRUE(browser.get(page(made)).contains(page(made) + "/reopen\""));
    EXPECT_EQ(browser.post(page(made) + "/close", {{"version", "4"}}).status, 303);
    EXPECT_EQ(of(api, made, "phase"), "closed");
    EXPECT_EQ(api.post(path(made) + "/close", "").status, 200) << "it is so already";
    EXPECT_EQ(api.post(path(made) + "/start", "").status, 409);
    EXPECT_EQ(api.post(path(made) + "/dance", "").status, 404);
    EXPECT_EQ(desk().count("select count(*) from core.outbox where event = 'tickets.ticket_transitioned' and subject = 'ticket/" +
                           id(made) + "'"),
              5);
}

TEST_F(TicketLife, S3_17_assigned_to_the_customer_and_taken_back) {
    auto api = desk().api();
    const auto nobody = ticket(api);
    EXPECT_EQ(api.post(path(nobody) + "/assign_to_customer", "").status, 409) << "there is no customer";
    const auto account = make(api, "accounts", R"({"name":"Fleuriste"})");
    const auto made = ticket(api, "à montrer", R"("account_id":)" + id(account));
    auto browser = logged_in();
    browser.get(page(made));
    EXPECT_EQ(browser.post(page(made) + "/assign_to_customer", {{"version", "1"}}).status, 303);
    EXPECT_TRUE(api.get(path(made)).json().get("visible_to_client")->as_bool());
    EXPECT_TRUE(browser.get(page(made)).contains("/hide_from_customer\""));
    EXPECT_EQ(api.post(path(made) + "/hide_from_customer", "").status, 200);
    EXPECT_FALSE(api.get(path(made)).json().get("visible_to_client")->as_bool());
    EXPECT_FALSE(api.patch(path(made), R"({"visible_to_client":"oui"})").error("visible_to_client").empty());
}

TEST_F(TicketLife, S3_23_closed_for_ever_is_read_only) {
    auto api = desk().api();
    auto browser = logged_in();
    const auto made = ticket(api, "fini");
    ASSERT_EQ(api.post(path(made) + "/close", "").status, 200);
    ASSERT_EQ(browser.post("/admin/settings/tickets", {{"closed_is_final", "1"}, {"version", "0"}}).status, 303);
    const auto shown = browser.get(page(made));
    EXPECT_TRUE(shown.contains("Un ticket fermé reste tel qu’il est."));
    EXPECT_FALSE(shown.contains("/reopen\"") || shown.contains("/edit\"") || shown.contains("name=\"body\""));
    for (const std::string step : {"/reopen", "/take", "/messages"})
        EXPECT_EQ(api.post(path(made) + step, R"({"body":"x","visibility":"team"})").status, 409) << step;
    EXPECT_EQ(api.patch(path(made), R"({"subject":"autre"})").status, 409);
    EXPECT_EQ(browser.post(page(made) + "/edit", {{"subject", "autre"}, {"version", "2"}}).status, 409);
    EXPECT_EQ(of(api, made, "subject"), "fini");
    ASSERT_EQ(browser.post("/admin/settings/tickets", {{"version", "1"}}).status, 303);
    EXPECT_EQ(api.post(path(made) + "/reopen", "").status, 200);
}

TEST_F(TicketLife, S1_15_S2_14_creation_reading_and_last_change_fold_away) {
    auto api = desk().api();
    const auto made = ticket(api);
    const auto shown = logged_in().get(page(made));
    for (const auto* part : {"Création et dernière modification", "Première lecture", "après"}) EXPECT_TRUE(shown.contains(part)) << part;
}

TEST_F(TicketLife, S2_18_S2_29_every_change_is_in_the_history) {
    auto api = desk().api();
    const auto made = ticket(api);
    api.patch(path(made), R"({"category":"NETWORK","due_at":"2027-01-15T16:00:00Z"})");
    api.post(path(made) + "/take", "");
    api.post(path(made) + "/close", "");
    const auto all = history(api, made);
    for (const auto* part :
         {"status:ASSIGNED>CLOSED", "status:NEW>ASSIGNED", "assignee:>1", "category:>NETWORK", "due_at:>2027-01-15T16:00:00Z", "created:>"})
        EXPECT_NE(all.find(part), std::string::npos) << part << " in " << all;
    EXPECT_TRUE(logged_in().get(page(made)).contains("Réseau"));
}

}  // namespace tickets_test
