// The pages as a browser without JavaScript sees them.
#include "directory/desk_of_accounts.hpp"

namespace directory_test {

class DirectoryPages : public Directory {};

TEST_F(DirectoryPages, a_wrong_form_keeps_what_was_typed_and_says_where) {
    auto browser = logged_in();
    browser.get("/accounts/new");
    const auto before = desk().count("select count(*) from directory.account");
    const auto page =
        browser.post("/accounts/new", {{"name", ""}, {"type", "customer"}, {"email", "pas une adresse"}, {"town", "<b>Brest</b>"}});
    EXPECT_EQ(page.status, 422);
    EXPECT_TRUE(page.contains("e-name")) << "the error beside the name";
    EXPECT_TRUE(page.contains("e-email"));
    EXPECT_FALSE(page.contains("e-town"));
    EXPECT_TRUE(page.contains("value=\"pas une adresse\""));
    EXPECT_TRUE(page.contains("&lt;b&gt;Brest"));
    EXPECT_EQ(desk().count("select count(*) from directory.account"), before);
}

TEST_F(DirectoryPages, add_edit_and_find_an_account) {
    auto browser = logged_in();
    browser.get("/accounts/new");
    const auto added = browser.post("/accounts/new",
                                    {{"name", "Brasserie Vauquelin"}, {"type", "prospect"}, {"code", "BV-1"}, {"phone", "01 99 00 11 22"}});
    ASSERT_EQ(added.status, 303) << added.body;
    const auto path = added.header("Location");
    const auto page = browser.get(path);
    EXPECT_EQ(page.status, 200);
    for (const auto* text : {"Brasserie Vauquelin", "BV-1", "tel:0199001122", "Prospect"}) EXPECT_TRUE(page.contains(text)) << text;
    browser.get(path + "/edit");
    EXPECT_EQ(
        browser.post(path + "/edit", {{"name", "Brasserie Vauquelin & Cie"}, {"type", "customer"}, {"code", "BV-1"}, {"version", "1"}})
            .header("Location"),
        path);
    EXPECT_TRUE(browser.get("/accounts?q=vauquelin").contains("Brasserie Vauquelin &amp; Cie"));
    EXPECT_FALSE(browser.get("/accounts?q=vauquelin&type=supplier").contains("Brasserie Vauquelin"));
    const auto taken = browser.post("/accounts/new", {{"name", "Autre"}, {"type", "customer"}, {"code", "bv-1"}});
    EXPECT_EQ(taken.status, 422);
    EXPECT_TRUE(taken.contains("e-code"));
}

TEST_F(DirectoryPages, a_stale_save_shows_both_versions) {
    auto api = desk().api();
    const auto id = account(api, "Conserverie Masson");
    auto browser = logged_in();
    browser.get("/accounts/" + id + "/edit");
    EXPECT_EQ(api.patch("/api/v1/accounts/" + id, R"({"town":"Nantes"})").status, 200);
    const auto stale = browser.post("/accounts/" + id + "/edit",
                                    {{"name", "Conserverie Masson"}, {"type", "customer"}, {"town", "Rennes"}, {"version", "1"}});
    EXPECT_EQ(stale.status, 409);
    EXPECT_TRUE(stale.contains("Nantes")) << "theirs";
    EXPECT_TRUE(stale.contains("value=\"Rennes\"")) << "what was typed";
    EXPECT_TRUE(stale.contains("name=\"version\" value=\"2\"")) << "saving again is deliberate";
    EXPECT_EQ(api.get("/api/v1/accounts/" + id).text("town"), "Nantes");
    EXPECT_EQ(
        browser
            .post("/accounts/" + id + "/edit", {{"name", "Conserverie Masson"}, {"type", "customer"}, {"town", "Rennes"}, {"version", "2"}})
            .status,
        303);
    EXPECT_EQ(api.get("/api/v1/accounts/" + id).text("town"), "Rennes");
}

TEST_F(DirectoryPages, contacts_and_contracts_of_an_account) {
    auto api = desk().api();
    const auto id = account(api, "Traiteur Clément");
    auto browser = logged_in();
    browser.get("/accounts/" + id + "/contacts/new");
    EXPECT_EQ(browser.post("/accounts/" + id + "/contacts/new", {{"first_name", "Zoé"}, {"active", "1"}}).status, 422);
    const auto contact = browser.post("/accounts/" + id + "/contacts/new",
                                      {{"first_name", "Zoé"}, {"last_name", "Clément"}, {"email", "zoe@clement.example"}, {"active", "1"}});
    ASSERT_EQ(contact.status, 303);
    EXPECT_TRUE(browser.get(contact.header("Location")).contains("Traiteur Clément"));
    EXPECT_TRUE(browser.get("/contacts?q=clement").contains("Zoé Clément"));
    EXPECT_TRUE(browser.get("/contacts/options?account_id=" + id).contains("Zoé Clément – zoe@clement.example</option>"));

    const auto dates = browser.post("/accounts/" + id + "/contracts/new",
                                    {{"label", "Buffet"}, {"status", "running"}, {"starts_on", "2026-03-02"}, {"ends_on", "2026-03-01"}});
    EXPECT_EQ(dates.status, 422);
    EXPECT_TRUE(dates.contains("e-ends_on"));
    EXPECT_EQ(browser.post("/accounts/" + id + "/contracts/new", {{"label", "Buffet"}, {"status", "running"}, {"starts_on", "2020-03-02"}})
                  .status,
              303);
    const auto page = browser.get("/accounts/" + id);
    EXPECT_TRUE(page.contains("Zoé Clément"));
    EXPECT_TRUE(page.contains("Buffet"));
    EXPECT_TRUE(page.contains("02/03/2020")) << "a day is the same day in every zone";
    EXPECT_TRUE(browser.get("/contracts/options?account_id=" + id).contains("Buffet</option>"));
}

TEST_F(DirectoryPages, switching_off_asks_first_and_hides_the_account) {
    auto api = desk().api();
    const auto id = account(api, "Plomberie Gautier");
    auto browser = logged_in();
    browser.get("/accounts/" + id);
    const auto asked = browser.post("/accounts/" + id + "/deactivate", {});
    EXPECT_EQ(asked.status, 200);
    EXPECT_TRUE(asked.contains("name=\"confirmed\""));
    EXPECT_TRUE(api.get("/api/v1/accounts/" + id).json().get("active")->as_bool());
    EXPECT_EQ(browser.post("/accounts/" + id + "/deactivate", {{"confirmed", "1"}}).status, 303);
    EXPECT_FALSE(api.get("/api/v1/accounts/" + id).json().get("active")->as_bool());
    EXPECT_FALSE(browser.get("/accounts?q=gautier").contains("Plomberie Gautier"));
    EXPECT_TRUE(browser.get("/accounts?q=gautier&active=no").contains("Plomberie Gautier"));
    EXPECT_FALSE(browser.get("/accounts/options?q=gautier").contains("Plomberie Gautier"));
    EXPECT_EQ(browser.post("/accounts/" + id + "/activate", {}).status, 303);
    EXPECT_TRUE(browser.get("/accounts?q=gautier").contains("Plomberie Gautier"));
}

TEST_F(DirectoryPages, long_lists_have_a_next_page_and_htmx_gets_the_rows_only) {
    auto api = desk().api();
    for (int i = 0; i < 26; ++i) account(api, "Vitrine " + std::string(1, static_cast<char>('a' + i)));
    auto browser = logged_in();
    const auto first = browser.get("/accounts?q=vitrine");
    EXPECT_TRUE(first.contains("Vitrine y"));
    EXPECT_FALSE(first.contains("Vitrine z"));
    const auto link = first.body.find("after=");
    ASSERT_NE(link, std::string::npos);
    const auto cursor = first.body.substr(link + 6, first.body.find_first_not_of("0123456789abcdef", link + 6) - link - 6);
    const auto second = browser.get("/accounts?q=vitrine&after=" + cursor);
    EXPECT_TRUE(second.contains("Vitrine z"));
    EXPECT_FALSE(second.contains("Vitrine y"));
    EXPECT_TRUE(browser.get("/accounts?q=vitrine&after=garbage").contains("Vitrine a")) << "a bad link shows the beginning";
    const auto rows = browser.get("/accounts?q=vitrine", {{"HX-Request", "true"}});
    EXPECT_TRUE(rows.contains("Vitrine a"));
    EXPECT_FALSE(rows.contains("<html"));
    EXPECT_FALSE(rows.contains("type=\"search\""));
    EXPECT_TRUE(browser.get("/accounts?q=zzzzzz").contains("Aucun compte ne correspond"));
}

}  // namespace directory_test
