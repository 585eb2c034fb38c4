// What people see of service levels: S3-07, S3-09, S3-10, S3-28, S3-29, R31, R46.
#include "desk_of_levels.hpp"

#include <set>

namespace {

using sla_test::Browser;
using Fields = std::map<std::string, std::string>;

class Pages : public sla_test::Levels {
protected:
    static Browser logged_in(const std::string& login, const std::string& language = "en") {
        auto browser = desk().browser();
        browser.cookies["lang"] = language;
        EXPECT_EQ(browser.log_in(login).status, 303);
        return browser;
    }
    static Fields calendar_form(const std::string& name) {
        Fields out{{"name", name},
                   {"zone", "Europe/Paris"},
                   {"holidays", "FR"},
                   {"exceptions", "12-24 09:00-12:00\r\n2026-05-15\r\n"},
                   {"version", ""}};
        for (const auto day : {"mon", "tue", "wed", "thu", "fri"})
            out[day] =
                "9h-12h, 14:00\xe2\x80\x93"
                "18:00";
        out["sat"] = out["sun"] = "";
        return out;
    }
    Fields policy_form(const std::string& name) {
        return {{"name", name},
                {"calendar_id", always_},
                {"active", "1"},
                {"enforce_from", "2020-01-01T00:00"},
                {"min_priority", ""},
                {"accounts", ""},
                {"contracts", ""},
                {"first_response.amount", "4"},
                {"first_response.unit", "hours"},
                {"first_response.working", "1"},
                {"resolution.amount", "2"},
                {"resolution.unit", "days"},
                {"to_status", ""},
                {"reopen", "restart"},
                {"levels.0.clock", "resolution"},
                {"levels.0.amount", "80"},
                {"levels.0.when", "percent"},
                {"levels.0.notify", "team"},
                {"levels.1.clock", "resolution"},
                {"levels.1.amount", "30"},
                {"levels.1.when", "before"},
                {"levels.1.note", "Vite"},
                {"version", "1"}};
    }
};

TEST_F(Pages, S3_10_CalendarsAreTypedAndWhatIsWrongIsSaidBesideIt) {
    auto browser = logged_in("manon");
    auto form = calendar_form("");
    form["mon"] = "9-25";
    form["exceptions"] = "tomorrow";
    form["zone"] = "Europe/Lutece";
    const auto refused = browser.post("/admin/sla/calendars/new", form);
    EXPECT_EQ(refused.status, 422);
    for (const auto text :
         {"Enter hours such as", "This line is no exception: tomorrow", "This time zone is not known", "Enter a name.", "9-25"})
        EXPECT_TRUE(refused.contains(text)) << text;
    EXPECT_EQ(browser.post("/admin/sla/calendars/new", calendar_form("Bureau")).status, 303);
    EXPECT_EQ(text("select definition ->> 'closed' || (definition -> 'hours_yearly' ->> '12-24') || (definition -> 'week' ->> 'mon') from "
                   "sla.calendar where name = 'Bureau'"),
              R"(["2026-05-15"][["09:00", "12:00"]][["09:00", "12:00"], ["14:00", "18:00"]])");
    const auto shown = browser.get("/admin/sla/calendars/" + text("select id from sla.calendar where name = 'Bureau'"));
    EXPECT_TRUE(shown.contains("09:00-12:00, 14:00-18:00"));
    EXPECT_TRUE(shown.contains("12-24 09:00-12:00"));
    EXPECT_TRUE(shown.contains("in 2 working days")) << "opened now, due then";
    auto closed = calendar_form("Jamais");
    for (const auto day : {"mon", "tue", "wed", "thu", "fri"}) closed[day] = "";
    closed["exceptions"] = "";
    EXPECT_TRUE(browser.post("/admin/sla/calendars/new", closed).contains("never opens"));
}

TEST_F(Pages, TryingACalendarStoresNothing) {
    auto browser = logged_in("manon");
    auto form = calendar_form("Essai");
    form["try"] = "1";
    const auto tried = browser.post("/admin/sla/calendars/new", form);
    EXPECT_EQ(tried.status, 200);
    EXPECT_TRUE(tried.contains("in 4 working hours"));
    EXPECT_EQ(count("select count(*) from sla.calendar where name = 'Essai'"), 0);
}

TEST_F(Pages, S3_10_S3_28_PoliciesAreMadeTriedAndMoved) {
    auto browser = logged_in("manon");
    ticket(10);
    auto trial = policy_form("Standard");
    trial["try"] = "1";
    EXPECT_TRUE(browser.post("/admin/sla/policies/new", trial).contains("1 open ticket affected, 0 would be overdue at once."));
    EXPECT_EQ(count("select count(*) from sla.policy"), 0);
    EXPECT_EQ(browser.post("/admin/sla/policies/new", policy_form("Standard")).status, 303);
    const auto a = text("select id from sla.policy");
    EXPECT_EQ(text("select definition -> 'resolution' ->> 'working' from sla.policy"), "false") << "the box was not ticked";
    EXPECT_EQ(text("select definition -> 'levels' -> 1 ->> 'minutes' from sla.policy"), "-30");
    EXPECT_EQ(text("select definition ->> 'reopen' from sla.policy"), "restart");
    const auto shown = browser.get("/admin/sla/policies/" + a);
    EXPECT_TRUE(shown.contains("value=\"Vite\"")) << shown.body;
    EXPECT_EQ(browser.post("/admin/sla/policies/new", policy_form("Autre")).status, 303);
    const auto b = text("select id from sla.policy where name = 'Autre'");
    EXPECT_EQ(browser.post("/admin/sla/policies/" + b + "/move", {{"to", "up"}}).status, 303);
    EXPECT_EQ(text("select string_agg(name, ',' order by position) from sla.policy"), "Autre,Standard");
    EXPECT_EQ(browser.post("/admin/sla/order", {{"order", a + "," + b}}).status, 303);
    EXPECT_EQ(text("select string_agg(name, ',' order by position) from sla.policy"), "Standard,Autre");
    auto wrong = policy_form("Standard");
    wrong["resolution.amount"] = "many";
    const auto refused = browser.post("/admin/sla/policies/new", wrong);
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("many"));
    EXPECT_TRUE(refused.contains("There is one of this name already."));
    settle();
}

