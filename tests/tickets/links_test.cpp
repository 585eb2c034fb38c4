// Tickets that belong together: links, merging, splitting; and what they never show (R31).
#include "desk_of_tickets.hpp"

namespace tickets_test {

class TicketLinks : public Tickets {
protected:
    static Answer link(Api& api, const Answer& from, const std::string& relation, const Answer& to) {
        return api.post(path(from) + "/links", R"({"relation":")" + relation + R"(","ticket":)" + id(to) + "}");
    }
    static std::string links(Api& api, const Answer& made) {
        std::string out;
        const auto answer = api.get(path(made) + "/links");
        for (std::size_t i = 0; i < items(answer).size(); ++i)
            out += std::string{items(answer).at(i)->get("relation")->as_string()} + ":" +
                   std::to_string(items(answer).at(i)->get("ticket")->get("id")->as_integer()) + " ";
        return out;
    }
    static Answer say(Api& api, const Answer& made, const std::string& body, const std::string& more = R"("visibility":"team")") {
        auto answer = api.post(path(made) + "/messages", R"({"body":")" + body + "\"," + more + "}");
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer;
    }
};

TEST_F(TicketLinks, parent_child_duplicate_and_related_from_both_ends) {
    auto api = desk().api();
    const auto one = ticket(api, "un"), two = ticket(api, "deux");
    EXPECT_EQ(link(api, one, "parent", two).status, 201);
    EXPECT_EQ(link(api, one, "related", two).status, 201);
    EXPECT_EQ(links(api, one), "parent:" + id(two) + " related:" + id(two) + " ");
    EXPECT_EQ(links(api, two), "child:" + id(one) + " related:" + id(one) + " ");
    EXPECT_EQ(link(api, two, "related", one).error("ticket"), "Ces tickets sont déjà liés.");
    const auto made = link(api, one, "duplicate_of", two);
    EXPECT_EQ(api.del(path(two) + "/links/" + id(made)).status, 204);
    EXPECT_EQ(api.del(path(two) + "/links/" + id(made)).status, 404);
    EXPECT_EQ(links(api, one), "parent:" + id(two) + " related:" + id(two) + " ");
    const auto shown = logged_in().get(page(one));
    EXPECT_TRUE(shown.contains("a retiré le lien")) << "and the page says so";
}

TEST_F(TicketLinks, impossible_links_are_refused) {
    auto api = desk().api();
    const auto one = ticket(api, "un"), two = ticket(api, "deux"), three = ticket(api, "trois");
    EXPECT_EQ(link(api, one, "parent", two).status, 201);
    EXPECT_EQ(link(api, two, "parent", three).status, 201);
    EXPECT_EQ(link(api, three, "parent", one).error("ticket"), "Ce parent dépend lui-même de ce ticket.");
    EXPECT_EQ(link(api, one, "parent", three).error("ticket"), "Un ticket n’a qu’un parent, et celui-ci en a déjà un.");
    EXPECT_EQ(link(api, one, "related", one).status, 422);
    EXPECT_FALSE(link(api, one, "friend", two).error("relation").empty());
    EXPECT_FALSE(api.post(path(one) + "/links", R"({"relation":"related","ticket":"T0000-1"})").error("ticket").empty());
    EXPECT_FALSE(api.post(path(one) + "/links", R"({"relation":"related"})").error("ticket").empty());
}

