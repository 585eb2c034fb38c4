// The label on an equipment: what is printed, where it leads, and what becomes of a request that came by it.
#include "interventions/desk_of_interventions.hpp"
#include "web/guest_desk.hpp"

#include <cstdio>

namespace interventions_test {

class Label : public Interventions {
protected:
    static void SetUpTestSuite() {
        Interventions::SetUpTestSuite();
        auto admin = logged_in();
        EXPECT_EQ(admin.post("/admin/public-form", {{"open", "1"}, {"attachments", "1"}, {"link_days", "0"}, {"fastest_s", "0"}}).status,
                  303);
    }
    void SetUp() override { desk().app->pool().exec("delete from public_form.attempt"); }  // all requests come from one address
    static std::string code(Api& api, const std::string& equipment) {
        return api.get("/api/v1/equipment/" + equipment).text("public_code");
    }
    static Browser visitor() {
        auto browser = desk().browser();
        browser.cookies["lang"] = "fr";
        return browser;
    }
    // Sends a request from this address of the form; the ticket's id.
    static std::string sent_from(const std::string& address) {
        auto browser = visitor();
        const auto page = browser.get(address);
        const auto action = web_test::unescaped(web_test::between(page.body, "<form class=\"card\" method=\"post\" action=\"", "\""));
        const auto answer = browser.post(action, {{"email", "quelquun@example.org"},
                                                  {"subject", "Bruit étrange"},
                                                  {"website", ""},
                                                  {"form", web_test::between(page.body, "name=\"form\" value=\"", "\"")}});
        EXPECT_EQ(answer.status, 200) << answer.body;
        return std::to_string(desk().count("select max(id) from tickets.ticket"));
    }
};

TEST_F(Label, is_read_by_a_scanner_as_the_address_of_the_form) {
    auto api = desk().api();
    const auto machine = equipment(api, account(api), R"("label":"Pompe <7>","serial":"P-7")");
    auto browser = logged_in();
    ASSERT_TRUE(browser.get("/equipment/" + machine).contains("/equipment/" + machine + "/label"));
    const auto label = browser.get("/equipment/" + machine + "/label");
    ASSERT_EQ(label.status, 200) << label.body;
    const host::plugin_tests::TemporaryFolder folder;
    const auto pdf = (folder.path() / "label.pdf").string(), png = (folder.path() / "label").string();
    host::base::write_file(pdf, label.body);
    const auto command = "pdftoppm -r 300 -png -singlefile " + pdf + " " + png + " && zbarimg -q --raw --nodbus " + png + ".png";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe{::popen(command.c_str(), "r"), ::pclose};
    std::string read(1000, '\0');
    read.resize(std::fread(read.data(), 1, read.size(), pipe.get()));
    EXPECT_TRUE(read.ends_with("/public/new?ref=" + code(api, machine) + "\n")) << read;
    EXPECT_EQ(desk().browser().get("/equipment/" + machine + "/label").status, 303) << "for who is logged in";
}

TEST_F(Label, a_request_that_came_by_it_is_about_the_equipment_and_of_its_account) {
    auto api = desk().api();
    const auto owner = account(api);
    const auto machine = equipment(api, owner, R"("label":"Pompe <7>","serial":"P-7")");
    const auto address = "/public/new?ref=" + code(api, machine);
    const auto form = visitor().get(address);
    EXPECT_TRUE(form.contains("Votre demande concerne\u00a0: Pompe &lt;7&gt; – P-7")) << form.body;
    EXPECT_FALSE(form.contains("Client Durand")) << "whose it is, is nobody's business";
    const auto made = sent_from(address);
    EXPECT_EQ(std::to_string(api.get("/api/v1/tickets/" + made).integer("account_id")), owner);
    EXPECT_EQ(std::to_string(api.get("/api/v1/tickets/" + made + "/equipment").integer("equipment_id")), machine);
}

TEST_F(Label, unknown_codes_and_requests_of_other_accounts_change_nothing) {
    auto api = desk().api();
    const auto unknown = sent_from("/public/new?ref=0123456789abcdef");
    EXPECT_EQ(api.get("/api/v1/tickets/" + unknown + "/equipment").integer("equipment_id"), -1);
    const auto machine = equipment(api, account(api), R"("label":"Pompe","serial":"P-8")");
    const auto other = id(make(api, "accounts", R"({"name":"Un autre","email":"quelquun@example.org"})"));
    const auto made = sent_from("/public/new?ref=" + code(api, machine));
    EXPECT_EQ(std::to_string(api.get("/api/v1/tickets/" + made).integer("account_id")), other) << "known by his address";
    EXPECT_EQ(api.get("/api/v1/tickets/" + made + "/equipment").integer("equipment_id"), -1);
}

}  // namespace interventions_test