TEST_F(Pages, S3_07_LateTicketsAreListedByWhoMaySeeThem) {
    policy("P", within("resolution", 60));
    const auto late = ticket(90, "\"assignee\":" + std::to_string(user("alice"))), soon = ticket(10);
    pass();
    auto alice = logged_in("alice");
    const auto page = alice.get("/sla/late");
    EXPECT_TRUE(page.contains("/tickets/" + late + "\""));
    EXPECT_TRUE(page.contains("Overdue by 30 min")) << page.body;
    EXPECT_FALSE(page.contains("/tickets/" + soon + "\""));
    EXPECT_TRUE(alice.get("/sla/late?view=soon").contains("/tickets/" + soon + "\""));
    EXPECT_TRUE(logged_in("alice", "fr").get("/sla/late").contains("Dépassé de 30 min"));
    desk().set_level("agent", "tickets.ticket.read", 1);
    auto bob = logged_in("bob");
    EXPECT_FALSE(bob.get("/sla/late").contains("/tickets/" + late + "\"")) << "R31";
    EXPECT_EQ(desk().api("bob").get("/api/v1/tickets/" + late + "/sla").status, 404);
    EXPECT_TRUE(logged_in("alice").get("/sla/late").contains("/tickets/" + late + "\"")) << "her own";
    desk().set_level("agent", "tickets.ticket.read", 3);
}

