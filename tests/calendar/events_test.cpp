// Events: what is refused, who sees what, pages and REST, the button on a ticket.
#include "calendar/calendar_desk.hpp"
#include "support/wait.hpp"

namespace calendar_test {

TEST_F(Calendar, AnEventThatEndsBeforeItStartsIsRefusedBesideItsEnd) {
    const auto refused = alice().post(kEvents, R"({"title":"x","starts_at":"2026-03-23T09:00:00Z","ends_at":"2026-03-23T08:00:00Z"})");
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.error("ends_at"), "L’événement se termine avant de commencer.");
    auto browser = logged_in();
    browser.get("/calendar/new");
    const auto form = browser.post(
        "/calendar/new", {{"title", "Gardé"}, {"starts", "2026-03-23T09:00"}, {"ends", "2026-03-23T08:00"}, {"zone", "Europe/Paris"}});
    EXPECT_EQ(form.status, 422);
    EXPECT_TRUE(form.contains("The event ends before it starts."));
    EXPECT_TRUE(form.contains("value=\"Gardé\""));
    EXPECT_EQ(scalar("select count(*) from calendar.event"), "0");
}

TEST_F(Calendar, EveryWrongMemberIsNamedAtOnce) {
    const auto refused = alice().post(
        kEvents,
        R"({"title":" ","starts_at":"soon","ends_at":7,"type":"NONE","zone":"Mars/Base","owner_id":999999,"ticket_id":1,"account_id":1,
                     "contact_id":1,"reminder_minutes":-5,"private":"yes","colour":"red"})");
    EXPECT_EQ(refused.status, 422);
    for (const auto* field : {"title", "starts_at", "ends_at", "type", "zone", "owner_id", "ticket_id", "account_id", "contact_id",
                              "reminder_minutes", "private", "colour"})
        EXPECT_NE(refused.error(field), "") << field;
    EXPECT_NE(
        alice().post(kEvents, R"({"title":"x","starts_at":"2026-03-23T09:00:00Z","ends_at":"2028-03-23T08:00:00Z"})").error("ends_at"), "");
    EXPECT_NE(alice()
                  .post(kEvents, R"({"title":"x","whole_day":true,"starts_at":"2026-03-23T09:00:00Z","ends_at":"2026-03-24T00:00:00Z"})")
                  .error("starts_at"),
              "");
    EXPECT_NE(alice().post(kEvents, R"({"title":"x"})").error("starts_at"), "");
}

TEST_F(Calendar, RestKeepsReadsChangesAndDeletes) {
    const auto made = event(alice(), "Rendez-vous", "2026-03-23",
                            R"("type":"MEETING","place":"Lyon","description":"Ordre du jour","reminder_minutes":10)");
    EXPECT_EQ(made.text("starts_at"), "2026-03-23T09:00:00Z");
    EXPECT_EQ(made.text("zone"), "Europe/Paris");
    const auto path = kEvents + "/" + id(made);
    const auto got = alice().get(path);
    EXPECT_EQ(got.header("ETag"), "\"v1\"");
    EXPECT_EQ(got.text("place"), "Lyon");
    EXPECT_EQ(alice().patch(path, R"({"title":"Réunion"})", {{"If-Match", "\"v9\""}}).status, 412);
    EXPECT_EQ(alice().patch(path, R"({"title":"Réunion","version":9})").status, 409);
    const auto later = alice().patch(path, R"({"starts_at":"2026-03-23T14:00:00+01:00","version":1})");
    EXPECT_EQ(later.status, 200) << later.body;
    EXPECT_EQ(later.text("ends_at"), "2026-03-23T14:00:00Z") << "it is as long as before";
    EXPECT_EQ(alice().del(path).status, 204);
    EXPECT_EQ(alice().get(path).status, 404);
}

TEST_F(Calendar, ListsPageByKey) {
    for (const auto* title : {"a", "b", "c"}) event(alice(), title);
    const auto first = between_days(alice(), "2026-03-23", "2026-03-24", "&limit=2");
    EXPECT_EQ(listed(first), "a 2026-03-23T09:00:00Z, b 2026-03-23T09:00:00Z");
    const auto second = between_days(alice(), "2026-03-23", "2026-03-24", "&limit=2&cursor=" + first.text("next"));
    EXPECT_EQ(listed(second), "c 2026-03-23T09:00:00Z");
    EXPECT_TRUE(second.json().get("next")->is(host::base::Value::Type::null));
    EXPECT_EQ(between_days(alice(), "2026-03-23", "2027-05-01").status, 422);
    EXPECT_EQ(between_days(alice(), "2026-03-23", "2026-03-24", "&cursor=x").status, 422);
}

