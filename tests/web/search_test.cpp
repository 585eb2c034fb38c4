// One search box for what every package finds.
#include "web/guest_desk.hpp"

namespace web_test {
namespace {

class Search : public GuestDeskTest {
protected:
    static std::string group(const Answer& answer, const std::string& label) {
        return between(answer.body, "aria-label=\"" + label + "\">", "</section>");
    }
};

TEST_F(Search, a_provider_that_throws_or_is_too_slow_is_a_notice_and_the_others_answer) {
    add_account("Boucherie Martin");
    const auto page = logged_in().get("/search?q=martin");
    ASSERT_EQ(page.status, 200);
    EXPECT_NE(group(page, "Accounts").find("Boucherie Martin"), std::string::npos) << page.body;
    EXPECT_NE(group(page, "Broken guests").find("Not available"), std::string::npos);
    EXPECT_NE(group(page, "Slow guests").find("Not available"), std::string::npos);
    EXPECT_FALSE(page.contains("half a hit"));
    EXPECT_FALSE(page.contains("Secret guests"));
}

TEST_F(Search, hits_are_escaped_counted_and_stay_on_this_site) {
    auto browser = logged_in();
    const auto page = browser.get("/search?q=%3Cb%3E");
    EXPECT_NE(group(page, "Guests").find("&lt;&lt;b&gt;&gt; 0"), std::string::npos) << page.body;
    EXPECT_FALSE(page.contains("evil.example"));
    EXPECT_EQ(count_of(group(page, "Guests"), "search-hit\""), 20u);
    const auto box = browser.get("/search?q=zz", {{"HX-Request", "true"}});
    EXPECT_FALSE(box.contains("<html"));
    EXPECT_EQ(count_of(group(box, "Guests"), "search-hit\""), 5u);
}

TEST_F(Search, nothing_is_asked_for_less_than_two_characters) {
    auto browser = logged_in();
    for (const auto q : {"", "%20", "a", "%C3%A9", "%20%20x%20"}) {
        const auto page = browser.get(std::string{"/search?q="} + q);
        EXPECT_EQ(page.status, 200) << q;
        EXPECT_FALSE(page.contains("search-hit\"")) << q;
    }
    EXPECT_TRUE(browser.get("/search?q=a").contains("at least two characters"));
    EXPECT_EQ(browser.get("/search?q=" + std::string(300, 'x')).status, 200);
}

TEST_F(Search, shows_only_what_the_user_may_see) {
    add_account("Pharmacie Durand");
    auto owner = logged_in();
    EXPECT_NE(group(owner.get("/search?q=durand"), "Accounts").find("Pharmacie Durand"), std::string::npos);
    desk().set_level("agent", "directory.account.read", 1);  // own
    auto browser = logged_in();
    EXPECT_FALSE(browser.get("/search?q=durand").contains("Pharmacie Durand"));
    desk().set_level("agent", "directory.account.read", 3);
    EXPECT_EQ(desk().browser().get("/search?q=durand").status, 303);
}

TEST_F(Search, contacts_and_contracts_are_found_with_their_account) {
    const auto id = add_account("Garage Petit");
    run("insert into contact (account_id, first_name, last_name) values ($1, 'Zoé', 'Lacroix') returning id", {id});
    const auto contract = run("insert into contract (account_id, ref, label) values ($1, 'CT-7', 'Entretien zélé') returning id", {id});
    auto browser = logged_in();
    const auto contacts = browser.get("/search?q=lacroix");
    EXPECT_NE(group(contacts, "Contacts").find("Garage Petit"), std::string::npos) << contacts.body;
    EXPECT_NE(group(browser.get("/search?q=zele"), "Contracts").find("/contracts/" + std::to_string(contract)), std::string::npos);
}

TEST_F(Search, every_page_has_the_box) {
    const auto page = logged_in().get("/accounts");
    EXPECT_TRUE(page.contains("data-hotkey=\"/\""));
    EXPECT_EQ(count_of(page.body, "action=\"/search\""), 2u) << "in the side bar and in the menu of small screens";
}

}  // namespace
}  // namespace web_test
