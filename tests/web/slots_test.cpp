// Pages from several packages: what fails in one is a notice, the rest of the page stays (plugin_api.md 2.10).
#include "web/guest_desk.hpp"

#include "base/file.hpp"

namespace web_test {
namespace {

class Slots : public GuestDeskTest {};

constexpr auto kUnavailable = "This part of the page is not available at the moment.";

TEST_F(Slots, a_widget_that_throws_sleeps_or_writes_without_end_is_a_notice_with_the_request_and_the_others_are_there) {
    auto browser = logged_in();
    const auto answer = browser.get("/guest");
    ASSERT_EQ(answer.status, 200);
    const auto block = between(answer.body, "<div id=\"block\">", "<div id=\"tabs\">");
    EXPECT_NE(block.find("good &amp; open"), std::string::npos) << block;
    EXPECT_EQ(count_of(block, "widget-unavailable"), 4u) << block;  // throws, sleeps, many, huge
    EXPECT_EQ(count_of(block, "(" + answer.header("X-Request-Id") + ")"), 4u);
    EXPECT_FALSE(answer.contains("half of it"));
    EXPECT_FALSE(answer.contains("slept"));
    EXPECT_FALSE(answer.contains("asked often"));
    EXPECT_FALSE(answer.contains("xxxxxxxx"));
}

TEST_F(Slots, a_condition_and_a_permission_decide_what_is_shown) {
    auto browser = logged_in();
    const auto open = browser.get("/guest?status=open");
    EXPECT_TRUE(open.contains("it is open"));
    EXPECT_FALSE(open.contains("it is closed"));
    const auto closed = browser.get("/guest?status=closed");
    EXPECT_FALSE(closed.contains("it is open"));
    EXPECT_TRUE(closed.contains("it is closed"));
    EXPECT_FALSE(closed.contains("the secret"));
    EXPECT_TRUE(logged_in("admin").get("/guest").contains("the secret"));
}

TEST_F(Slots, a_lazy_widget_is_a_link_that_htmx_loads_and_only_for_the_session_it_was_made_for) {
    auto browser = logged_in();
    const auto page = browser.get("/guest?status=open");
    EXPECT_FALSE(page.contains("later: open"));
    EXPECT_TRUE(page.contains("Show “Later &amp; more”"));
    const auto url = unescaped(between(page.body, "id=\"lazy-guest.later\" hx-get=\"", "\""));
    ASSERT_TRUE(url.starts_with("/_slot/guest.block/guest.later?state=")) << url;

    const auto loaded = browser.get(url, {{"HX-Request", "true"}});
    EXPECT_EQ(loaded.status, 200);
    EXPECT_EQ(loaded.body, "later: open");

    EXPECT_EQ(browser.get("/_slot/guest.block/guest.later?state=" + std::string(80, 'A')).status, 400);
    EXPECT_EQ(browser.get("/_slot/guest.block/guest.later").status, 400);
    auto other = url;
    other.replace(other.find("guest.later"), 11, "guest.good");
    EXPECT_EQ(browser.get(other).status, 400) << "sealed for another widget";
    EXPECT_EQ(logged_in().get(url).status, 400) << "another session of the same user";
    EXPECT_EQ(desk().browser().get(url).status, 303) << "nobody";
}

TEST_F(Slots, without_javascript_a_lazy_widget_comes_with_the_page_when_it_is_asked_for) {
    auto browser = logged_in();
    const auto link = unescaped(between(browser.get("/guest?status=open").body, "data-quiet>\n  <a href=\"", "\""));
    ASSERT_EQ(link, "/guest?status=open&_eager=guest.later");
    EXPECT_TRUE(browser.get(link).contains("later: open"));
}

TEST_F(Slots, tabs_show_the_first_or_the_one_asked_for_and_load_only_that) {
    auto browser = logged_in();
    const auto first = browser.get("/guest");
    const auto tabs = between(first.body, "<section class=\"slot-tabs\"", "</section>");
    EXPECT_TRUE(first.contains("content one"));
    EXPECT_EQ(count_of(tabs, "aria-current=\"true\""), 1u);
    EXPECT_NE(tabs.find("id=\"tab-guest.one\" href=\"/guest?tab=guest.one\" aria-current=\"true\""), std::string::npos) << tabs;
    const auto second = browser.get("/guest?tab=guest.two");
    EXPECT_FALSE(second.contains("content one"));
    EXPECT_TRUE(second.contains("this page"));
    EXPECT_TRUE(browser.get("/guest?tab=no.such").contains("content one"));
}

TEST_F(Slots, a_tab_that_htmx_loads_brings_the_bar_with_it_and_its_links_lead_to_the_page) {
    auto browser = logged_in();
    const auto tabs = between(browser.get("/guest?status=open").body, "<section class=\"slot-tabs\"", "</section>");
    const auto url = unescaped(between(tabs.substr(tabs.find("tab-guest.two")), "hx-get=\"", "\""));
    const auto loaded = browser.get(url, {{"HX-Request", "true"}});
    ASSERT_EQ(loaded.status, 200);
    EXPECT_TRUE(loaded.body.starts_with("<section class=\"slot-tabs\"")) << loaded.body;
    EXPECT_NE(loaded.body.find("href=\"/guest?status=open&amp;tab=guest.two\" aria-current=\"true\""), std::string::npos) << loaded.body;
    EXPECT_NE(loaded.body.find("<a href=\"/guest?status=open&amp;from=link\">this page</a>"), std::string::npos) << loaded.body;
}

TEST_F(Slots, a_tab_that_fails_is_a_notice_below_its_bar) {
    auto browser = logged_in();
    const auto page = browser.get("/guest?tab=guest.three&_eager=guest.three");
    EXPECT_NE(between(page.body, "<div class=\"slot-tab stack\">", "</section>").find(kUnavailable), std::string::npos);
}

TEST_F(Slots, a_form_slot_gives_each_package_its_own_values_and_errors) {
    const auto page = logged_in().get("/guest");
    const auto form = between(page.body, "<form id=\"form\">", "</form>");
    EXPECT_NE(form.find("name=\"guest.wish\""), std::string::npos) << form;
    EXPECT_NE(form.find("value=\"a &lt;b&gt;chair&lt;/b&gt;\""), std::string::npos) << form;
    EXPECT_NE(form.find("Wish for less."), std::string::npos) << form;
    EXPECT_EQ(form.find("ot mine"), std::string::npos) << form;
}

TEST_F(Slots, tiles_stand_in_a_grid_of_the_host_and_an_empty_slot_leaves_nothing) {
    const auto page = logged_in().get("/guest");
    const auto tiles = between(page.body, "<div id=\"tiles\">", "<div id=\"nothing\">");
    EXPECT_TRUE(tiles.starts_with("<div class=\"tiles\"><div class=\"tile widget-unavailable\"")) << tiles;
    EXPECT_NE(tiles.find("a tile</div>"), std::string::npos) << tiles;
    EXPECT_TRUE(page.contains("<div id=\"nothing\"></div>"));
    EXPECT_EQ(count_of(between(page.body, "<p id=\"inline\">", "</p>"), "widget-unavailable"), 1u);
    EXPECT_TRUE(logged_in().get("/").contains("a tile"));
}

TEST_F(Slots, the_account_page_has_the_tabs_of_others) {
    const auto id = add_account("Boulangerie");
    EXPECT_TRUE(logged_in().get("/accounts/" + std::to_string(id)).contains("guest of Boulangerie"));
}

TEST_F(Slots, a_condition_that_cannot_be_read_is_said_when_the_package_is_enabled) {
    Desk alone{{std::filesystem::path{BUILD_DIR} / "packages"}};
    const auto folder = alone.state / "guest";
    std::filesystem::copy(std::filesystem::path{BUILD_DIR} / "guest-packages" / "guest", folder, std::filesystem::copy_options::recursive);
    auto text = *host::base::read_file(folder / "plugin.json");
    const std::string good = R"("when": "active")";
    text.replace(text.find(good), good.size(), R"("when": "active == ")");
    host::base::write_file(folder / "plugin.json", text);
    auto installed = alone.app->lifecycle().install(folder);
    if (installed) installed = alone.app->lifecycle().enable("guest");
    ASSERT_FALSE(installed);
    EXPECT_NE(host::base::to_text(installed.problems()).find("guest.mark:1:"), std::string::npos) << host::base::to_text(installed.problems());
}

TEST_F(Slots, assets_of_a_package_come_on_the_pages_it_names) {
    auto browser = logged_in();
    EXPECT_TRUE(browser.get("/guest").contains("/guest/guest.css"));
    EXPECT_TRUE(browser.get("/").contains("/guest/guest.js"));
    EXPECT_FALSE(browser.get("/guest/other").contains("/guest/guest.css"));
    EXPECT_FALSE(browser.get("/accounts").contains("/guest/guest.css"));
}

TEST_F(Slots, numbers_beside_menu_entries_come_after_the_page_and_are_known_to_the_next) {
    auto browser = logged_in("admin");
    desk().app->pool().exec("insert into guest.score (account_id) values (900001) on conflict do nothing");
    const auto first = browser.get("/guest/other");
    EXPECT_TRUE(first.contains("hx-trigger=\"load, guichet:badges\""));
    const auto badges = browser.get("/_badges", {{"HX-Request", "true"}});
    EXPECT_EQ(badges.status, 200);
    const auto mine = between(badges.body, "innerHTML:[data-badge='guest.menu']\">", "<span");
    EXPECT_GE(std::atoi(mine.c_str()), 1) << badges.body;
    EXPECT_EQ(between(badges.body, "innerHTML:[data-badge='guest.broken_menu']\">", "</span>").find_first_of("0123456789"), std::string::npos) << badges.body;
    const auto next = browser.get("/guest/other");
    EXPECT_FALSE(next.contains("hx-trigger=\"load, guichet:badges"));
    EXPECT_EQ(std::atoi(between(next.body, "data-badge=\"guest.menu\">", "<span").c_str()), std::atoi(mine.c_str()));
    EXPECT_FALSE(logged_in().get("/_badges").contains("guest.secret_menu"));
    EXPECT_EQ(desk().browser().get("/_badges").status, 303);
}

}  // namespace
}  // namespace web_test
