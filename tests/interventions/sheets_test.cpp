// Sheets of interventions: from a ticket, their lines, their steps, what locks them.
#include "interventions/desk_of_interventions.hpp"

#include <random>
#include <set>

namespace interventions_test {

class Sheets : public Interventions {
protected:
    static Answer line(Api& api, const Answer& sheet, const std::string& json) { return api.post(path(sheet) + "/lines", json); }
    static Answer step(Api& api, const Answer& sheet, const std::string& name) { return api.post(path(sheet) + "/steps/" + name, ""); }
    static std::int64_t duration(Api& api, const std::string& ticket) {
        return api.get("/api/v1/tickets/" + ticket + "/equipment").integer("duration");
    }
};

TEST_F(Sheets, S2_20_there_is_a_button_only_with_an_account) {
    auto api = desk().api();
    const auto nobodys = id(tickets_test::ticket(api, "Sans compte")), about = ticket(api, account(api));
    auto browser = logged_in();
    EXPECT_FALSE(browser.get("/tickets/" + nobodys).contains("/tickets/" + nobodys + "/interventions\""));
    EXPECT_EQ(browser.post("/tickets/" + nobodys + "/interventions", {}).status, 409);
    EXPECT_EQ(api.post("/api/v1/tickets/" + nobodys + "/interventions", "").status, 409);
    EXPECT_EQ(desk().count("select count(*) from interventions.intervention where ticket_id = " + nobodys), 0);
    EXPECT_TRUE(browser.get("/tickets/" + about).contains("/tickets/" + about + "/interventions\""));
    const auto made = browser.post("/tickets/" + about + "/interventions", {});
    EXPECT_EQ(made.status, 303);
    EXPECT_TRUE(browser.get(made.header("Location")).contains("Panne"));
    EXPECT_TRUE(browser.get("/tickets/" + about).contains("a ajouté une intervention"));
}

TEST_F(Sheets, S2_21_S2_22_equipment_and_contract_come_along) {
    auto api = desk().api();
    const auto owner = account(api);
    const auto runs = contract(api, owner), ended = contract(api, owner, R"("status":"ended")");
    const auto covered = equipment(api, owner, R"("label":"Sous contrat","contract_id":)" + runs);
    const auto lapsed = equipment(api, owner, R"("label":"Hors contrat","contract_id":)" + ended);
    const auto one = ticket(api, owner), two = ticket(api, owner);
    designate(api, one, covered);
    designate(api, two, lapsed);
    const auto sheet = sheet_of(api, one);
    EXPECT_EQ(std::to_string(sheet.integer("equipment_id")), covered);
    EXPECT_EQ(std::to_string(sheet.integer("contract_id")), runs);
    EXPECT_EQ(std::to_string(sheet.integer("account_id")), owner);
    EXPECT_EQ(sheet.text("subject"), "Panne");
    const auto other = sheet_of(api, two);
    EXPECT_EQ(std::to_string(other.integer("equipment_id")), lapsed);
    EXPECT_EQ(other.integer("contract_id"), -1) << "a contract that does not run is not taken over";
    const auto refused = api.patch(path(other), R"({"contract_id":)" + ended + "}");
    EXPECT_EQ(refused.status, 422);
    EXPECT_FALSE(refused.error("contract_id").empty()) << refused.body;
}

TEST_F(Sheets, bad_values_are_named_and_nothing_is_written) {
    auto api = desk().api();
    const auto owner = account(api), other = account(api, "Autre");
    const auto foreign = equipment(api, other), foreign_ticket = ticket(api, other);
    const auto before = desk().count("select count(*) from interventions.intervention");
    const auto refused =
        api.post("/api/v1/interventions",
                 R"({"account_id":)" + owner + R"(,"ticket_id":)" + foreign_ticket + R"(,"subject":"","equipment_id":)" + foreign +
                     R"(,"contact_id":99999,"technicians":[99999],"planned_from":"2026-13-01T10:00:00Z","status":"done"})");
    EXPECT_EQ(refused.status, 422);
    for (const auto* field : {"subject", "ticket_id", "equipment_id", "contact_id", "technicians", "planned_from", "status"})
        EXPECT_FALSE(refused.error(field).empty()) << field << refused.body;
    EXPECT_FALSE(api.post("/api/v1/interventions", R"({"subject":"Sans compte"})").error("account_id").empty());
    const auto backwards = api.post(
        "/api/v1/interventions",
        R"({"account_id":)" + owner + R"(,"subject":"x","planned_from":"2026-12-01T10:00:00Z","planned_to":"2026-12-01T10:30:00+01:00"})");
    EXPECT_FALSE(backwards.error("planned_to").empty()) << backwards.body;
    EXPECT_EQ(desk().count("select count(*) from interventions.intervention"), before);
}

TEST_F(Sheets, W20_lines_are_labour_travel_or_parts) {
    auto api = desk().api();
    const auto sheet = sheet_of(api, ticket(api, account(api)));
    const auto error = [&](const std::string& json, const std::string& field) {
        const auto answer = line(api, sheet, json);
        EXPECT_EQ(answer.status, 422) << json;
        EXPECT_FALSE(answer.error(field).empty()) << json << answer.body;
    };
    error(R"({"kind":"part","description":"Fusible","quantity":"-2"})", "quantity");
    error(R"({"kind":"part","description":"Fusible","quantity":0})", "quantity");
    error(R"({"kind":"part","description":"Fusible"})", "quantity");
    error(R"({"kind":"part","description":"Fusible","quantity":1,"seconds":60})", "seconds");
    error(R"({"kind":"labour","description":"Réglage"})", "seconds");
    error(R"({"kind":"labour","description":"Réglage","seconds":-60})", "seconds");
    error(R"({"kind":"labour","description":"Réglage","seconds":99999999})", "seconds");
    error(R"({"kind":"travel","description":"Aller","seconds":60,"quantity":1})", "quantity");
    error(R"({"kind":"gift","description":"x","seconds":60})", "kind");
    error(R"({"seconds":60})", "description");
    error(R"({"description":"x","seconds":60,"day":"2026-02-31"})", "day");
    error(R"({"description":"x","seconds":60,"user_id":99999})", "user_id");
    EXPECT_EQ(desk().count("select count(*) from interventions.line where intervention_id = " + id(sheet)), 0);
    EXPECT_EQ(line(api, sheet, R"({"kind":"part","description":"Fusible","quantity":"2.5","billable":false})").status, 201);
    EXPECT_EQ(line(api, sheet, R"({"kind":"travel","description":"Aller","seconds":1800})").status, 201);
    const auto page = logged_in().get("/interventions/" + id(sheet));
    for (const auto* text : {"Fusible", "× 2,5", "0:30"}) EXPECT_TRUE(page.contains(text)) << text;
}

TEST_F(Sheets, hours_are_typed_as_people_write_them) {
    auto api = desk().api();
    const auto sheet = sheet_of(api, ticket(api, account(api)));
    auto browser = logged_in();
    const auto page = "/interventions/" + id(sheet) + "/lines/new";
    const auto typed = [&](const std::string& text) {
        browser.get(page);
        return browser.post(page, {{"kind", "labour"}, {"day", "2026-11-23"}, {"description", text}, {"seconds", text}, {"billable", "1"}})
            .status;
    };
    for (const auto* text : {"1:30", "1h30", "1 h 30", "90", "90 min", "90mn"}) EXPECT_EQ(typed(text), 303) << text;
    for (const auto* text : {"1:75", "-1:30", "une heure", "1.5.2h", ""}) EXPECT_EQ(typed(text), 422) << text;
    EXPECT_EQ(desk().count("select count(*) from interventions.line where seconds = 5400 and intervention_id = " + id(sheet)), 6);
    EXPECT_EQ(desk().count("select count(*) from interventions.line where intervention_id = " + id(sheet)), 6);
}

TEST_F(Sheets, go_from_draft_to_billed_step_by_step_with_a_number_of_their_own) {
    auto api = desk().api();
    const auto owner = account(api);
    const auto sheet = sheet_of(api, ticket(api, owner)), second = sheet_of(api, ticket(api, owner));
    EXPECT_EQ(sheet.text("ref"), "");
    for (const auto* wrong : {"finish", "bill", "redraft", "reopen", "unbill"}) EXPECT_EQ(step(api, sheet, wrong).status, 409) << wrong;
    EXPECT_EQ(step(api, sheet, "explode").status, 404);
    const auto validated = step(api, sheet, "validate");
    EXPECT_EQ(validated.text("status"), "validated") << validated.body;
    const auto ref = validated.text("ref");
    EXPECT_TRUE(ref.starts_with("INT-")) << ref;
    EXPECT_EQ(api.del(path(sheet)).status, 409) << "it has a number";
    EXPECT_EQ(api.del(path(second)).status, 204) << "a draft leaves no gap";
    EXPECT_EQ(step(api, sheet, "redraft").text("ref"), ref) << "it keeps its number";
    EXPECT_EQ(api.del(path(sheet)).status, 409);
    EXPECT_EQ(step(api, sheet, "validate").text("ref"), ref);
    const auto done = step(api, sheet, "finish");
    EXPECT_EQ(done.text("status"), "done");
    EXPECT_FALSE(done.text("done_at").empty());
    EXPECT_EQ(step(api, sheet, "reopen").text("done_at"), "");
    step(api, sheet, "finish");
    desk().add_user("technicienne");
    auto agent = desk().api("technicienne");
    EXPECT_EQ(step(agent, sheet, "bill").status, 403);
    EXPECT_EQ(step(api, sheet, "bill").text("status"), "billed");
    EXPECT_EQ(api.patch(path(sheet), R"({"subject":"Autre"})").status, 409);
    EXPECT_EQ(line(api, sheet, R"({"description":"x","seconds":60})").status, 409);
    EXPECT_EQ(step(api, sheet, "unbill").text("status"), "done");
    const auto page = logged_in().get("/interventions/" + id(sheet));
    EXPECT_TRUE(page.contains("a validé l’intervention sous le numéro " + ref));
}

// S2-24: whatever is done to the lines, the ticket's duration is what a naive sum over them gives.
TEST_F(Sheets, S2_24_the_duration_of_a_ticket_is_the_sum_of_its_lines_after_any_changes) {
    auto api = desk().api();
    const auto owner = account(api);
    const std::vector<std::string> about{ticket(api, owner), ticket(api, owner)};
    struct Line {
        std::string path;
        std::size_t ticket;
        std::int64_t seconds;
    };
    std::vector<std::pair<Answer, std::size_t>> sheets;
    std::vector<Line> lines;
    std::mt19937 random{20261123};
    const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
    for (std::size_t i = 0; i < 3; ++i) sheets.emplace_back(sheet_of(api, about[i % 2]), i % 2);
    for (int i = 0; i < 120; ++i) {
        const auto what = lines.empty() ? 0 : pick(4);
        const auto seconds = static_cast<std::int64_t>(1 + pick(20000));
        if (what <= 1) {
            const auto& [sheet, of] = sheets[pick(sheets.size())];
            const bool part = pick(4) == 0;
            const auto made = line(api, sheet,
                                   part ? R"({"kind":"part","description":"p","quantity":3})"
                                        : R"({"kind":")" + std::string{pick(2) ? "labour" : "travel"} +
                                              R"(","description":"l","seconds":)" + std::to_string(seconds) + "}");
            ASSERT_EQ(made.status, 201) << made.body;
            lines.push_back({path(sheet) + "/lines/" + id(made), of, part ? 0 : seconds});
        } else if (const auto n = pick(lines.size()); what == 2) {
            const bool part = lines[n].seconds == 0;
            const auto changed =
                api.patch(lines[n].path, part ? R"({"description":"q"})" : R"({"seconds":)" + std::to_string(seconds) + "}");
            ASSERT_EQ(changed.status, 200) << changed.body;
            if (!part) lines[n].seconds = seconds;
        } else {
            ASSERT_EQ(api.del(lines[n].path).status, 204);
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(n));
        }
        for (std::size_t t = 0; t < 2; ++t) {
            std::int64_t expected = 0;
            for (const auto& l : lines) expected += l.ticket == t ? l.seconds : 0;
            ASSERT_EQ(duration(api, about[t]), expected) << "after change " << i;
        }
    }
    EXPECT_EQ(api.del(path(sheets[0].first)).status, 204);
    std::int64_t left = 0;
    for (const auto& l : lines) left += l.path.starts_with(path(sheets[2].first) + "/") ? l.seconds : 0;
    EXPECT_EQ(duration(api, about[0]), left) << "lines go with their sheet";
}

