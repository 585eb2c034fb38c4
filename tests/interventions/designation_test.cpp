// Which equipment a ticket is about (S2-04, S2-21), and the contract that comes with it.
#include "interventions/desk_of_interventions.hpp"

namespace interventions_test {

using Designation = Interventions;

TEST_F(Designation, S2_21_another_accounts_equipment_is_refused_everywhere) {
    auto api = desk().api();
    const auto owner = account(api), other = account(api, "Autre client");
    const auto own = equipment(api, owner), foreign = equipment(api, other);
    const auto about = ticket(api, owner), nobodys = id(tickets_test::ticket(api, "Sans compte"));
    const auto refused = designate(api, about, foreign);
    EXPECT_EQ(refused.status, 422) << refused.body;
    EXPECT_FALSE(refused.error("equipment_id").empty());
    EXPECT_EQ(designate(api, nobodys, own).status, 422);
    EXPECT_EQ(designate(api, about, "\"x\"").status, 422);
    EXPECT_EQ(designate(api, "999999", own).status, 404);
    auto browser = logged_in();
    browser.get("/tickets/" + about);
    EXPECT_EQ(browser.post("/tickets/" + about + "/equipment", {{"equipment_id", foreign}}).status, 422);
    EXPECT_EQ(desk().count("select count(*) from interventions.ticket_equipment where ticket_id = " + about), 0);
    desk().add_user("lectrice", "reader");
    auto reader = desk().api("lectrice");
    EXPECT_EQ(designate(reader, about, own).status, 403);
}

TEST_F(Designation, S2_04_the_equipment_and_its_contract_go_to_the_ticket_and_its_history) {
    auto api = desk().api();
    const auto owner = account(api);
    const auto runs = contract(api, owner, R"("status":"running","ref":"CT-D-1")");
    const auto machine = equipment(api, owner, R"("label":"Presse","contract_id":)" + runs);
    const auto about = ticket(api, owner);
    auto browser = logged_in();
    EXPECT_TRUE(browser.get("/tickets/" + about).contains("Presse")) << "offered";
    EXPECT_EQ(browser.post("/tickets/" + about + "/equipment", {{"equipment_id", machine}}).status, 303);
    auto page = browser.get("/tickets/" + about);
    EXPECT_TRUE(page.contains("/equipment/" + machine));
    ASSERT_TRUE(page.contains("/tickets/" + about + "/equipment/contract")) << "its contract is proposed";
    EXPECT_EQ(browser.post("/tickets/" + about + "/equipment/contract", {}).status, 303);
    EXPECT_EQ(std::to_string(api.get("/api/v1/tickets/" + about).integer("contract_id")), runs);
    page = browser.get("/tickets/" + about);
    EXPECT_FALSE(page.contains("/tickets/" + about + "/equipment/contract")) << "it is the ticket's now";
    EXPECT_TRUE(page.contains("a désigné l’équipement Presse"));
    browser.get("/tickets/" + about, {{"Accept-Language", "en"}});
    EXPECT_TRUE(browser.get("/equipment/" + machine).contains("Panne")) << "the equipment has the history of its tickets";
    EXPECT_EQ(designate(api, about, "null").status, 200);
    EXPECT_TRUE(browser.get("/tickets/" + about).contains("a retiré l’équipement Presse"));
}

TEST_F(Designation, a_closed_contract_is_not_proposed) {
    auto api = desk().api();
    const auto owner = account(api);
    const auto ended = contract(api, owner, R"("status":"ended")");
    const auto machine = equipment(api, owner, R"("label":"Presse","contract_id":)" + ended);
    const auto about = ticket(api, owner);
    EXPECT_EQ(designate(api, about, machine).status, 200);
    EXPECT_FALSE(logged_in().get("/tickets/" + about).contains("/equipment/contract"));
}

TEST_F(Designation, does_not_outlive_a_change_of_the_account) {
    auto api = desk().api();
    const auto owner = account(api), other = account(api, "Repreneur");
    const auto machine = equipment(api, owner), about = ticket(api, owner);
    EXPECT_EQ(designate(api, about, machine).status, 200);
    EXPECT_EQ(api.patch("/api/v1/tickets/" + about, R"({"account_id":)" + other + "}").status, 200);
    EXPECT_EQ(desk().count("select count(*) from interventions.ticket_equipment where ticket_id = " + about), 0);
}

TEST_F(Designation, goes_with_a_merge_and_is_gone_with_the_ticket) {
    auto api = desk().api();
    const auto owner = account(api);
    const auto machine = equipment(api, owner), from = ticket(api, owner), into = ticket(api, owner);
    EXPECT_EQ(designate(api, from, machine).status, 200);
    const auto sheet = sheet_of(api, from);
    EXPECT_EQ(api.post("/api/v1/tickets/" + from + "/merge", R"({"into":)" + into + "}").status, 200);
    EXPECT_EQ(std::to_string(api.get("/api/v1/tickets/" + into + "/equipment").integer("equipment_id")), machine);
    EXPECT_EQ(std::to_string(api.get(path(sheet)).integer("ticket_id")), into);
    EXPECT_EQ(api.del("/api/v1/tickets/" + into).status, 204);
    EXPECT_EQ(desk().count("select count(*) from interventions.ticket_equipment where ticket_id = " + into), 0);
    EXPECT_EQ(api.get(path(sheet)).integer("ticket_id"), -1) << "the sheet stays";
}

}  // namespace interventions_test