TEST_F(Pages, ThePageIsReadInPieces) {
    policy("P", within("resolution", 60));
    for (int i = 0; i < 30; ++i) tickets_test::ticket(api_, "Panne " + std::to_string(i));
    settle();
    auto browser = logged_in("alice");
    const auto first = browser.get("/sla/late?view=all").body;
    const auto at = first.find("cursor=");
    ASSERT_NE(at, std::string::npos);
    const auto cursor = first.substr(at, first.find('"', at) - at);
    const auto second = browser.get("/sla/late?view=all&" + cursor).body;
    std::set<std::string> seen;
    for (const auto& page : std::vector{first, second})
        for (std::size_t from = 0; (from = page.find("class=\"row-link\" href=\"", from)) != page.npos; ++from) {
            const auto link = page.substr(from + 23, page.find('"', from + 23) - from - 23);
            EXPECT_TRUE(seen.insert(link).second) << link;
        }
    EXPECT_EQ(seen.size(), 30u);
}

TEST_F(Pages, TheTicketListHasAColumnToSortAndFilterBy) {
    policy("Urgent", R"("scope":{"min_priority":"URGENT"},)" + within("resolution", 30));
    policy("P", within("resolution", 600));
    const auto slow = ticket(), quick = ticket(0, R"("priority":"URGENT")"), paused = ticket();
    change(paused, R"({"status":"CUSTOMER"})");
    auto browser = logged_in("alice");
    const auto list = browser.get("/tickets?sort=sla.due").body;
    const auto place = [&](const std::string& id) { return list.find("href=\"/tickets/" + id + "\""); };
    EXPECT_LT(place(quick), place(slow));
    EXPECT_LT(place(slow), place(paused));
    EXPECT_NE(list.find("Paused, "), std::string::npos) << "words, not colour alone";
    EXPECT_FALSE(browser.get("/tickets?sla.due.from=2090-01-01").contains("href=\"/tickets/" + quick + "\""));
    EXPECT_TRUE(browser.get("/tickets?sla.due.to=2090-01-01").contains("href=\"/tickets/" + quick + "\""));
}

TEST_F(Pages, S3_29_TheNextTicketIsTheMostUrgentThatIsFreeOrMine) {
    policy("P", within("resolution", 600));
    policy("never", within("resolution", 1));
    const auto alices = std::to_string(user("alice"));
    const auto late = ticket(700), near = ticket(590), far = ticket(10), paused = ticket(595),
               bobs = ticket(800, "\"assignee\":" + std::to_string(user("bob")));
    change(paused, R"({"status":"CUSTOMER"})");
    pass();
    auto alice = logged_in("alice");
    const auto next = [&](const std::string& after = "") { return alice.get("/sla/next?after=" + after).header("Location"); };
    EXPECT_EQ(next(), "/tickets/" + late) << "breached first; not what is bob's";
    EXPECT_EQ(next(late), "/tickets/" + near) << "then the least time; not what is paused";
    change(late, R"({"status":"CLOSED"})");
    change(near, R"({"status":"CLOSED"})");
    EXPECT_EQ(next(), "/tickets/" + far);
    change(far, "{\"assignee\":" + alices + "}");
    EXPECT_EQ(next(), "/tickets/" + far) << "hers";
    change(far, R"({"status":"CLOSED"})");
    EXPECT_TRUE(alice.get(next()).contains("No ticket waits for you")) << bobs;
}

TEST_F(Pages, WithTheSameTimeThePriorityDecidesThenTheAge) {
    const auto low = ticket(30, R"("priority":"LOW")"), high = ticket(10, R"("priority":"HIGH")");
    auto alice = logged_in("alice");
    EXPECT_EQ(alice.get("/sla/next").header("Location"), "/tickets/" + high) << "without any policy";
    EXPECT_EQ(alice.get("/sla/next?after=" + high).header("Location"), "/tickets/" + low);
}

TEST_F(Pages, S3_29_TilesCountWhatIsLateAndWhatIsNear) {
    policy("P", within("resolution", 60));
    ticket(90);
    ticket(10);
    ticket(20);
    pass();
    const auto home = logged_in("alice").get("/").body;
    const auto value = [&](const std::string& label) {
        const auto at = home.find(label);
        const auto from = home.rfind("tile-value\">", at) + 12;
        return home.substr(from, home.find('<', from) - from);
    };
    EXPECT_EQ(value("Overdue deadlines"), "1");
    EXPECT_EQ(value("Due within 4 h"), "2");
}

