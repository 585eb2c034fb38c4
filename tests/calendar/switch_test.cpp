// Switched off, the module leaves no trace on any page; on again, everything is back.
#include "calendar/calendar_desk.hpp"
#include "calendar/ical.hpp"

#include <fstream>

namespace calendar_test {

namespace {

bool mapped(const std::string& library) {
    std::ifstream maps{"/proc/self/maps"};
    for (std::string line; std::getline(maps, line);)
        if (line.find(library) != std::string::npos) return true;
    return false;
}

}  // namespace

TEST(CalendarSwitch, OffTakesEverythingAwayAndOnBringsItBack) {
    const Modules modules;
    web_test::Desk desk{modules.packages()};
    auto api = desk.api();
    const auto account = make(api, "accounts", R"({"name":"Client","type":"customer"})");
    const auto ticket = tickets_test::ticket(api, "Imprimante", R"("account_id":)" + id(account));
    make(api, "calendar/events",
         R"({"title":"Visite","starts_at":"2026-11-25T09:00:00Z","ends_at":"2026-11-25T10:00:00Z","ticket_id":)" + id(ticket) +
             R"(,"account_id":)" + id(account) + "}");
    auto browser = desk.browser();
    browser.cookies["lang"] = "en";
    browser.log_in("admin");
    const std::string pages[] = {"/", "/tickets/" + id(ticket), "/accounts/" + id(account), "/tickets"};
    const auto traces = [&] {
        std::size_t n = 0;
        for (const auto& page : pages) n += count_of(browser.get(page).body, "/calendar");
        return n;
    };
    const auto before = traces();
    EXPECT_GT(before, 6u);
    browser.get("/admin/modules");
    EXPECT_EQ(browser.post("/admin/modules/calendar/disable", {}).status, 303);
    EXPECT_EQ(traces(), 0u);
    EXPECT_EQ(browser.get("/calendar").status, 404);
    EXPECT_EQ(api.get(kEvents).status, 404);
    EXPECT_TRUE(desk.app->reaper().wait_idle(std::chrono::seconds{20}));
    EXPECT_FALSE(mapped((desk.state / "run/calendar-").string())) << "its library is no longer mapped";
    browser.get("/admin/modules");
    EXPECT_EQ(browser.post("/admin/modules/calendar/enable", {}).status, 303);
    EXPECT_EQ(traces(), before);
    EXPECT_TRUE(browser.get("/tickets/" + id(ticket)).contains("Visite"));
}

TEST(CalendarSwitch, PlannedInterventionsAreShownAsLongAsThatModuleIsThere) {
    const Modules modules;
    web_test::Desk desk{modules.packages()};
    auto api = desk.api();
    const auto account = make(api, "accounts", R"({"name":"Client","type":"customer"})");
    const auto planned = api.post("/api/v1/interventions", R"({"account_id":)" + id(account) +
                                                               R"(,"subject":"Remplacement du toner","planned_from":"2026-11-25T09:00:00Z",
        "planned_to":"2026-11-25T11:00:00Z","technicians":[1]})");
    ASSERT_EQ(planned.status, 201) << planned.body;
    auto browser = desk.browser();
    browser.cookies["lang"] = "en";
    browser.log_in("admin");
    const auto week = [&] { return browser.get("/calendar?view=week&date=2026-11-25"); };
    EXPECT_TRUE(week().contains("Remplacement du toner"));
    EXPECT_TRUE(week().contains("10:00–12:00"));
    browser.get("/calendar/feeds");
    const auto address = between(browser.post("/calendar/feeds", {{"team", ""}}).body, "id=\"f-address\" value=\"", "\"");
    const auto feed = address.substr(address.find("/calendar/feed/"));
    EXPECT_EQ(Ical{browser.get(feed).body}.events().size(), 1u);
    browser.get("/admin/modules");
    EXPECT_EQ(browser.post("/admin/modules/interventions/disable", {}).status, 303);
    EXPECT_FALSE(week().contains("Remplacement du toner"));
    EXPECT_EQ(Ical{browser.get(feed).body}.events().size(), 0u);
}

}  // namespace calendar_test
