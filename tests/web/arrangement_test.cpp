// What stands where: on each user's own home page, and on pages of accounts by their type.
#include "support/wait.hpp"
#include "web/desk.hpp"

namespace web_test {
namespace {

const std::string kAdmin = "/admin/arrangement";

class ArrangementTest : public DeskTest {
protected:
    void SetUp() override {
        desk().app->pool().exec("delete from core.slot_arrangement");
        admin.log_in("admin");
        ASSERT_TRUE(support::wait_until([&] { return tiles(admin.get("/")) == "mul"; }));
    }
    // Which of the tiles come in which order: m(ine), u(nassigned), l(ate).
    static std::string tiles(const Answer& home) {
        std::map<std::size_t, char> found;
        for (const auto& [text, name] : {std::pair{"href=\"/tickets?assignee=me\"><span", 'm'},
                                         {"href=\"/tickets?assignee=none\"", 'u'},
                                         {"href=\"/tickets?late=1&amp;sort=due_at\"", 'l'}})
            if (const auto at = home.body.find(text); at != std::string::npos) found[at] = name;
        std::string out;
        for (const auto& [at, name] : found) out += name;
        return out;
    }
    Answer arrange(Browser& browser, const std::map<std::string, std::string>& change, const std::string& slot = "core.home.tiles") {
        auto fields = change;
        fields["slot"] = slot;
        return browser.post("/arrange", fields);
    }
    Answer arrange_accounts(const std::string& type, const std::map<std::string, std::string>& change,
                            const std::string& slot = "directory.account.main") {
        auto fields = change;
        fields["slot"] = slot;
        fields["variant"] = type;
        return admin.post(kAdmin, fields);
    }
    Browser user(const std::string& login) {
        desk().add_user(login);
        auto browser = desk().browser();
        browser.log_in(login);
        return browser;
    }
    std::string account(const std::string& type) {
        auto api = desk().api();
        const auto made = api.post("/api/v1/accounts", R"({"name":"Compte )" + type + R"(","type":")" + type + "\"}");
        EXPECT_EQ(made.status, 201) << made.body;
        return "/accounts/" + std::to_string(made.integer("id"));
    }
    Browser admin = desk().browser();
};

}  // namespace

TEST_F(ArrangementTest, R36_only_who_may_arranges_pages_for_others) {
    auto agent = user("fouineur");
    EXPECT_EQ(agent.get(kAdmin).status, 403);
    EXPECT_EQ(agent.post(kAdmin, {{"slot", "directory.account.main"}, {"variant", ""}, {"order", "x"}}).status, 403);
    EXPECT_EQ(arrange(agent, {{"widget", "tickets.account"}, {"hidden", "1"}}, "directory.account.main").status, 404) << "nor on his own";
    EXPECT_EQ(desk().count("select count(*) from core.slot_arrangement"), 0);
}

TEST_F(ArrangementTest, what_is_not_there_is_said_and_nothing_is_stored) {
    for (const auto* slot : {"none", "directory.account.actions", "", "<b>"}) {
        EXPECT_EQ(admin.get(kAdmin + "?slot=" + host::http::percent_encode(*slot ? slot : "x")).status, 404) << slot;
        EXPECT_EQ(arrange_accounts("customer", {{"order", "tickets.account"}}, slot).status, 404) << slot;
        EXPECT_EQ(arrange(admin, {{"order", "tickets.tile_late"}}, slot).status, 404) << slot;
    }
    EXPECT_EQ(arrange_accounts("no-such-type", {{"order", "tickets.account"}}).status, 404);
    EXPECT_EQ(arrange_accounts("user/1", {{"order", "tickets.tile_late"}}, "core.home.tiles").status, 404)
        << "nobody arranges another one's page";
    EXPECT_EQ(arrange(admin, {{"widget", "tickets.none"}, {"to", "up"}}).status, 404);
    EXPECT_EQ(arrange(admin, {}).status, 404);
    EXPECT_EQ(desk().count("select count(*) from core.slot_arrangement"), 0);
    EXPECT_EQ(arrange(admin, {{"order", "x,,tickets.tile_late,x,<b>"}}).status, 303) << "what is unknown in an order is passed over";
    EXPECT_EQ(tiles(admin.get("/")), "lmu");
}

TEST_F(ArrangementTest, everybody_orders_his_own_home_page) {
    auto first = user("rangee"), second = user("autre_rangee");
    ASSERT_EQ(tiles(first.get("/")), "mul");
    EXPECT_EQ(arrange(first, {{"order", "tickets.tile_late,tickets.tile_mine,tickets.tile_unassigned"}}).status, 303);
    EXPECT_EQ(tiles(first.get("/")), "lmu");
    EXPECT_EQ(tiles(second.get("/")), "mul") << "only his own";
    EXPECT_EQ(arrange(first, {{"widget", "tickets.tile_late"}, {"to", "down"}}).status, 303);
    EXPECT_EQ(tiles(first.get("/")), "mlu") << "buttons, without JavaScript";
    EXPECT_EQ(arrange(first, {{"widget", "tickets.tile_mine"}, {"to", "up"}}).status, 303) << "it is the first already";
    EXPECT_EQ(arrange(first, {{"widget", "tickets.tile_unassigned"}, {"hidden", "1"}}).status, 303);
    EXPECT_EQ(tiles(first.get("/")), "ml");
    EXPECT_TRUE(first.get("/arrange").contains("data-id=\"tickets.tile_unassigned\"")) << "hidden ones are there to be shown again";
    EXPECT_EQ(arrange(first, {{"widget", "tickets.tile_unassigned"}, {"hidden", "0"}}).status, 303);
    EXPECT_EQ(tiles(first.get("/")), "mlu");
    EXPECT_EQ(arrange(first, {{"reset", "1"}}).status, 303);
    EXPECT_EQ(tiles(first.get("/")), "mul");
}