TEST_F(TicketLinks, linked_and_unlinked_from_the_page_by_number) {
    auto api = desk().api();
    const auto one = ticket(api, "un"), two = ticket(api, "deux <b>");
    auto browser = logged_in();
    browser.get(page(one));
    EXPECT_EQ(browser.post(page(one) + "/links", {{"relation", "related"}, {"ticket", " " + two.text("ref") + " "}}).status, 303);
    EXPECT_TRUE(browser.get(page(one)).contains("deux &lt;b&gt;"));
    const auto wrong = browser.post(page(one) + "/links", {{"relation", "duplicate_of"}, {"ticket", "introuvable"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(wrong.contains("value=\"introuvable\"") && wrong.contains("value=\"duplicate_of\" selected"));
    const auto link = std::to_string(items(api.get(path(one) + "/links")).at(0)->get("id")->as_integer());
    EXPECT_EQ(browser.post(page(one) + "/links/" + link + "/delete", {}).status, 303);
    EXPECT_EQ(links(api, one), "");
}

TEST_F(TicketLinks, R31_a_link_shows_nobody_what_he_may_not_see) {
    desk().set_level("reader", "tickets.ticket.read", 1);
    desk().set_level("reader", "tickets.ticket.update", 1);
    const auto me = desk().add_user("cloisonne", "reader");
    auto api = desk().api(), own = desk().api("cloisonne");
    const auto mine = ticket(api, "le mien", R"("assignee":"cloisonne")"), hidden = ticket(api, "SECRET-7f3a");
    EXPECT_EQ(link(api, mine, "parent", hidden).status, 201);
    const auto merged = ticket(api, "SECRET-merged", R"("assignee":"cloisonne")");
    EXPECT_EQ(api.post(path(merged) + "/merge", R"({"into":)" + id(hidden) + "}").status, 200);
    auto browser = logged_in("cloisonne");
    for (const auto& answer :
         {browser.get(page(mine)), own.get(path(mine) + "/links"), own.get(path(mine) + "/history"), own.get(path(merged) + "/history")}) {
        EXPECT_EQ(answer.status, 200);
        EXPECT_FALSE(answer.contains("SECRET-7f3a") || answer.contains(hidden.text("ref")) || answer.contains("parent:")) << answer.body;
    }
    EXPECT_FALSE(browser.get(page(merged)).contains(hidden.text("ref"))) << "it says that it was merged, not into what";
    EXPECT_FALSE(link(own, mine, "related", hidden).error("ticket").empty()) << "as if it were not there";
    EXPECT_FALSE(own.post(path(mine) + "/merge", R"({"into":)" + id(hidden) + "}").error("into").empty());
    EXPECT_EQ(own.get(path(hidden)).status, 404);
    const auto link_id = std::to_string(items(api.get(path(mine) + "/links")).at(0)->get("id")->as_integer());
    EXPECT_EQ(own.del(path(mine) + "/links/" + link_id).status, 404);
    (void)me;
}

TEST_F(TicketLinks, merging_moves_everything_and_loses_nothing) {
    desk().add_user("observateur");
    const auto to = desk().add_user("destinataire");
    auto api = desk().api();
    const auto from = ticket(api, "doublon", R"("tags":["a","b"])"), into = ticket(api, "original", R"("tags":["B","c"])");
    say(api, from, "dans le doublon");
    say(api, from, "SECRET pour lui", R"("visibility":"private","to_user":)" + std::to_string(to));
    api.post(path(from) + "/watchers", R"({"user":"observateur"})");
    EXPECT_EQ(api.post(path(from) + "/merge", R"({"into":")" + into.text("ref") + "\"}").integer("id"), into.integer("id"));
    const auto gone = api.get(path(from));
    EXPECT_EQ(gone.text("phase"), "closed");
    EXPECT_EQ(gone.integer("merged_into"), into.integer("id"));
    EXPECT_EQ(items(api.get(path(from) + "/messages")).size(), 0u);
    EXPECT_EQ(items(api.get(path(into) + "/messages")).size(), 2u);
    EXPECT_EQ(items(api.get(path(into) + "/watchers")).size(), 1u);
    EXPECT_EQ(desk().app->pool().exec("select array_to_string(tags, ',') from tickets.ticket where id = " + id(into)).text(0, 0), "B,c,a");
    auto colleague = desk().api("observateur");
    EXPECT_FALSE(colleague.get(path(into) + "/messages").contains("SECRET")) << "private stays private to its two";
    EXPECT_TRUE(desk().api("destinataire").get(path(into) + "/messages").contains("SECRET"));
    auto browser = logged_in();
    const auto shown = browser.get(page(from));
    EXPECT_TRUE(shown.contains("Ce ticket se poursuit dans un autre") && shown.contains(into.text("ref")));
    EXPECT_FALSE(shown.contains("/edit\"") || shown.contains("name=\"body\""));
    EXPECT_TRUE(browser.get(page(into)).contains("a fusionné " + from.text("ref")));
    EXPECT_EQ(api.patch(path(from), R"({"subject":"encore"})").status, 409) << "it is no longer changed";
    EXPECT_EQ(api.post(path(into) + "/merge", R"({"into":)" + id(from) + "}").status, 409);
    EXPECT_EQ(links(api, into), "merged:" + id(from) + " ");
    EXPECT_EQ(
        desk().count("select count(*) from core.outbox where event = 'tickets.ticket_merged' and subject = 'ticket/" + id(from) + "'"), 1);
}

TEST_F(TicketLinks, a_merged_ticket_keeps_its_description_for_who_saw_it) {
    auto api = desk().api();
    const auto into = ticket(api, "original");
    const auto inside = ticket(api, "vu par nous", R"("description":"Entre nous seulement")");
    const auto shown = ticket(api, "vu par le client", R"("description":"Il ne s’allume plus","visible_to_client":true)");
    for (const auto& from : {inside, shown}) EXPECT_EQ(api.post(path(from) + "/merge", R"({"into":)" + id(into) + "}").status, 200);
    const auto kept = [&](const std::string& words) {
        return desk()
            .app->pool()
            .exec("select visibility from tickets.message where ticket_id = " + id(into) + " and body like '%" + words + "'")
            .text(0, 0);
    };
    EXPECT_EQ(kept("Entre nous seulement"), "team");
    EXPECT_EQ(kept("allume plus"), "public");
}

TEST_F(TicketLinks, R31_tickets_of_two_customers_are_not_merged) {
    auto api = desk().api();
    const auto a = make(api, "accounts", R"({"name":"Client A"})"), b = make(api, "accounts", R"({"name":"Client B"})");
    const auto one = ticket(api, "de A", R"("account_id":)" + id(a)), two = ticket(api, "de B", R"("account_id":)" + id(b));
    say(api, one, "message de A");
    EXPECT_FALSE(api.post(path(one) + "/merge", R"({"into":)" + id(two) + "}").error("into").empty());
    EXPECT_FALSE(api.post(path(one) + "/merge", R"({"into":)" + id(one) + "}").error("into").empty());
    EXPECT_EQ(items(api.get(path(one) + "/messages")).size(), 1u) << "nothing half done";
    EXPECT_EQ(api.get(path(one)).integer("version"), 1);
}

TEST_F(TicketLinks, merging_from_the_page_asks_first) {
    auto api = desk().api();
    const auto from = ticket(api, "à fusionner"), into = ticket(api, "cible");
    auto browser = logged_in();
    EXPECT_TRUE(browser.get(page(from)).contains(page(from) + "/merge"));
    EXPECT_EQ(browser.get(page(from) + "/merge").status, 200);
    EXPECT_EQ(browser.post(page(from) + "/merge", {{"into", "nulle part"}}).status, 422);
    const auto question = browser.post(page(from) + "/merge", {{"into", into.text("ref")}});
    EXPECT_TRUE(question.contains("name=\"confirmed\"") && question.contains("cible"));
    EXPECT_EQ(api.get(path(from)).text("phase"), "new");
    EXPECT_EQ(browser.post(page(from) + "/merge", {{"into", id(into)}, {"confirmed", "1"}}).header("Location"), page(into));
    EXPECT_EQ(api.get(path(from)).text("phase"), "closed");
}

TEST_F(TicketLinks, messages_become_a_ticket_of_their_own) {
    auto api = desk().api();
    const auto account = make(api, "accounts", R"({"name":"Librairie"})");
    const auto whole = ticket(api, "deux sujets", R"("account_id":)" + id(account));
    const auto stays = say(api, whole, "premier sujet"), goes = say(api, whole, "second sujet");
    const auto split = [&](const std::string& json) { return api.post(path(whole) + "/split", json); };
    EXPECT_FALSE(split(R"({"messages":[],"subject":"x"})").error("messages").empty());
    EXPECT_FALSE(split(R"({"messages":[999999],"subject":"x"})").error("messages").empty());
    EXPECT_FALSE(split(R"({"messages":[)" + id(goes) + R"(],"subject":" "})").error("subject").empty());
    const auto part = split(R"({"messages":[)" + id(goes) + R"(],"subject":"le second sujet"})");
    ASSERT_EQ(part.status, 201) << part.body;
    EXPECT_EQ(part.integer("account_id"), account.integer("id"));
    EXPECT_TRUE(api.get(path(part) + "/messages").contains("second sujet"));
    EXPECT_FALSE(api.get(path(whole) + "/messages").contains("second sujet"));
    EXPECT_EQ(links(api, whole), "related:" + id(part) + " ");
    auto browser = logged_in();
    EXPECT_TRUE(browser.get(page(whole) + "/split").contains("premier sujet"));
    EXPECT_EQ(browser.post(page(whole) + "/split", {{"subject", "rien"}}).status, 422);
    const auto moved = browser.post(page(whole) + "/split", {{"subject", "le premier"}, {"message", id(stays)}});
    EXPECT_EQ(moved.status, 303);
    EXPECT_TRUE(browser.get(moved.header("Location")).contains("premier sujet"));
    EXPECT_TRUE(browser.get(page(whole) + "/split").contains("n’en a aucun"));
}

TEST_F(TicketLinks, R31_messages_of_others_are_not_split_off) {
    const auto to = desk().add_user("confident");
    desk().add_user("curieux");
    auto api = desk().api(), curious = desk().api("curieux");
    const auto whole = ticket(api, "confidences");
    const auto secret = say(api, whole, "SECRET", R"("visibility":"private","to_user":)" + std::to_string(to));
    EXPECT_FALSE(curious.post(path(whole) + "/split", R"({"messages":[)" + id(secret) + R"(],"subject":"x"})").error("messages").empty());
    EXPECT_FALSE(logged_in("curieux").get(page(whole) + "/split").contains("SECRET"));
}

}  // namespace tickets_test
