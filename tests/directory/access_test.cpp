// Who sees and changes what: one filter behind REST, pages and the fragments for other plugins.
#include "directory/desk_of_accounts.hpp"

namespace directory_test {

// Each test has a desk of its own, because it changes what profiles may do.
class DirectoryAccess : public testing::Test {
protected:
    DirectoryAccess() {
        desk.add_user("mine", "agent", "Nord");
        desk.add_user("colleague", "agent", "Nord");
        desk.add_user("stranger", "agent", "Sud");
    }
    void level(int read, int update) {
        desk.set_level("agent", "directory.account.read", read);
        desk.set_level("agent", "directory.account.update", update);
    }
    // {account, contact, contract} made by that user.
    struct Made {
        std::string account, contact, contract;
    };
    Made make(const std::string& login) {
        auto api = desk.api(login);
        const auto id = [](const Answer& answer) {
            EXPECT_EQ(answer.status, 201) << answer.body;
            return std::to_string(answer.integer("id"));
        };
        Made made;
        made.account =
            id(api.post("/api/v1/accounts", R"({"name":"Compte de )" + login + R"(","email":")" + login + R"(@compte.example"})"));
        made.contact =
            id(api.post("/api/v1/contacts", R"({"account_id":)" + made.account + R"(,"last_name":"Contact de )" + login + R"("})"));
        made.contract = id(api.post("/api/v1/contracts", R"({"account_id":)" + made.account + R"(,"label":"Contrat","status":"running"})"));
        return made;
    }
    web_test::Desk desk;
};

TEST_F(DirectoryAccess, what_is_not_mine_does_not_exist_at_level_own) {
    level(3, 3);
    const auto theirs = make("stranger"), own = make("mine");
    level(1, 1);
    auto api = desk.api("mine");
    for (const auto& path :
         {"/api/v1/accounts/" + theirs.account, "/api/v1/contacts/" + theirs.contact, "/api/v1/contracts/" + theirs.contract}) {
        EXPECT_EQ(api.get(path).status, 404) << path;
        EXPECT_EQ(api.patch(path, "{}").status, 404) << path;
    }
    EXPECT_EQ(api.post("/api/v1/contacts", R"({"account_id":)" + theirs.account + R"(,"last_name":"x"})").status, 422);
    for (const std::string list : {"accounts", "contacts", "contracts"})
        EXPECT_EQ(api.get("/api/v1/" + list).json().get("items")->size(), 1u) << list;
    EXPECT_EQ(api.get("/api/v1/accounts?email=stranger@compte.example").json().get("items")->size(), 0u);
    EXPECT_EQ(api.get("/api/v1/accounts/" + own.account).status, 200);

    auto browser = desk.browser();
    browser.log_in("mine");
    const auto id = theirs.account;
    for (const auto& path :
         {"/accounts/" + id, "/accounts/" + id + "/edit", "/accounts/" + id + "/contacts/new", "/contracts?account_id=" + id,
          "/contracts/" + theirs.contract, "/accounts/" + id + "/contracts/new", "/contacts?account_id=" + id,
          "/contacts/" + theirs.contact, "/contacts/" + theirs.contact + "/edit", "/contracts/" + theirs.contract + "/edit"})
        EXPECT_EQ(browser.get(path).status, 404) << path;
    for (const std::string path :
         {"/accounts?active=all", "/contacts", "/accounts/options", "/accounts/export", "/contacts/export", "/contracts/export"}) {
        const auto page = browser.get(path);
        EXPECT_TRUE(page.contains("mine")) << path;
        EXPECT_FALSE(page.contains("stranger")) << path;
    }
    EXPECT_FALSE(browser.get("/contacts/options?account_id=" + id).contains("Contact de"));
    EXPECT_FALSE(browser.get("/contracts/options?account_id=" + id).contains("value=\"" + theirs.contract + "\""));
    EXPECT_EQ(browser.post("/accounts/" + id + "/edit", {{"name", "volé"}, {"type", "customer"}, {"version", "1"}}).status, 404);
    EXPECT_EQ(desk.count("select count(*) from directory.account where name = 'volé'"), 0);
}

TEST_F(DirectoryAccess, level_team_is_mine_and_my_colleagues) {
    level(3, 3);
    const auto colleague = make("colleague"), stranger = make("stranger"), own = make("mine");
    level(2, 1);
    auto api = desk.api("mine");
    EXPECT_EQ(api.get("/api/v1/accounts/" + own.account).status, 200);
    EXPECT_EQ(api.get("/api/v1/accounts/" + colleague.account).status, 200);
    EXPECT_EQ(api.get("/api/v1/accounts/" + stranger.account).status, 404);
    EXPECT_EQ(api.get("/api/v1/contacts").json().get("items")->size(), 2u);
    EXPECT_EQ(api.patch("/api/v1/accounts/" + colleague.account, R"({"town":"x"})").status, 403) << "seen, but not his to change";
    EXPECT_EQ(api.patch("/api/v1/contacts/" + colleague.contact, R"({"phone":"1"})").status, 403);
    EXPECT_EQ(api.patch("/api/v1/contracts/" + colleague.contract, R"({"label":"x"})").status, 403);
    EXPECT_EQ(api.post("/api/v1/contracts", R"({"account_id":)" + colleague.account + R"(,"label":"x"})").status, 403);
    EXPECT_EQ(api.patch("/api/v1/accounts/" + own.account, R"({"town":"Lille"})").status, 200);
    auto browser = desk.browser();
    browser.log_in("mine");
    EXPECT_EQ(browser.get("/accounts/" + colleague.account + "/edit").status, 403);
    EXPECT_FALSE(browser.get("/accounts/" + colleague.account).contains("/accounts/" + colleague.account + "/edit\""))
        << "no button that is refused";
    EXPECT_TRUE(browser.get("/accounts/" + own.account).contains("/accounts/" + own.account + "/edit\""));
}

TEST_F(DirectoryAccess, switching_an_account_off_is_the_right_to_delete) {
    const auto own = make("mine");
    auto api = desk.api("mine");
    EXPECT_EQ(api.patch("/api/v1/accounts/" + own.account, R"({"active":false})").status, 403) << "agents may not";
    auto browser = desk.browser();
    browser.log_in("mine");
    EXPECT_EQ(browser.post("/accounts/" + own.account + "/deactivate", {{"confirmed", "1"}}).status, 403);
    auto admin = desk.api();
    EXPECT_EQ(admin.patch("/api/v1/accounts/" + own.account, R"({"active":false})").status, 200);
    EXPECT_EQ(api.patch("/api/v1/accounts/" + own.account, R"({"active":true})").status, 200) << "back on is a change like others";
}

TEST_F(DirectoryAccess, a_reader_gets_403_for_every_change) {
    const auto made = make("mine");
    desk.add_user("lecteur", "reader");
    auto api = desk.api("lecteur");
    EXPECT_EQ(api.get("/api/v1/accounts/" + made.account).status, 200);
    EXPECT_EQ(api.post("/api/v1/accounts", R"({"name":"x"})").status, 403);
    EXPECT_EQ(api.patch("/api/v1/accounts/" + made.account, R"({"name":"x"})").status, 403);
    EXPECT_EQ(api.post("/api/v1/contacts", R"({"account_id":)" + made.account + R"(,"last_name":"x"})").status, 403);
    auto browser = desk.browser();
    browser.log_in("lecteur");
    EXPECT_EQ(browser.get("/accounts/new").status, 403);
    EXPECT_FALSE(browser.get("/accounts").contains("/accounts/new"));
}

}  // namespace directory_test
