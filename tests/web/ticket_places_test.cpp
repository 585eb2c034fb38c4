// What another package adds to the pages of tickets.
#include "web/guest_desk.hpp"

namespace web_test {
namespace {

class TicketPlaces : public GuestDeskTest {
protected:
    static void SetUpTestSuite() {
        GuestDeskTest::SetUpTestSuite();
        auto api = desk().api();
        for (int i = 0; i < 40; ++i) {
            const auto id = api.post("/api/v1/tickets", R"({"subject": "Nr )" + std::to_string(i) + R"("})").integer("id");
            if (i % 4) desk().app->pool().exec("insert into guest.score (account_id, score) values ($1, $2)", {id, std::int64_t{i % 7}});
        }
    }
    // Subjects and scores of a page, as they follow.
    static std::vector<std::string> scores(const Answer& page) {
        std::vector<std::string> out;
        const std::string cell = "<td data-label=\"Score\">";
        for (auto at = page.body.find(cell); at != std::string::npos; at = page.body.find(cell, at + 1))
            out.push_back(page.body.substr(at + cell.size(), page.body.find("</td>", at) - at - cell.size()));
        return out;
    }
};

TEST_F(TicketPlaces, the_list_goes_on_by_a_column_of_another_package_and_ends_with_what_has_no_value) {
    auto browser = logged_in();
    for (const std::string sort : {"guest.ticket.score", "-guest.ticket.score"}) {
        const auto first = browser.get("/tickets?sort=" + sort);
        ASSERT_EQ(first.status, 200);
        ASSERT_EQ(scores(first).size(), 25u);
        const auto link = first.body.rfind("href=\"", first.body.find("rel=\"next\""));
        const auto second = browser.get(unescaped(between(first.body.substr(link), "href=\"", "\"")));
        auto all = scores(first);
        for (const auto& score : scores(second)) all.push_back(score);
        ASSERT_EQ(all.size(), 40u) << sort;
        EXPECT_TRUE(std::is_sorted(all.begin(), all.begin() + 30, [&](const auto& a, const auto& b) { return sort[0] == '-' ? a > b : a < b; })) << sort;
        for (auto it = all.begin() + 30; it != all.end(); ++it) EXPECT_EQ(*it, "–");
    }
}

TEST_F(TicketPlaces, the_list_filters_by_it_and_a_cursor_nobody_made_breaks_nothing) {
    auto browser = logged_in();
    EXPECT_EQ(scores(browser.get("/tickets?guest.ticket.score.from=6")), std::vector<std::string>(4, "&lt;6.00&gt;"));
    for (const auto cursor : {"x", "-created_at.1.2.", "1vz", "0n"})
        EXPECT_EQ(browser.get(std::string{"/tickets?sort=guest.ticket.score&cursor="} + cursor).status, 200) << cursor;
    for (const auto cursor : {"1v", "1v616263"}) EXPECT_LT(browser.get(std::string{"/tickets?sort=guest.ticket.score&cursor="} + cursor).status, 500) << cursor;
}

TEST_F(TicketPlaces, the_form_of_a_new_ticket_keeps_what_was_typed_into_fields_of_others) {
    auto browser = logged_in();
    EXPECT_TRUE(browser.get("/tickets/new").contains("name=\"guest.wish\""));
    const auto refused = browser.post("/tickets/new", {{"subject", ""}, {"guest.wish", "two <chairs>"}, {"other.wish", "mine"}, {"then", "open"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("value=\"two &lt;chairs&gt;\"")) << refused.body;
    EXPECT_EQ(browser.post("/tickets/new", {{"subject", "With a wish"}, {"guest.wish", "none"}, {"then", "open"}}).status, 303);
}

TEST_F(TicketPlaces, tabs_and_actions_follow_the_phase_of_the_ticket) {
    const auto id = std::to_string(desk().count("select min(id) from tickets.ticket"));
    auto browser = logged_in();
    const auto fresh = browser.get("/tickets/" + id);
    EXPECT_TRUE(fresh.contains("id=\"tab-guest.of_ticket\""));
    EXPECT_TRUE(fresh.contains("Count in"));
    EXPECT_EQ(desk().api().post("/api/v1/tickets/" + id + "/close", "").status, 200);
    const auto closed = browser.get("/tickets/" + id);
    EXPECT_FALSE(closed.contains("id=\"tab-guest.of_ticket\""));
    EXPECT_FALSE(closed.contains("Count in"));
    EXPECT_TRUE(browser.get("/tickets").contains("formaction=\"/guest/mark\""));
}

}  // namespace
}  // namespace web_test
