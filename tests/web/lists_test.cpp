// Lists as an administrator edits them.
#include "web/desk.hpp"
#include "web/packages.hpp"

namespace web_test {
namespace {

const std::string kPath = "/admin/lists/tickets.priority";

class Lists : public DeskTest {
protected:
    void SetUp() override { browser.log_in("admin"); }

    std::int64_t id(const std::string& code) {
        return desk().app->pool().exec("select coalesce(max(id), 0) from core.list_item where list_id = 'tickets.priority' and code = $1", {code}).i64(0, 0);
    }
    std::string item(const std::string& code) { return kPath + "/items/" + std::to_string(id(code)); }
    std::string codes() {
        return std::string{desk().app->pool().exec("select string_agg(code, ' ' order by position, id) from core.list_item where list_id = 'tickets.priority'").text(0, 0)};
    }
    std::int64_t add(const std::string& name, const std::string& code) {
        EXPECT_EQ(browser.post(kPath, {{"fr", name}, {"en", ""}, {"color", "red"}}).status, 303);
        return id(code);
    }
    Browser browser = desk().browser();
};

}  // namespace

TEST_F(Lists, only_who_may_sees_and_changes_them) {
    desk().add_user("agent");
    auto agent = desk().browser();
    agent.log_in("agent");
    for (const std::string& path : {std::string{"/admin/lists"}, kPath}) EXPECT_EQ(agent.get(path).status, 403);
    for (const std::string& path : {kPath, kPath + "/order", item("HIGH"), item("HIGH") + "/active", item("HIGH") + "/move", item("HIGH") + "/delete"})
        EXPECT_EQ(agent.post(path, {{"fr", "x"}}).status, 403) << path;
    EXPECT_EQ(browser.get("/admin/lists/none").status, 303);
    EXPECT_EQ(browser.post("/admin/lists/none/order", {{"order", "1"}}).status, 303);
}

TEST_F(Lists, what_is_wrong_is_said) {
    const auto empty = browser.post(kPath, {{"fr", ""}, {"en", ""}, {"color", "red"}});
    EXPECT_EQ(empty.status, 422);
    EXPECT_TRUE(empty.contains("id=\"e-fr\""));
    EXPECT_EQ(browser.post(kPath, {{"fr", "X"}, {"color", "javascript"}}).status, 422);
    EXPECT_EQ(browser.post(item("HIGH"), {{"fr", ""}, {"en", ""}}).status, 422);
    EXPECT_EQ(browser.post(item("HIGH"), {{"color", "none"}}).status, 422);
    EXPECT_EQ(browser.post(kPath + "/items/999999/delete", {}).status, 422);
    EXPECT_EQ(browser.post(kPath + "/items/abc/active", {{"active", "1"}}).status, 422);
}

TEST_F(Lists, S0_08_renamed_recoloured_and_seen_by_everybody_at_once) {
    ASSERT_TRUE(browser.get(kPath).contains("value=\"Haute\""));
    const auto page = browser.get(kPath).body;
    const auto form = page.find("class=\"entry-names\"");
    EXPECT_LT(page.find("class=\"visually-hidden\" type=\"submit\"", form), page.find("name=\"color\"", form)) << "Enter presses the first button";
    const auto fragment = browser.post(item("HIGH"), {{"fr", "Très <haute>"}, {"en", "Very high"}}, {{"HX-Request", "true"}});
    EXPECT_EQ(fragment.status, 200);
    EXPECT_TRUE(fragment.contains("value=\"Très &lt;haute&gt;\""));
    EXPECT_FALSE(fragment.contains("<html"));
    EXPECT_EQ(browser.post(item("HIGH"), {{"color", "purple"}}).status, 303) << "without htmx: back to the page";
    EXPECT_TRUE(browser.get("/tickets/new").contains("Très &lt;haute&gt;"));
    EXPECT_EQ(desk().count("select count(*) from core.audit where action = 'core.list_changed'") > 1, true);
}

TEST_F(Lists, S0_07_an_entry_is_added_used_deactivated_and_deleted_only_when_unused) {
    add("Vitale", "VITALE");
    EXPECT_TRUE(browser.get("/tickets/new").contains("Vitale"));
    auto api = desk().api();
    const auto ticket = api.post("/api/v1/tickets", R"({"subject":"x","priority":"VITALE"})");
    ASSERT_EQ(ticket.status, 201) << ticket.body;

    const auto refused = browser.post(item("VITALE") + "/delete", {});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("ne peut pas être supprimé"));
    EXPECT_EQ(browser.post(item("VITALE") + "/active", {{"active", "0"}}).status, 303);
    EXPECT_FALSE(browser.get("/tickets/new").contains("Vitale")) << "no longer offered";
    EXPECT_TRUE(browser.get("/tickets/" + std::to_string(ticket.integer("id"))).contains("Vitale")) << "stays where it is used";

