// Settings as an administrator meets them, and what tickets does with its own.
#include "web/desk.hpp"
#include "web/packages.hpp"
#include "support/wait.hpp"

#include "base/file.hpp"

namespace web_test {
namespace {

const std::map<std::string, std::string> kGeneral = {
    {"company.name", "Ateliers Morvan"}, {"company.address", "12 rue du Port\r\n29200 Brest"}, {"company.email", "contact@morvan.example"}, {"company.phone", ""},
    {"company.website", ""}, {"regional.language", "fr"}, {"regional.time_zone", "Europe/Paris"}, {"regional.currency", "EUR"}, {"regional.fiscal_month", "1"}};

std::map<std::string, std::string> with(std::map<std::string, std::string> fields, const std::map<std::string, std::string>& more) {
    for (const auto& [name, value] : more) fields[name] = value;
    return fields;
}

// A desk whose tickets have the settings of the test.
struct SettingsDesk {
    SettingsDesk() {
        browser.log_in("admin");
    }
    std::string version(const std::string& path) {
        const auto page = browser.get(path).body;
        const auto at = page.find("name=\"version\" value=\"") + 22;
        return page.substr(at, page.find('"', at) - at);
    }
    Answer save(const std::string& path, const std::map<std::string, std::string>& fields) {
        return browser.post(path, with(fields, {{"version", version(path)}}));
    }
    Desk desk;
    Browser browser = desk.browser();
};

class Settings : public testing::Test {
protected:
    static void SetUpTestSuite() { shared_ = std::make_unique<SettingsDesk>(); }
    static void TearDownTestSuite() { shared_.reset(); }
    Desk& desk() { return shared_->desk; }
    Browser& browser() { return shared_->browser; }
    Answer save(const std::string& path, const std::map<std::string, std::string>& fields) { return shared_->save(path, fields); }
    std::string version(const std::string& path) { return shared_->version(path); }

private:
    static inline std::unique_ptr<SettingsDesk> shared_;
};

}  // namespace

TEST_F(Settings, only_who_may_configure_sees_them) {
    desk().add_user("agent.settings");
    auto agent = desk().browser();
    agent.log_in("agent.settings");
    EXPECT_EQ(agent.get("/admin/settings").status, 403);
    EXPECT_EQ(agent.post("/admin/settings/tickets", {{"version", "0"}}).status, 403);
    EXPECT_FALSE(agent.get("/").contains("/admin/settings"));
    EXPECT_EQ(browser().get("/admin/settings/none").status, 303) << "no such module";
}

TEST_F(Settings, what_is_wrong_is_said_beside_the_field_and_nothing_is_lost) {
    const auto answer = save("/admin/settings", with(kGeneral, {{"company.email", "nowhere"}, {"regional.fiscal_month", "13"}, {"regional.time_zone", ""}, {"company.name", "<b>Tapé</b>"}}));
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.contains("id=\"e-company.email\""));
    EXPECT_TRUE(answer.contains("nom@example.org"));
    EXPECT_TRUE(answer.contains("Indiquez un nombre entier de 1 à 12."));
    EXPECT_TRUE(answer.contains("Remplissez ce champ."));
    EXPECT_TRUE(answer.contains("&lt;b&gt;Tapé&lt;/b&gt;")) << "what was typed is still there, escaped";
    EXPECT_EQ(desk().count("select count(*) from core.setting where plugin_id = 'core'"), 0);
}