TEST_F(Sheets, S2_16_S2_24_the_duration_stands_on_the_ticket_and_in_the_list) {
    auto api = desk().api();
    const auto owner = account(api);
    const auto longer = ticket(api, owner), shorter = ticket(api, owner), none = ticket(api, owner);
    line(api, sheet_of(api, longer), R"({"description":"l","seconds":7260})");
    line(api, sheet_of(api, shorter), R"({"description":"l","seconds":1800})");
    auto browser = logged_in();
    EXPECT_TRUE(browser.get("/tickets/" + longer).contains("2:01"));
    const auto list = browser.get("/tickets?account_id=" + owner + "&columns=subject,interventions.duration&sort=-interventions.duration");
    ASSERT_TRUE(list.contains("2:01")) << list.status;
    EXPECT_LT(list.body.find("2:01"), list.body.find("0:30"));
    const auto filtered = browser.get("/tickets?account_id=" + owner + "&interventions.duration.from=1");
    EXPECT_TRUE(filtered.contains("/tickets/" + longer + "\""));
    EXPECT_FALSE(filtered.contains("/tickets/" + shorter + "\""));
    EXPECT_FALSE(filtered.contains("/tickets/" + none + "\""));
}

TEST_F(Sheets, R31_are_for_who_may_read_them) {
    auto api = desk().api();
    const auto user = desk().add_user("terrain", "reader");
    desk().set_level("reader", "interventions.intervention.read", GUICHET_LEVEL_OWN);
    const auto about = ticket(api, account(api));
    const auto sheet = sheet_of(api, about);
    auto reader = desk().api("terrain");
    EXPECT_EQ(reader.get(path(sheet)).status, 404);
    EXPECT_EQ(reader.get(path(sheet) + "/lines").status, 404);
    EXPECT_EQ(items(reader.get("/api/v1/interventions?ticket_id=" + about)).size(), 0u);
    auto browser = logged_in("terrain");
    for (const auto* suffix : {"", "/work", "/document", "/signature"})
        EXPECT_EQ(browser.get("/interventions/" + id(sheet) + suffix).status, 404) << suffix;
    EXPECT_EQ(api.patch(path(sheet), R"({"technicians":[)" + std::to_string(user) + "]}").status, 200);
    EXPECT_EQ(reader.get(path(sheet)).status, 200) << "its technician";
    EXPECT_EQ(items(reader.get("/api/v1/interventions?technician=me")).size(), 1u);
    EXPECT_EQ(line(reader, sheet, R"({"description":"x","seconds":60})").status, 403);
    desk().set_level("reader", "interventions.intervention.read", GUICHET_LEVEL_ALL);
}

