// Columns, filters and actions that another package adds to the list of accounts.
#include "web/guest_desk.hpp"

#include <set>

namespace web_test {
namespace {

class Columns : public GuestDeskTest {
protected:
    static void SetUpTestSuite() {
        GuestDeskTest::SetUpTestSuite();
        add("Alpha", "3.5", "red", "first note", "2026-01-15");
        add("Beta", "10", "blue", "Second <Note>", "2026-02-01");
        add("Gamma", "3.5", "red", "", "2026-02-28");
        add_account("Delta");  // the guest knows nothing of it
    }
    static void add(const std::string& name, const std::string& score, const std::string& color, const std::string& note, const std::string& since) {
        const auto id = add_account(name);
        desk().app->pool().exec("insert into guest.score values ($1, $2::text::numeric, $3, nullif($4, ''), $5::text::date)", {id, score, color, note, since});
    }
    static std::vector<std::string> names(const Answer& page) {
        std::vector<std::string> out;
        for (auto at = page.body.find("row-link\""); at != std::string::npos; at = page.body.find("row-link\"", at + 1)) {
            const auto begin = page.body.find('>', at) + 1;
            out.push_back(page.body.substr(begin, page.body.find('<', begin) - begin));
        }
        return out;
    }
    using Names = std::vector<std::string>;
};

TEST_F(Columns, each_has_a_head_and_a_cell_per_row_and_one_that_fails_is_empty) {
    const auto page = logged_in().get("/accounts");
    ASSERT_EQ(page.status, 200);
    EXPECT_EQ(names(page), (Names{"Alpha", "Beta", "Delta", "Gamma"}));
    for (const auto label : {"Score", "Color", "Note", "Since", "Broken"})
        EXPECT_EQ(count_of(page.body, std::string{"<td data-label=\""} + label + "\">"), 4u) << label;
    EXPECT_TRUE(page.contains("<td data-label=\"Score\">&lt;10.00&gt;</td>"));
    EXPECT_TRUE(page.contains("&lt;Second &lt;Note&gt;&gt;"));
    EXPECT_EQ(count_of(page.body, "<td data-label=\"Broken\">–</td>"), 4u);
    EXPECT_FALSE(page.contains("half a column"));
    EXPECT_FALSE(page.contains("Hidden"));
    EXPECT_TRUE(logged_in("admin").get("/accounts").contains("Hidden"));
}

TEST_F(Columns, the_list_sorts_by_them_both_ways_with_what_has_no_value_last) {
    auto browser = logged_in();
    EXPECT_EQ(names(browser.get("/accounts?sort=guest.score")), (Names{"Alpha", "Gamma", "Beta", "Delta"}));
    EXPECT_EQ(names(browser.get("/accounts?sort=-guest.score")), (Names{"Beta", "Gamma", "Alpha", "Delta"}));
    const auto page = browser.get("/accounts?sort=guest.score");
    EXPECT_TRUE(page.contains("aria-sort=\"ascending\"><a class=\"sort\" href=\"/accounts?sort=-guest.score\">Score</a>")) << page.body;
    EXPECT_EQ(names(browser.get("/accounts?sort=guest.broken")), (Names{"Alpha", "Beta", "Delta", "Gamma"})) << "not sortable";
    EXPECT_EQ(names(browser.get("/accounts?sort=guest.hidden")), (Names{"Alpha", "Beta", "Delta", "Gamma"})) << "not his";
    EXPECT_EQ(browser.get("/accounts?sort=guest.score%3B%20drop%20table%20account").status, 200);
}

TEST_F(Columns, the_list_filters_by_them) {
    auto browser = logged_in();
    EXPECT_EQ(names(browser.get("/accounts?guest.score.from=4")), (Names{"Beta"}));
    EXPECT_EQ(names(browser.get("/accounts?guest.score.to=3.5")), (Names{"Alpha", "Gamma"}));
    EXPECT_EQ(names(browser.get("/accounts?guest.color=red&sort=-guest.since")), (Names{"Gamma", "Alpha"}));
    EXPECT_EQ(names(browser.get("/accounts?guest.note=NOTE")), (Names{"Alpha", "Beta"}));
    EXPECT_EQ(names(browser.get("/accounts?guest.since.from=2026-02-01&guest.since.to=2026-02-28")), (Names{"Beta", "Gamma"}));
    EXPECT_EQ(names(browser.get("/accounts?guest.color=%27%20or%201%3D1")), Names{});
    for (const auto wrong : {"guest.score.from=much", "guest.score.from=1e3x", "guest.since.from=2026-02-30", "guest.since.to=tomorrow", "guest.hidden=1"})
        EXPECT_EQ(names(browser.get(std::string{"/accounts?"} + wrong)).size(), 4u) << wrong;
    const auto page = browser.get("/accounts?guest.color=red");
    EXPECT_TRUE(page.contains("<option value=\"red\" selected>red</option>")) << "choices of the column";
    EXPECT_TRUE(page.contains("name=\"guest.since.from\""));
}

TEST_F(Columns, every_account_is_on_exactly_one_page_whatever_its_value) {
    for (int i = 0; i < 70; ++i) {
        const auto id = add_account("Many " + std::to_string(i));
        if (i % 3) desk().app->pool().exec("insert into guest.score (account_id, score) values ($1, $2)", {id, std::int64_t{i % 5}});
    }
    auto browser = logged_in();
    for (const std::string sort : {"guest.score", "-guest.score"}) {
        std::multiset<std::string> seen;
        std::string url = "/accounts?q=many&sort=" + sort;
        for (int pages = 0; !url.empty() && pages < 10; ++pages) {
            const auto page = browser.get(url);
            ASSERT_EQ(page.status, 200);
            for (const auto& name : names(page)) seen.insert(name);
            const auto link = page.body.rfind("href=\"", page.body.find("rel=\"next\""));
            url = page.contains("rel=\"next\"") ? unescaped(between(page.body.substr(link), "href=\"", "\"")) : "";
        }
        EXPECT_EQ(seen.size(), 70u) << sort;
        EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 70u) << sort;
    }
    run("with gone as (delete from account where name like 'Many %' returning id) select count(*) from gone", {});
}

TEST_F(Columns, a_cursor_nobody_made_shows_the_beginning_or_is_refused_and_breaks_nothing) {
    auto browser = logged_in();
    for (const auto after : {"x", "1v", "0n", "1nff", "1vzz", "1v00", "99999999999999999999n"})
        EXPECT_EQ(browser.get(std::string{"/accounts?sort=guest.color&after="} + after).status, 200) << after;
    EXPECT_LT(browser.get("/accounts?sort=guest.score&after=1v616263").status, 500) << "abc is no number";
}

TEST_F(Columns, actions_stand_on_the_page_of_the_object_when_they_are_allowed_and_their_condition_holds) {
    const auto id = std::to_string(desk().count("select id from directory.account where name = 'Alpha'"));
    auto browser = logged_in();
    const auto page = browser.get("/accounts/" + id);
    EXPECT_TRUE(page.contains("href=\"/guest/accounts/" + id + "\""));
    EXPECT_TRUE(page.contains("action=\"/guest/mark\" data-confirm=\"Mark them?\""));
    EXPECT_FALSE(page.contains("Never shown"));
    EXPECT_FALSE(page.contains("Secretly"));
    run("update account set active = false where name = 'Alpha' returning id", {});
    EXPECT_FALSE(browser.get("/accounts/" + id).contains("data-confirm=\"Mark them?\""));
    run("update account set active = true where name = 'Alpha' returning id", {});
}

TEST_F(Columns, an_action_on_several_says_for_each_what_became_of_it) {
    auto browser = logged_in();
    const auto list = browser.get("/accounts");
    EXPECT_TRUE(list.contains("formaction=\"/guest/mark\""));
    EXPECT_FALSE(list.contains("/guest/accounts/")) << "only those for several";
    EXPECT_EQ(count_of(list.body, "form=\"bulk\""), 4u);
    const auto id = std::to_string(desk().count("select id from directory.account where name = 'Beta'"));
    const auto marked = browser.post("/guest/mark", {{"ids", id}}, {{"HX-Request", "true"}});
    EXPECT_TRUE(marked.contains("Marked.")) << marked.body;
    EXPECT_TRUE(browser.post("/guest/mark", {{"ids", "123456789"}}).contains("Gone."));
    EXPECT_TRUE(browser.post("/guest/mark", {}).contains("Nothing was selected."));
    EXPECT_EQ(desk().count("select count(*) from guest.score where marked"), 1);
}

TEST_F(Columns, are_gone_with_their_package_and_back_with_it) {
    ASSERT_TRUE(desk().app->lifecycle().disable("guest"));
    auto browser = logged_in();
    const auto page = browser.get("/accounts?sort=guest.score&guest.color=red");
    EXPECT_EQ(page.status, 200);
    EXPECT_FALSE(page.contains("Score"));
    EXPECT_FALSE(page.contains("bulk"));
    ASSERT_TRUE(desk().app->lifecycle().enable("guest"));
    EXPECT_EQ(names(browser.get("/accounts?guest.color=blue")), (Names{"Beta"}));
}

}  // namespace
}  // namespace web_test