TEST_F(Settings, the_logo_of_documents_is_a_picture_and_can_be_taken_away) {
    const std::string kPath = "/admin/settings", kLogo = "company.logo";
    const auto send = [&](const std::string& content, const std::map<std::string, std::string>& more = {}) {
        auto fields = with(kGeneral, more);
        fields["version"] = version(kPath);
        return browser().post_parts(kPath, fields, kLogo, "logo.png", content);
    };
    const auto stored = [&] { return desk().count("select count(*) from core.setting where plugin_id = 'core' and value -> 'company' ? 'logo'"); };
    const std::string png{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0", 30};
    for (const auto& refused : {std::string{"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"}, png + std::string(200'001, 'x')}) {
        const auto answer = send(refused);
        EXPECT_EQ(answer.status, 422);
        EXPECT_TRUE(answer.contains("id=\"e-company.logo\""));
        EXPECT_EQ(stored(), 0);
    }
    EXPECT_EQ(send(std::string(1 << 21, 'x')).status, 413);
    ASSERT_EQ(send(png).status, 303);
    EXPECT_TRUE(browser().get(kPath).contains("src=\"data:image/png;base64,iVBORw0KGgo"));
    ASSERT_EQ(save(kPath, with(kGeneral, {{"company.name", "Autre nom"}})).status, 303);
    EXPECT_EQ(stored(), 1) << "saving the rest keeps it";
    ASSERT_EQ(save(kPath, with(kGeneral, {{"company.logo.remove", "1"}})).status, 303);
    EXPECT_EQ(stored(), 0);
}

TEST_F(Settings, S1_01_what_is_saved_is_in_force_at_once_and_in_the_audit_log) {
    auto api = desk().api();
    EXPECT_EQ(api.post("/api/v1/tickets", R"({"subject":"Sans compte"})").status, 201);
    EXPECT_EQ(save("/admin/settings/tickets", {{"account_required", "1"}, {"allow_leads", "1"}, {"confirm_new_tickets", "1"}, {"tell_closing", "1"}, {"default_priority", "HIGH"}}).status, 303);
    EXPECT_EQ(api.post("/api/v1/tickets", R"({"subject":"Sans compte"})").error("account_id").empty(), false);
    EXPECT_TRUE(browser().get("/admin/settings/tickets?done=saved").contains("Les paramètres sont enregistrés."));
    EXPECT_EQ(desk().count("select count(*) from core.audit where action = 'core.settings_changed' and subject = 'settings/tickets'"
                           " and details = '{\"changed\": [\"default_priority\", \"account_required\"]}'"), 1);
    EXPECT_EQ(save("/admin/settings/tickets", {}).status, 303);
    const auto made = api.post("/api/v1/tickets", R"({"subject":"De nouveau sans compte"})");
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(made.text("priority"), "");
}

TEST_F(Settings, S0_21_new_tickets_have_the_chosen_type_and_priority) {
    ASSERT_EQ(save("/admin/settings/tickets", {{"default_type", "INCIDENT"}, {"default_priority", "HIGH"}}).status, 303);
    auto api = desk().api();
    const auto made = api.post("/api/v1/tickets", R"({"subject":"x"})");
    EXPECT_TRUE(made.contains("INCIDENT")) << made.body;
    EXPECT_TRUE(made.contains("HIGH"));
    EXPECT_EQ(save("/admin/settings/tickets", {{"default_type", "NO_SUCH"}}).status, 422);
    ASSERT_EQ(save("/admin/settings/tickets", {}).status, 303);
}

TEST_F(Settings, S1_01_S3_12_leads_have_tickets_where_it_is_chosen) {
    auto api = desk().api();
    const auto lead = std::to_string(api.post("/api/v1/accounts", R"({"name":"Piste","type":"lead"})").integer("id"));
    const auto ticket = R"({"subject":"x","account_id":)" + lead + "}";
    ASSERT_EQ(save("/admin/settings/tickets", {}).status, 303) << "a switch that is not sent is off";
    EXPECT_FALSE(api.post("/api/v1/tickets", ticket).error("account_id").empty());
    ASSERT_EQ(save("/admin/settings/tickets", {{"allow_leads", "1"}}).status, 303);
    EXPECT_EQ(api.post("/api/v1/tickets", ticket).status, 201);
}

TEST_F(Settings, S3_23_closed_is_final_where_it_is_chosen) {
    auto api = desk().api();
    const auto path = "/api/v1/tickets/" + std::to_string(api.post("/api/v1/tickets", R"({"subject":"x"})").integer("id"));
    ASSERT_EQ(api.post(path + "/close", "").status, 200);
    ASSERT_EQ(save("/admin/settings/tickets", {{"closed_is_final", "1"}}).status, 303);
    EXPECT_EQ(api.post(path + "/reopen", "").status, 409);
    EXPECT_EQ(api.patch(path, R"({"status":"NEW"})").status, 409);
    EXPECT_EQ(api.patch(path, R"({"subject":"Encore modifiable"})").status, 409) << "read-only for ever";
    ASSERT_EQ(save("/admin/settings/tickets", {}).status, 303);
    EXPECT_EQ(api.post(path + "/reopen", "").status, 200);
}

TEST_F(Settings, who_comes_second_sees_both_and_may_replace) {
    const auto before = version("/admin/settings");
    ASSERT_EQ(save("/admin/settings", with(kGeneral, {{"company.name", "Premier"}})).status, 303);
    const auto second = browser().post("/admin/settings", with(kGeneral, {{"company.name", "Second"}, {"version", before}}));
    EXPECT_EQ(second.status, 409);
    EXPECT_TRUE(second.contains("value=\"Second\""));
    EXPECT_TRUE(second.contains("Premier"));
    EXPECT_TRUE(second.contains("name=\"version\" value=\"" + version("/admin/settings") + "\"")) << "saving again replaces";
    ASSERT_EQ(save("/admin/settings", kGeneral).status, 303);
}

TEST(SecretSettings, are_masked_kept_removed_and_never_leave) {
    Desk desk;
    const auto folder = desk.state / "with_secret";
    changed_package(folder, "tickets", [](std::string& text) {
        const std::string at = "\"default_type\": {";
        text.replace(text.find(at), at.size(), R"("token": { "type": "string", "title": "Token", "x-secret": true }, "default_type": {)");
    });
    const auto installed = desk.app->lifecycle().install(folder / "tickets");
    ASSERT_TRUE(installed);
    ASSERT_TRUE(desk.app->lifecycle().enable("tickets"));
    auto browser = desk.browser();
    browser.log_in("admin");
    const std::string path = "/admin/settings/tickets";
    EXPECT_FALSE(browser.get(path).contains("token.remove"));
    ASSERT_EQ(browser.post(path, {{"version", "0"}, {"token", "canary-1234"}}).status, 303);
    const auto page = browser.get(path);
    EXPECT_FALSE(page.contains("canary"));
    EXPECT_TRUE(page.contains("Déjà enregistré"));
    EXPECT_EQ(desk.count("select count(*) from core.setting where value::text like '%canary%'"), 0);
    EXPECT_EQ(desk.count("select count(*) from core.audit where details::text like '%canary%'"), 0);
    ASSERT_EQ(browser.post(path, {{"version", "1"}, {"token", ""}, {"account_required", "1"}}).status, 303);
    EXPECT_TRUE(browser.get(path).contains("token.remove")) << "an empty field keeps it";

    host::base::write_file(desk.state / "secret.key", std::string(32, 'x'), 0600);
    {
        const host::core::Secrets secrets{desk.state / "secret.key"};
        host::core::Settings other{desk.app->pool(), secrets};
        const auto& schema = desk.app->registry().current()->find("tickets")->manifest().settings_json;
        EXPECT_EQ(other.get()->of("tickets", schema).get("token"), nullptr) << "a lost key: entered again, no crash";
    }
    ASSERT_EQ(browser.post(path, {{"version", "2"}, {"token.remove", "1"}}).status, 303);
    EXPECT_FALSE(browser.get(path).contains("token.remove"));
}

}  // namespace web_test