TEST_F(Calendar, R31_APrivateEventIsBusyForOthersEverywhere) {
    const auto made = event(alice(), "Chez le médecin", "2026-03-23", R"("private":true,"place":"Cabinet","type":"ABSENCE")");
    auto bob = desk().api("bob");
    EXPECT_EQ(listed(between_days(bob, "2026-03-23", "2026-03-24")), "busy 2026-03-23T09:00:00Z");
    EXPECT_EQ(listed(between_days(bob, "2026-03-23", "2026-03-24", "&type=ABSENCE")), "") << "its type is a detail, too";
    EXPECT_EQ(listed(between_days(alice(), "2026-03-23", "2026-03-24", "&type=ABSENCE")), "Chez le médecin 2026-03-23T09:00:00Z");
    EXPECT_EQ(bob.get(kEvents + "/" + id(made)).text("place"), "");
    EXPECT_EQ(bob.patch(kEvents + "/" + id(made), R"({"title":"x"})").status, 403);
    EXPECT_EQ(bob.del(kEvents + "/" + id(made)).status, 403);
    auto admin = desk().api();
    EXPECT_FALSE(admin.get(kEvents + "/" + id(made)).contains("médecin")) << "administrators are others, too";
    auto browser = logged_in("bob");
    for (const auto* page : {"/calendar?view=month&date=2026-03-23", "/calendar?view=week&date=2026-03-23",
                             "/calendar?view=day&date=2026-03-23", "/calendar?view=agenda&date=2026-03-23"}) {
        const auto answer = browser.get(page);
        EXPECT_TRUE(answer.contains("alice is busy")) << page;
        EXPECT_FALSE(answer.contains("médecin")) << page;
    }
    EXPECT_FALSE(browser.get("/calendar/" + id(made)).contains("Cabinet"));
    EXPECT_EQ(browser.get("/calendar/" + id(made) + "/edit").status, 403);
}

TEST_F(Calendar, R31_LevelsOfThePermissionHold) {
    event(alice(), "D’Alice");
    auto bob = desk().api("bob"), carol = desk().api("carol");
    event(carol, "De Carole");
    const auto see = [](Api& api) { return listed(between_days(api, "2026-03-23", "2026-03-24")); };
    const auto level = [](int read) { desk().set_level("agent", "calendar.event.read", read); };
    // hosts follow a change of profiles by notification
    const auto follows = [&](Api& api, const std::string& wanted) {
        EXPECT_TRUE(support::wait_until([&] { return see(api) == wanted; })) << see(api);
    };
    level(2);
    follows(bob, "D’Alice 2026-03-23T09:00:00Z");  // of his team
    level(1);
    follows(bob, "");
    follows(carol, "De Carole 2026-03-23T09:00:00Z");
    level(3);
    follows(bob, "D’Alice 2026-03-23T09:00:00Z, De Carole 2026-03-23T09:00:00Z");
    const auto hers = scalar("select id from calendar.event where title = 'De Carole'");
    EXPECT_EQ(bob.patch(kEvents + "/" + hers, R"({"title":"x"})").status, 403) << "agents change those of their team";
    const auto alices = scalar("select id from calendar.event where title like '%Alice'");
    EXPECT_EQ(bob.patch(kEvents + "/" + alices, R"({"title":"D’Alice et Bob"})").status, 200);
    EXPECT_EQ(bob.del(kEvents + "/" + alices).status, 403) << "and delete their own";
}

TEST_F(Calendar, FiltersByUserTeamAndType) {
    event(alice(), "Appel", "2026-03-23", R"("type":"CALL")");
    auto carol = desk().api("carol");
    event(carol, "Visite", "2026-03-23", R"("type":"VISIT")");
    const auto see = [&](const std::string& filter) { return listed(between_days(alice(), "2026-03-23", "2026-03-24", filter)); };
    EXPECT_EQ(see("&user=me"), "Appel 2026-03-23T09:00:00Z");
    EXPECT_EQ(see("&user=" + user("carol")), "Visite 2026-03-23T09:00:00Z");
    EXPECT_EQ(see("&team=" + scalar("select id from core.team where name = 'Nord'")), "Appel 2026-03-23T09:00:00Z");
    EXPECT_EQ(see("&type=VISIT"), "Visite 2026-03-23T09:00:00Z");
    EXPECT_EQ(between_days(alice(), "2026-03-23", "2026-03-24", "&type=NONE").status, 422);
    EXPECT_FALSE(logged_in().get("/calendar?date=2026-03-23&type=CALL").contains("Visite</span>"));
}

TEST_F(Calendar, EachViewHasItsDaysInTheReadersLanguage) {
    event(alice(), "Point hebdomadaire", "2026-11-23");
    auto french = logged_in("alice", "fr");
    EXPECT_TRUE(french.get("/calendar?view=day&date=2026-11-23").contains("lundi 23 novembre 2026"));
    const auto month = french.get("/calendar?view=month&date=2026-11-23");
    EXPECT_TRUE(month.contains("novembre 2026"));
    EXPECT_LT(month.body.find("lundi"), month.body.find("dimanche")) << "the week begins on Monday";
    EXPECT_TRUE(month.contains("data-day=\"2026-12-06\"")) << "to the end of the last week";
    const auto week = logged_in().get("/calendar?view=week&date=2026-11-25");
    EXPECT_TRUE(week.contains("Monday 23 November")) << "from its Monday on";
    EXPECT_TRUE(week.contains("10:00–11:00")) << "on the clock of Paris";
    EXPECT_TRUE(week.contains("scope=\"row\""));
    EXPECT_TRUE(logged_in().get("/calendar?view=agenda&date=2026-01-01").contains("Nothing is planned"));
}

