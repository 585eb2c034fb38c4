// The module beside others: switched off and on, planned interventions for calendars, equipment in custom fields.
#include "interventions/desk_of_interventions.hpp"

namespace interventions_test {

class Module : public Interventions {
protected:
    static void switch_to(Browser& browser, const std::string& id, bool on) {
        browser.get("/admin/modules");
        const auto answer = browser.post("/admin/modules/" + id + (on ? "/enable" : "/disable"), {{"confirmed", "1"}});
        EXPECT_EQ(answer.status, 303) << answer.body;
    }
};

TEST_F(Module, switched_off_leaves_nothing_behind_and_on_again_brings_everything_back) {
    auto api = desk().api();
    const auto owner = account(api);
    const auto machine = equipment(api, owner, R"("label":"Presse hydraulique","serial":"PH-1")");
    const auto about = ticket(api, owner);
    designate(api, about, machine);
    const auto sheet = sheet_of(api, about);
    make(api, "interventions/" + id(sheet) + "/lines", R"({"description":"Réglage","seconds":7260})");
    auto browser = logged_in();
    const auto traces = [&] {
        std::string out;
        for (const auto& path : {std::string{"/"}, "/tickets/" + about, "/accounts/" + owner,
                                 std::string{"/tickets?columns=subject,interventions.duration"}}) {
            const auto page = browser.get(path);
            EXPECT_EQ(page.status, 200) << path;
            for (const auto* trace : {"/interventions", "/equipment", "2:01", "Créer une intervention"})
                if (page.contains(trace)) out += path + " has " + trace + "; ";
        }
        return out;
    };
    const auto before = traces();
    EXPECT_NE(before, "");
    switch_to(browser, "interventions", false);
    EXPECT_EQ(traces(), "");
    EXPECT_EQ(browser.get("/equipment/" + machine).status, 404);
    EXPECT_EQ(api.get(path(sheet)).status, 404);
    switch_to(browser, "interventions", true);
    EXPECT_EQ(traces(), before);
    EXPECT_EQ(api.get("/api/v1/tickets/" + about + "/equipment").integer("duration"), 7260);
}

TEST_F(Module, without_the_public_form_there_is_no_label) {
    auto api = desk().api();
    const auto machine = equipment(api, account(api));
    auto browser = logged_in();
    EXPECT_TRUE(browser.get("/equipment/" + machine).contains("/equipment/" + machine + "/label"));
    switch_to(browser, "public_form", false);
    EXPECT_FALSE(browser.get("/equipment/" + machine).contains("/equipment/" + machine + "/label"));
    EXPECT_EQ(browser.get("/equipment/" + machine + "/label").status, 404);
    switch_to(browser, "public_form", true);
    EXPECT_TRUE(browser.get("/equipment/" + machine).contains("/equipment/" + machine + "/label"));
}

TEST_F(Module, a_custom_field_may_name_an_equipment) {
    auto api = desk().api();
    const auto machine = equipment(api, account(api), R"("label":"Groupe froid","serial":"GF-9")");
    auto browser = logged_in();
    browser.get("/admin/fields");
    const auto made = browser.post("/admin/fields/new",
                                   {{"object", "tickets.ticket"}, {"code", "machine"}, {"type", "equipment"}, {"label_fr", "Machine"}});
    ASSERT_EQ(made.status, 303) << made.body;
    EXPECT_EQ(api.post("/api/v1/tickets", R"({"subject":"x","custom":{"machine":999999}})").status, 422);
    const auto about = make(api, "tickets", R"({"subject":"x","custom":{"machine":)" + machine + "}}");
    EXPECT_TRUE(browser.get("/tickets/" + id(about)).contains("Groupe froid – GF-9"));
}

}  // namespace interventions_test