TEST_F(ArrangementTest, a_new_tile_comes_after_those_that_were_ordered) {
    desk().app->pool().exec(
        "insert into core.slot_arrangement (slot, variant, widgets) select 'core.home.tiles', 'user/' || id, "
        "'{tickets.tile_late,gone.tile}' from core.app_user where login = 'admin'");
    EXPECT_TRUE(support::wait_until([&] { return tiles(admin.get("/")) == "lmu"; })) << "and other hosts are told of it";
}

TEST_F(ArrangementTest, an_administrator_gives_everybody_a_first_order) {
    auto first = user("suiveur"), second = user("original");
    EXPECT_EQ(arrange(second, {{"order", "tickets.tile_unassigned"}}).status, 303);
    EXPECT_EQ(arrange_accounts("", {{"order", "tickets.tile_late"}}, "core.home.tiles").status, 303);
    EXPECT_EQ(tiles(first.get("/")), "lmu");
    EXPECT_EQ(tiles(second.get("/")), "uml") << "what he chose himself counts";
}

TEST_F(ArrangementTest, htmx_is_given_the_list_alone) {
    const auto answer =
        admin.post("/arrange", {{"slot", "core.home.tiles"}, {"widget", "tickets.tile_late"}, {"to", "up"}}, {{"HX-Request", "true"}});
    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(answer.contains("<html"));
    EXPECT_LT(answer.body.find("data-id=\"tickets.tile_late\""), answer.body.find("data-id=\"tickets.tile_unassigned\""));
    EXPECT_TRUE(answer.contains("name=\"reset\""));
}

TEST_F(ArrangementTest, S0_10_widgets_of_an_account_by_its_type) {
    const auto lead = account("lead"), customer = account("customer");
    ASSERT_TRUE(admin.get(lead).contains("tickets"));
    const auto shows = [&](const std::string& page) { return admin.get(page).contains("id=\"h-tickets"); };
    ASSERT_TRUE(shows(lead)) << admin.get(lead).body;
    const auto page = admin.get(kAdmin + "?slot=directory.account.main&variant=lead");
    EXPECT_TRUE(page.contains("data-id=\"tickets.account\""));
    EXPECT_TRUE(page.contains("<option value=\"lead\" selected"));
    EXPECT_EQ(arrange_accounts("lead", {{"widget", "tickets.account"}, {"hidden", "1"}}).status, 303);
    EXPECT_FALSE(shows(lead));
    EXPECT_TRUE(shows(customer)) << "other types stay";
    EXPECT_EQ(arrange_accounts("", {{"widget", "tickets.account"}, {"hidden", "1"}}).status, 303);
    EXPECT_FALSE(shows(customer)) << "all types without an order of their own";
    EXPECT_EQ(arrange_accounts("customer", {{"widget", "tickets.account"}, {"hidden", "0"}}).status, 303);
    EXPECT_TRUE(shows(customer));
    EXPECT_EQ(arrange_accounts("", {{"reset", "1"}}).status, 303);
    EXPECT_EQ(arrange_accounts("lead", {{"reset", "1"}}).status, 303);
    EXPECT_TRUE(shows(lead));
    EXPECT_GE(
        desk().count(
            "select count(*) from core.audit where action = 'core.arrangement_changed' and subject = 'slot/directory.account.main/lead'"),
        2);
}

TEST_F(ArrangementTest, S0_10_the_order_of_the_widgets_of_an_account_by_its_type) {
    const auto lead = account("lead"), customer = account("customer");
    const auto order = [&](const std::string& page) {
        const auto body = admin.get(page).body;
        std::map<std::size_t, std::string> found;
        for (const auto* name : {"tickets", "contacts", "contracts"})
            if (const auto at = body.find("id=\"h-" + std::string{name} + "\""); at != std::string::npos) found[at] = name;
        std::string out;
        for (const auto& [at, name] : found) out += name + ' ';
        return out;
    };
    ASSERT_EQ(order(lead), "tickets contacts contracts ");
    EXPECT_EQ(arrange_accounts("lead", {{"order", "directory.account_contracts,tickets.account,directory.account_contacts"}}).status, 303);
    EXPECT_EQ(arrange_accounts("lead", {{"widget", "directory.account_contacts"}, {"hidden", "1"}}).status, 303);
    EXPECT_EQ(order(lead), "contracts tickets ");
    EXPECT_EQ(order(customer), "tickets contacts contracts ");
}

TEST_F(ArrangementTest, of_a_user_who_is_gone_nothing_is_left) {
    auto gone = user("ephemere");
    ASSERT_EQ(arrange(gone, {{"order", "tickets.tile_late"}}).status, 303);
    desk().app->pool().exec("delete from core.app_user where login = 'ephemere'");
    EXPECT_EQ(desk().count("select count(*) from core.slot_arrangement"), 0);
}

}  // namespace web_test