TEST_F(Sheets, are_listed_page_by_page_and_changed_by_one_at_a_time) {
    auto api = desk().api();
    const auto owner = account(api, "Société Liste");
    const auto plan = [&](const std::string& from) {
        return id(make(api, "interventions", R"({"account_id":)" + owner + R"(,"subject":"Visite","planned_from":)" + from + "}"));
    };
    plan("\"2026-12-02T08:00:00Z\"");
    plan("null");
    plan("\"2026-12-01T08:00:00Z\"");
    for (const auto* sort : {"-created_at", "created_at", "planned_from", "-planned_from"}) {
        std::string cursor;
        std::set<std::int64_t> seen;
        for (int page = 0; page < 3; ++page) {
            const auto answer = api.get("/api/v1/interventions?limit=1&account_id=" + owner + "&sort=" + sort +
                                        (cursor.empty() ? "" : "&cursor=" + cursor));
            ASSERT_EQ(items(answer).size(), 1u) << sort << answer.body;
            seen.insert(items(answer).at(0)->get("id")->as_integer());
            cursor = answer.text("next");
        }
        EXPECT_EQ(seen.size(), 3u) << sort;
        EXPECT_EQ(cursor, "") << sort;
    }
    EXPECT_EQ(items(api.get("/api/v1/interventions?q=liste")).size(), 3u);
    const auto sheet = make(api, "interventions", R"({"account_id":)" + owner + R"(,"subject":"Une"})");
    EXPECT_EQ(api.patch(path(sheet), R"({"subject":"Deux","version":7})").status, 409);
    EXPECT_EQ(api.patch(path(sheet), R"({"subject":"Deux"})", {{"If-Match", "\"7\""}}).status, 412);
    EXPECT_EQ(api.patch(path(sheet), R"({"subject":"Deux","version":1})").text("subject"), "Deux");
    EXPECT_TRUE(logged_in().get("/interventions?q=liste").contains("Visite"));
}

TEST_F(Sheets, planned_times_are_the_users_in_forms) {
    auto api = desk().api();
    const auto owner = account(api);
    const auto sheet = make(api, "interventions", R"({"account_id":)" + owner + R"(,"subject":"Heure"})");
    auto browser = logged_in();
    const auto page = "/interventions/" + id(sheet) + "/edit";
    browser.get(page);
    EXPECT_EQ(browser.post(page, {{"version", "1"}, {"planned_from", "2026-12-01T10:00"}, {"planned_to", "2026-12-01T09:00"}}).status, 422);
    EXPECT_EQ(browser.post(page, {{"version", "1"}, {"planned_from", "2026-12-01T10:00"}, {"planned_to", "2026-12-01T11:30"}}).status, 303);
    EXPECT_TRUE(api.get(path(sheet)).text("planned_from").starts_with("2026-12-01T09:00:00")) << "Paris is an hour ahead in winter";
    EXPECT_TRUE(browser.get(page).contains("value=\"2026-12-01T10:00\""));
}

}  // namespace interventions_test