TEST_F(Pages, S3_09_S3_29_ReportsOfWhatWasKept) {
    policy("P", within("resolution", 60) + "," + within("first_response", 30));
    const auto good = ticket(20, R"("priority":"LOW")"),
               bad = ticket(90, R"("priority":"HIGH","assignee":)" + std::to_string(user("alice"))), merged = ticket(90);
    pass();
    answer(good);
    change(good, R"({"status":"RESOLVED"})");
    change(bad, R"({"status":"RESOLVED"})");
    change(merged, R"({"status":"CANCELLED"})");
    auto manon = logged_in("manon");
    for (const auto by : {"clock", "month", "team", "user", "type", "priority", "account"}) {
        const auto page = manon.get("/sla/report?by=" + std::string{by});
        EXPECT_EQ(page.status, 200);
        EXPECT_TRUE(page.contains("Total")) << by << page.body;
    }
    const auto csv = manon.get("/sla/report/export?by=priority&clock=resolution");
    EXPECT_TRUE(csv.contains("Priority")) << "R46";
    EXPECT_TRUE(csv.contains("Low") && csv.contains("High") && csv.contains(";1;1;0;100")) << csv.body;
    EXPECT_TRUE(csv.contains(";1;0;1;0")) << csv.body;
    const auto breaches = manon.get("/sla/breaches");
    EXPECT_TRUE(breaches.contains("/tickets/" + bad + "\""));
    EXPECT_TRUE(breaches.contains("Time ran out"));
    EXPECT_TRUE(manon.get("/sla/breaches/export").contains("Time ran out"));
    EXPECT_EQ(logged_in("alice").get("/sla/report").status, 403);
    EXPECT_EQ(count("select count(*) from core.audit where action = 'sla.exported'"), 2);
}

TEST_F(Pages, ClosedDaysComeFromAnIcsFile) {
    auto browser = logged_in("manon");
    const auto path = "/admin/sla/calendars/" + always_ + "/import";
    browser.get("/admin/sla/calendars/" + always_);
    EXPECT_EQ(browser.post_parts(path, {}, "file", "x.ics", "no calendar at all").status, 422);
    EXPECT_EQ(browser.post_parts(path, {}, "file", "x.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n").status, 422);
    const std::string file =
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270809\r\nDTEND;VALUE=DATE:20270812\r\nSUMMARY:Inventaire\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20251231\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:3\r\nDTSTART;VALUE=DATE:20261126\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=2\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n";
    const auto done = browser.post_parts(path, {}, "file", "x.ics", file);
    EXPECT_EQ(done.status, 200) << done.body;
    EXPECT_TRUE(done.contains("6 closed days were added.")) << done.body;
    EXPECT_EQ(text("select definition ->> 'closed' || (definition ->> 'closed_yearly') from sla.calendar where id = " + always_),
              R"(["2026-11-26", "2027-08-09", "2027-08-10", "2027-08-11", "2027-11-25"]["12-31"])");
    EXPECT_TRUE(browser.post_parts(path, {}, "file", "x.ics", file).contains("0 closed days were added.")) << "again";
    settle();
}

TEST_F(Pages, TheReportOfTheMonthGoesToWhomItIsFor) {
    admin_.log_in("admin");
    const auto run = [&] {
        EXPECT_EQ(admin_.post("/admin/jobs/sla.report/run", {}).status, 303);
        settle();
    };
    run();
    EXPECT_EQ(count("select count(*) from core.mail"), 0);
    const auto form = admin_.get("/admin/settings/sla").body;
    const auto at = form.find("name=\"version\"");
    const auto from = form.find("value=\"", at) + 7;
    EXPECT_EQ(
        admin_
            .post("/admin/settings/sla",
                  {{"version", form.substr(from, form.find('"', from) - from)}, {"soon_hours", "4"}, {"report_to", "chef@example.org"}})
            .status,
        303);
    run();
    EXPECT_EQ(text("select to_address || ' ' || template_id from core.mail"), "chef@example.org sla.report");
}

}  // namespace