TEST_F(Calendar, AWholeDayIsTheSameDayInEveryZone) {
    auto browser = logged_in();
    browser.get("/calendar/new");
    const auto saved = browser.post(
        "/calendar/new",
        {{"title", "Salon"}, {"starts", "2026-03-28T09:00"}, {"ends", "2026-03-29T18:00"}, {"whole_day", "1"}, {"zone", "Europe/Paris"}});
    EXPECT_EQ(saved.status, 303) << saved.body;
    EXPECT_EQ(scalar("select starts_at at time zone 'UTC' || ' ' || ends_at at time zone 'UTC' from calendar.event"),
              "2026-03-28 00:00:00 2026-03-30 00:00:00");
    for (const auto* zone : {"Pacific/Noumea", "America/Los_Angeles", "Europe/Paris"}) {
        sql("update core.app_user set zone = '" + std::string{zone} + "' where login = 'alice'");
        const auto page = logged_in().get("/calendar?view=month&date=2026-03-15");
        const auto cell = [&](const std::string& day) { return between(page.body, "data-day=\"" + day + "\"", "</td>"); };
        EXPECT_EQ(cell("2026-03-27").find("Salon"), std::string::npos) << zone;
        EXPECT_NE(cell("2026-03-28").find("Salon"), std::string::npos) << zone;
        EXPECT_NE(cell("2026-03-29").find("Salon"), std::string::npos) << zone;
        EXPECT_EQ(cell("2026-03-30").find("Salon"), std::string::npos) << zone;
    }
    EXPECT_TRUE(logged_in().get(saved.header("Location")).contains("Saturday 28 March 2026 – Sunday 29 March 2026"));
}

TEST_F(Calendar, S2_23_OneClickOnATicketMakesAnEventWithTheDefaultType) {
    auto api = desk().api();
    const auto account = make(api, "accounts", R"({"name":"Client Alpha","type":"customer"})");
    const auto ticket = tickets_test::ticket(api, "Imprimante en panne", R"("account_id":)" + id(account));
    auto admin = logged_in("admin");
    auto settings = admin.get("/admin/settings/calendar");
    EXPECT_EQ(admin
                  .post("/admin/settings/calendar", {{"version", between(settings.body, "name=\"version\" value=\"", "\"")},
                                                     {"default_type", "VISIT"},
                                                     {"default_reminder", "30"}})
                  .status,
              303);
    auto browser = logged_in();
    const auto page = browser.get("/tickets/" + id(ticket));
    EXPECT_TRUE(page.contains("action=\"/calendar/tickets/" + id(ticket) + "\""));
    const auto made = browser.post("/calendar/tickets/" + id(ticket), {});
    EXPECT_EQ(made.status, 303) << made.body;
    EXPECT_EQ(scalar("select title || ' ' || type || ' ' || reminder_minutes || ' ' || ticket_id || ' ' || account_id from calendar.event"),
              "Imprimante en panne VISIT 30 " + id(ticket) + " " + id(account));
    EXPECT_EQ(scalar("select owner_id from calendar.event"), user("alice"));
    EXPECT_TRUE(browser.get("/tickets/" + id(ticket)).contains("href=\"/calendar/" + scalar("select id from calendar.event") + "\""));
    EXPECT_TRUE(browser.get("/accounts/" + id(account)).contains("href=\"/calendar/" + scalar("select id from calendar.event") + "\""));
    EXPECT_EQ(browser.post("/calendar/tickets/999999", {}).status, 404);
}

TEST_F(Calendar, EventsGoOnWithTheTicketThatTheirsWasMergedInto) {
    auto api = desk().api();
    const auto from = tickets_test::ticket(api, "Double"), into = tickets_test::ticket(api, "Original");
    event(alice(), "Visite", "2026-03-23", R"("ticket_id":)" + id(from));
    EXPECT_EQ(api.post(tickets_test::path(from) + "/merge", R"({"into":)" + id(into) + "}").status, 200);
    EXPECT_TRUE(support::wait_until([&] { return scalar("select ticket_id from calendar.event") == id(into); }));
    EXPECT_EQ(api.del(tickets_test::path(into)).status, 204);
    EXPECT_TRUE(support::wait_until([&] { return scalar("select ticket_id from calendar.event").empty(); }));
    EXPECT_EQ(scalar("select title from calendar.event"), "Visite");
}

TEST_F(Calendar, EveryChangeIsPublished) {
    const auto made = event(alice(), "a");
    alice().patch(kEvents + "/" + id(made), R"({"title":"b"})");
    alice().del(kEvents + "/" + id(made));
    EXPECT_EQ(scalar("select string_agg(data ->> 'change', ' ' order by id) from core.outbox where event = 'calendar.event_changed' and "
                     "subject = 'event/" +
                     id(made) + "'"),
              "created updated deleted");
}

}  // namespace calendar_test
