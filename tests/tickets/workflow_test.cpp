// The workflow as administrators edit it, and the presets that replace it.
#include "desk_of_tickets.hpp"
#include "support/wait.hpp"

namespace tickets_test {

// Each test has a desk of its own, because it changes the workflow.
class Workflow : public testing::Test {
protected:
    Workflow() { browser.log_in("admin"); }
    static inline const std::string kPath = "/admin/tickets/workflow";
    Answer post(const std::string& path, std::map<std::string, std::string> fields = {}) {
        return browser.post(kPath + path, std::move(fields));
    }
    std::string status(const std::string& code) {
        return std::to_string(desk.count("select id from tickets.status where code = '" + code + "'"));
    }
    std::string codes(const std::string& where = "active") {
        return std::string{
            desk.app->pool().exec("select string_agg(code, ' ' order by position) from tickets.status where " + where).text(0, 0)};
    }
    std::string of(const Answer& made, const std::string& member = "status") { return api.get(path(made)).text(member); }

    web_test::Desk desk;
    Api api = desk.api();
    Browser browser = desk.browser();
};

TEST_F(Workflow, a_status_is_added_edited_retired_and_deleted) {
    const std::map<std::string, std::string> good{
        {"code", "TO_BILL"}, {"fr", "À facturer"}, {"en", "To bill"}, {"phase", "resolved"}, {"color", "lime"}};
    for (const auto& [field, wrong] : std::map<std::string, std::string>{
             {"code", "minuscules"}, {"fr", ""}, {"phase", "nowhere"}, {"color", "gold"}, {"en", std::string(81, 'x')}}) {
        auto fields = good;
        fields[field] = wrong;
        const auto answer = post("/statuses", fields);
        EXPECT_EQ(answer.status, 422) << field;
        EXPECT_TRUE(answer.contains("id=\"e-" + field + "\"")) << field;
    }
    auto twice = good;
    twice["code"] = "CLOSED";
    EXPECT_TRUE(post("/statuses", twice).contains("Un état porte déjà ce code."));
    ASSERT_EQ(post("/statuses", good).status, 303);
    const auto made = ticket(api);
    EXPECT_EQ(api.patch(path(made), R"({"status":"TO_BILL"})").status, 200);
    EXPECT_TRUE(browser.get(page(made)).contains("À facturer"));
    EXPECT_EQ(
        post("/statuses/" + status("TO_BILL"), {{"code", "TO_BILL"}, {"fr", "Facture"}, {"en", ""}, {"phase", "closed"}, {"color", "lime"}})
            .status,
        422)
        << "its phase stays while tickets have it";
    EXPECT_EQ(post("/statuses/" + status("TO_BILL"),
                   {{"code", "TO_BILL"}, {"fr", "Facture"}, {"en", ""}, {"phase", "resolved"}, {"color", "red"}})
                  .status,
              303);
    EXPECT_EQ(post("/statuses/" + status("TO_BILL") + "/active", {{"active", "0"}}).status, 303);
    EXPECT_TRUE(browser.get(page(made)).contains("Facture")) << "still shown";
    const auto other = ticket(api);
    EXPECT_FALSE(browser.get(page(other)).contains("Facture")) << "no longer offered";
    EXPECT_FALSE(api.patch(path(other), R"({"status":"TO_BILL"})").error("status").empty());
    EXPECT_EQ(post("/statuses/" + status("TO_BILL") + "/delete").status, 422);
    ASSERT_EQ(post("/statuses", {{"code", "UNUSED"}, {"fr", "Inutile"}, {"phase", "open"}, {"color", "red"}}).status, 303);
    EXPECT_EQ(post("/statuses/" + status("UNUSED") + "/delete").status, 303);
    EXPECT_EQ(codes("code = 'UNUSED' or code = 'TO_BILL'"), "TO_BILL");
    EXPECT_EQ(desk.count("select count(*) from core.audit where action = 'tickets.workflow_changed'"), 5);
}

TEST_F(Workflow, a_ticket_can_always_be_new_open_and_closed) {
    for (const std::string code : {"NEW", "READ"}) {
        const auto answer = post("/statuses/" + status(code) + "/active", {{"active", "0"}});
        EXPECT_EQ(answer.status, code == "NEW" ? 303 : 422) << code;
    }
    EXPECT_EQ(ticket(api).text("status"), "READ") << "the first active one that is new";
    EXPECT_EQ(post("/statuses/" + status("CLOSED") + "/active", {{"active", "0"}}).status, 422);
    EXPECT_EQ(post("/statuses/" + status("CLOSED") + "/delete").status, 422);
    EXPECT_EQ(post("/statuses/999999/active", {{"active", "0"}}).status, 404);
}

TEST_F(Workflow, order_by_dragging_and_by_buttons) {
    ASSERT_EQ(post("/order", {{"order", status("CLOSED") + "," + status("NEW")}}).status, 303);
    EXPECT_EQ(codes().substr(0, 10), "CLOSED NEW");
    ASSERT_EQ(post("/statuses/" + status("NEW") + "/move", {{"to", "up"}}).status, 303);
    EXPECT_EQ(codes().substr(0, 10), "NEW CLOSED");
    EXPECT_EQ(post("/order", {{"order", "x,,-1"}}).status, 303);
}

TEST_F(Workflow, only_ticked_transitions_are_allowed) {
    const auto made = ticket(api);
    ASSERT_EQ(post("/transitions", {{"allow", status("NEW") + "-" + status("IN_PROGRESS")}}).status, 303);
    EXPECT_EQ(api.patch(path(made), R"({"status":"RESOLVED"})").error("status"), "Le cycle de vie ne permet pas cet état maintenant.");
    EXPECT_EQ(api.post(path(made) + "/close", "").status, 409);
    const auto shown = browser.get(page(made));
    EXPECT_FALSE(shown.contains(page(made) + "/close\"") || shown.contains("value=\"RESOLVED\""));
    EXPECT_EQ(of(made), "NEW") << "READ may not follow";
    EXPECT_EQ(api.post(path(made) + "/start", "").status, 200);
    EXPECT_EQ(api.patch(path(made), R"({"status":"RESOLVED"})").status, 200) << "nothing ticked for this one: everything";
    EXPECT_EQ(api.get("/api/v1/tickets/statuses").json().get("items")->at(0)->get("next")->size(), 1u);
}

TEST_F(Workflow, S1_05_S1_06_koban_has_its_four_codes_and_tickets_follow_by_phase) {
    const auto fresh = ticket(api, "neuf"), working = ticket(api, "en cours"), waiting = ticket(api, "tiers"),
               solved = ticket(api, "résolu"), asked = ticket(api, "au client"), given = ticket(api, "attribué");
    api.patch(path(asked), R"({"status":"CUSTOMER"})");
    api.patch(path(given), R"({"status":"ASSIGNED"})");
    api.patch(path(working), R"({"status":"IN_PROGRESS"})");
    api.patch(path(waiting), R"({"status":"ON_HOLD"})");
    api.patch(path(solved), R"({"status":"RESOLVED"})");
    EXPECT_TRUE(browser.get(kPath + "/presets/koban").contains("En attente du client"));
    EXPECT_EQ(post("/presets/koban").status, 200) << "asks first";
    EXPECT_EQ(of(fresh), "NEW");
    ASSERT_EQ(post("/presets/koban", {{"confirmed", "1"}}).status, 303);
    EXPECT_EQ(codes(), "OPEN PENDING CUSTOMER CLOSED");
    EXPECT_EQ(of(fresh) + " " + of(given) + " " + of(working) + " " + of(waiting) + " " + of(asked) + " " + of(solved),
              "OPEN OPEN PENDING PENDING CUSTOMER CLOSED");
    EXPECT_FALSE(of(solved, "closed_at").empty());
    EXPECT_TRUE(browser.get(page(solved)).contains("Résolu")) << "the history still says what it was";
    EXPECT_EQ(desk.count("select count(*) from core.setting where plugin_id = 'tickets' and value @> '{\"workflow\": \"koban\", "
                         "\"allow_leads\": false, \"account_required\": true}'"),
              1);
    EXPECT_FALSE(api.post("/api/v1/tickets", R"({"subject":"sans compte"})").error("account_id").empty());
    EXPECT_EQ(browser.get(kPath + "/presets/nothing").status, 404);
    browser.get(page(fresh));
    EXPECT_EQ(of(fresh), "OPEN") << "reading changes nothing here";
}

TEST_F(Workflow, S2_17_S2_34_doliplus_unread_read_assigned_deleted) {
    ASSERT_EQ(post("/presets/doliplus", {{"confirmed", "1"}}).status, 303);
    const auto made = ticket(api);
    EXPECT_EQ(made.text("status"), "UNREAD");
    browser.get(page(made));
    EXPECT_EQ(of(made), "READ");
    EXPECT_EQ(api.patch(path(made), R"({"assignee":"me"})").text("status"), "ASSIGNED");
    EXPECT_EQ(api.patch(path(made), R"({"status":"DELETED"})").text("phase"), "deleted");
}

TEST_F(Workflow, S3_16_S3_23_axelor_goes_step_by_step_and_closed_is_for_ever) {
    ASSERT_EQ(post("/presets/axelor", {{"confirmed", "1"}}).status, 303);
    const auto made = ticket(api);
    EXPECT_EQ(api.post(path(made) + "/close", "").status, 409);
    for (const std::string step : {"/take", "/start", "/resolve", "/close"}) EXPECT_EQ(api.post(path(made) + step, "").status, 200) << step;
    EXPECT_EQ(of(made), "CLOSED");
    EXPECT_EQ(api.post(path(made) + "/reopen", "").status, 409);
    EXPECT_FALSE(browser.get(page(made)).contains("/reopen\""));
}

TEST_F(Workflow, a_deployment_brings_its_workflow) {
    const auto made = ticket(api);
    ASSERT_EQ(browser.post("/admin/modules/presets/koban/apply", {}).status, 303);
    EXPECT_TRUE(support::wait_until([&] { return of(made) == "OPEN"; }));
    ASSERT_EQ(browser.post("/admin/modules/presets/guichet/apply", {}).status, 303);
    EXPECT_TRUE(support::wait_until([&] { return of(made) == "NEW"; }));
}

TEST_F(Workflow, R36_is_for_administrators) {
    desk.add_user("simple");
    auto other = desk.browser();
    other.log_in("simple");
    EXPECT_EQ(other.get(kPath).status, 403);
    for (const std::string path : {"/statuses", "/order", "/transitions", "/presets/koban"})
        EXPECT_EQ(other.post(kPath + path, {{"confirmed", "1"}}).status, 403) << path;
    EXPECT_EQ(codes().substr(0, 8), "NEW READ");
}

}  // namespace tickets_test