    ASSERT_EQ(api.patch("/api/v1/tickets/" + std::to_string(ticket.integer("id")), R"({"priority":"NORMAL"})").status, 200);
    EXPECT_EQ(browser.post(item("VITALE") + "/delete", {}).status, 303);
    EXPECT_EQ(id("VITALE"), 0);
}

TEST_F(Lists, S3_21_a_type_can_be_chosen_when_it_exists) {
    const std::string types = "/admin/lists/tickets.type", ticket = R"({"subject":"x","type":"INSTALLATION"})";
    auto api = desk().api();
    EXPECT_FALSE(api.post("/api/v1/tickets", ticket).error("type").empty());
    EXPECT_EQ(browser.post("/tickets/new", {{"subject", "x"}, {"type", "INSTALLATION"}}).status, 422);
    EXPECT_FALSE(browser.get("/tickets/new").contains("Installation"));
    browser.get(types);
    ASSERT_EQ(browser.post(types, {{"fr", "Installation"}, {"en", ""}, {"color", "blue"}}).status, 303);
    EXPECT_TRUE(browser.get("/tickets/new").contains("Installation"));
    EXPECT_EQ(api.post("/api/v1/tickets", ticket).status, 201);
    const auto type = desk().count("select id from core.list_item where list_id = 'tickets.type' and code = 'INSTALLATION'");
    ASSERT_EQ(browser.post(types + "/items/" + std::to_string(type) + "/active", {{"active", "0"}}).status, 303);
    EXPECT_FALSE(api.post("/api/v1/tickets", ticket).error("type").empty()) << "no longer offered";
}

TEST_F(Lists, ordered_by_dragging_and_by_buttons) {
    const auto before = codes();
    const auto last = before.substr(before.rfind(' ') + 1), first = before.substr(0, before.find(' '));
    EXPECT_EQ(browser.post(kPath + "/order", {{"order", std::to_string(id(last))}}, {{"HX-Request", "true"}}).status, 200);
    EXPECT_TRUE(codes().starts_with(last));
    EXPECT_EQ(browser.post(item(last) + "/move", {{"to", "down"}}).status, 303);
    EXPECT_TRUE(codes().starts_with(first + " " + last));
    EXPECT_EQ(browser.post(item(last) + "/move", {{"to", "up"}}).status, 303);
    EXPECT_TRUE(codes().starts_with(last));
    EXPECT_EQ(browser.post(kPath + "/order", {{"order", "x,,99999999999999999999"}}).status, 303);
    EXPECT_TRUE(codes().starts_with(last)) << "nonsense changes nothing";
}

TEST(ListsOfAnUpgrade, new_entries_come_and_deleted_ones_stay_away) {
    Desk desk;
    auto browser = desk.browser();
    browser.log_in("admin");
    auto& pool = desk.app->pool();
    const auto low = pool.exec("select id from core.list_item where list_id = 'tickets.priority' and code = 'LOW'").i64(0, 0);
    browser.get(kPath);
    ASSERT_EQ(browser.post(kPath + "/items/" + std::to_string(low) + "/delete", {}).status, 303);
    ASSERT_EQ(browser.post(kPath + "/items/" + std::to_string(pool.exec("select id from core.list_item where list_id = 'tickets.priority' and code = 'HIGH'").i64(0, 0)),
                           {{"fr", "La mienne"}, {"en", "Mine"}}).status, 303);
    const auto folder = desk.state / "upgraded";
    changed_package(folder, "tickets", [](std::string& text) {
        const std::string at = R"({ "code": "LOW")";
        ASSERT_NE(text.find(at), std::string::npos);
        text.replace(text.find(at), at.size(), R"({ "code": "BRAND_NEW", "color": "teal", "labels": { "fr": "Neuve", "en": "Brand new" } }, { "code": "LOW")");
    });
    ASSERT_TRUE(desk.app->lifecycle().install(folder / "tickets"));
    ASSERT_TRUE(desk.app->lifecycle().enable("tickets"));
    EXPECT_EQ(desk.count("select count(*) from core.list_item where list_id = 'tickets.priority' and code = 'LOW'"), 0);
    EXPECT_EQ(desk.count("select count(*) from core.list_item where list_id = 'tickets.priority' and code = 'BRAND_NEW'"
                         " and position = (select max(position) from core.list_item where list_id = 'tickets.priority')"), 1);
    EXPECT_TRUE(browser.get(kPath).contains("La mienne"));
}

}  // namespace web_test
