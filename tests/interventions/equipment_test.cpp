// The register of equipment: what is refused, who sees it, search, pages, photos.
#include "interventions/desk_of_interventions.hpp"

namespace interventions_test {

using Equipment = Interventions;

TEST_F(Equipment, bad_values_are_named_beside_their_members) {
    auto api = desk().api();
    const auto owner = account(api), other = account(api, "Autre");
    const auto foreign = contract(api, other);
    const auto refused = api.post("/api/v1/equipment", R"({"account_id":)" + owner +
                                                           R"(,"label":"  ","commissioned_on":"2026-02-30","warranty_until":"x",)"
                                                           R"("status":"NONE","contract_id":)" +
                                                           foreign + R"(,"serial":7,"odd":1})");
    EXPECT_EQ(refused.status, 422);
    for (const auto* field : {"label", "commissioned_on", "warranty_until", "status", "contract_id", "serial", "odd"})
        EXPECT_FALSE(refused.error(field).empty()) << field << refused.body;
    const auto order = api.post(
        "/api/v1/equipment", R"({"account_id":)" + owner + R"(,"label":"x","commissioned_on":"2026-02-02","warranty_until":"2026-02-01"})");
    EXPECT_FALSE(order.error("warranty_until").empty()) << order.body;
    EXPECT_FALSE(api.post("/api/v1/equipment", R"({"account_id":999999,"label":"x"})").error("account_id").empty());
    EXPECT_EQ(desk().count("select count(*) from interventions.equipment where label = 'x'"), 0);
}

TEST_F(Equipment, a_serial_number_is_given_once_per_account_and_product) {
    auto api = desk().api();
    const auto owner = account(api), other = account(api, "Voisin");
    equipment(api, owner, R"("label":"A","serial":"SN-77","product_ref":"P1")");
    const auto twice = api.post("/api/v1/equipment", R"({"account_id":)" + owner + R"(,"label":"B","serial":"sn-77","product_ref":"p1"})");
    EXPECT_EQ(twice.status, 409) << twice.body;
    equipment(api, owner, R"("label":"C","serial":"SN-77","product_ref":"P2")");
    equipment(api, other, R"("label":"D","serial":"SN-77","product_ref":"P1")");
    auto browser = logged_in();
    browser.get("/equipment/new?account_id=" + owner);
    const auto form =
        browser.post("/equipment/new",
                     {{"account_id", owner}, {"label", "Gardé"}, {"serial", "SN-77"}, {"product_ref", "P1"}, {"status", "IN_SERVICE"}});
    EXPECT_EQ(form.status, 422);
    EXPECT_TRUE(form.contains("e-serial"));
    EXPECT_TRUE(form.contains("Gardé"));
}

TEST_F(Equipment, is_found_by_serial_reference_model_and_account_page_by_page) {
    auto api = desk().api();
    const auto owner = account(api, "Établissements Quévert");
    equipment(api, owner, R"("label":"Groupe froid","serial":"QX-1001","product_ref":"GF-20","model":"Arctique 3")");
    equipment(api, owner, R"("label":"Chaudière","serial":"QX-1002","product_ref":"CH-9","model":"Étna")");
    for (const auto* words : {"qx-1001", "gf-20", "arctique", "quevert+froid"}) {
        const auto found = api.get("/api/v1/equipment?q=" + std::string{words});
        ASSERT_EQ(items(found).size(), 1u) << words << found.body;
        EXPECT_EQ(items(found).at(0)->get("label")->as_string(), "Groupe froid");
    }
    EXPECT_EQ(items(api.get("/api/v1/equipment?serial=qx-1002")).size(), 1u);
    for (const auto* sort : {"label", "-label", "serial", "-serial", "created_at", "-created_at"}) {
        const auto first = api.get("/api/v1/equipment?limit=1&account_id=" + owner + "&sort=" + sort);
        ASSERT_EQ(items(first).size(), 1u) << first.body;
        const auto next = api.get("/api/v1/equipment?limit=1&account_id=" + owner + "&sort=" + sort + "&cursor=" + first.text("next"));
        ASSERT_EQ(items(next).size(), 1u) << next.body;
        EXPECT_NE(items(first).at(0)->get("id")->as_integer(), items(next).at(0)->get("id")->as_integer()) << sort;
        EXPECT_EQ(next.text("next"), "") << sort;
    }
    EXPECT_EQ(api.get("/api/v1/equipment?cursor=zz").status, 422);
    EXPECT_EQ(api.get("/api/v1/equipment?colour=red").status, 422);
    auto browser = logged_in();
    EXPECT_TRUE(browser.get("/equipment?q=QX-1001").contains("Groupe froid"));
    EXPECT_TRUE(browser.get("/accounts/" + owner).contains("QX-1002"));
    EXPECT_TRUE(browser.get("/search?q=QX-1001").contains("Groupe froid"));
}

// R31: who may not see the account sees none of its equipment, wherever it is asked for.
TEST_F(Equipment, R31_follows_the_access_to_its_account) {
    auto api = desk().api();
    desk().add_user("borne");
    desk().add_user("lectrice", "reader");
    desk().set_level("agent", "directory.account.read", GUICHET_LEVEL_OWN);
    const auto owner = account(api, "Secret");
    const auto hidden = equipment(api, owner, R"("label":"Caché","serial":"HID-1")");
    auto agent = desk().api("borne");
    EXPECT_EQ(agent.get("/api/v1/equipment/" + hidden).status, 404);
    EXPECT_EQ(agent.patch("/api/v1/equipment/" + hidden, R"({"label":"y"})").status, 404);
    EXPECT_EQ(items(agent.get("/api/v1/equipment?q=HID-1")).size(), 0u);
    EXPECT_EQ(agent.post("/api/v1/equipment", R"({"account_id":)" + owner + R"(,"label":"x"})").status, 422) << "no such account for him";
    const auto own = account(agent, "À lui");
    EXPECT_EQ(agent.get("/api/v1/equipment/" + equipment(agent, own)).status, 200);
    auto browser = logged_in("borne");
    EXPECT_EQ(browser.get("/equipment/" + hidden).status, 404);
    EXPECT_FALSE(browser.get("/equipment?q=HID-1").contains("Caché"));
    EXPECT_FALSE(browser.get("/search?q=HID-1").contains("Caché"));
    auto reader = desk().api("lectrice");
    EXPECT_EQ(reader.get("/api/v1/equipment/" + hidden).status, 200);
    EXPECT_EQ(reader.patch("/api/v1/equipment/" + hidden, R"({"label":"y"})").status, 403);
    EXPECT_EQ(reader.post("/api/v1/equipment", R"({"account_id":)" + owner + R"(,"label":"x"})").status, 403);
}

TEST_F(Equipment, pages_make_change_and_delete_it_and_keep_its_photos) {
    auto api = desk().api();
    const auto owner = account(api);
    const auto runs = contract(api, owner, R"("status":"running","ref":"CT-EQ-1")");
    const auto line = id(make(api, "contract-lines", R"({"contract_id":)" + runs + R"(,"label":"Entretien annuel"})"));
    auto browser = logged_in();
    browser.get("/equipment/new?account_id=" + owner);
    auto saved = browser.post("/equipment/new", {{"account_id", owner},
                                                 {"label", "Compresseur"},
                                                 {"serial", "C-5"},
                                                 {"contract_line_id", line},
                                                 {"commissioned_on", "2026-01-15"},
                                                 {"warranty_until", "2036-01-15"},
                                                 {"status", "IN_SERVICE"}});
    ASSERT_EQ(saved.status, 303) << saved.body;
    const auto page = saved.header("Location");
    auto shown = browser.get(page);
    for (const auto* text : {"Compresseur", "C-5", "CT-EQ-1", "Entretien annuel"}) EXPECT_TRUE(shown.contains(text)) << text;
    browser.get(page + "/edit");
    const auto stale = browser.post(page + "/edit", {{"version", "0"}, {"label", "Autre nom"}});
    EXPECT_EQ(stale.status, 409);
    EXPECT_TRUE(stale.contains("Autre nom"));
    EXPECT_EQ(browser.post(page + "/edit", {{"version", "1"}, {"label", "Compresseur à vis"}}).status, 303);
    shown = browser.get(page);
    EXPECT_TRUE(shown.contains("Compresseur à vis"));
    EXPECT_TRUE(shown.contains("C-5")) << "what a form does not have stays";
    EXPECT_EQ(browser.post_parts(page + "/files", {}, "file", "plaque.txt", "photo").status, 303);
    shown = browser.get(page);
    ASSERT_TRUE(shown.contains("plaque.txt"));
    const auto file = page + "/files/" + std::to_string(desk().count("select max(file_id) from interventions.file"));
    EXPECT_EQ(browser.get(file).body, "photo");
    EXPECT_EQ(browser.post(page + "/delete", {{"confirmed", "1"}}).status, 303);
    EXPECT_EQ(browser.get(page).status, 404);
    EXPECT_EQ(desk().count("select count(*) from interventions.file where name = 'plaque.txt'"), 0);
}

TEST_F(Equipment, what_it_stands_on_is_not_deleted_under_it) {
    auto api = desk().api();
    const auto owner = account(api);
    const auto runs = contract(api, owner);
    equipment(api, owner, R"("label":"Four","contract_id":)" + runs);
    EXPECT_EQ(api.del("/api/v1/contracts/" + runs).status, 422);
    EXPECT_EQ(api.del("/api/v1/accounts/" + owner).status, 409);
}

}  // namespace interventions_test
