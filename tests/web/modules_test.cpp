// The hot life cycle as an administrator sees it: modules page, command line, running requests.
#include "web/desk.hpp"
#include "web/packages.hpp"
#include "support/wait.hpp"

#include <cstdlib>
#include <fstream>

namespace web_test {
namespace {

// Nothing needs tickets here.
struct SmallDesk : private SomePackages, Desk {
    SmallDesk() : SomePackages{"directory", "tickets"}, Desk{{folder()}} {}
};

void replace(std::string& text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
}

int command(const Desk& desk, const std::string& arguments) {
    const auto& config = desk.app->config();
    const std::string line = "GUICHET_DATABASE_URL='" + config.database_url + "' GUICHET_STATE='" + config.state.string() + "' GUICHET_PACKAGES='" +
                             config.packages.front().string() + "' " BUILD_DIR "/guichet " +
                             arguments + " > '" + (config.state / "command.log").string() + "' 2>&1";
    return std::system(line.c_str());
}

std::string command_output(const Desk& desk) {
    std::ifstream in{desk.app->config().state / "command.log"};
    return {std::istreambuf_iterator<char>{in}, {}};
}

bool mapped(const std::string& part) {
    std::ifstream maps{"/proc/self/maps"};
    for (std::string line; std::getline(maps, line);)
        if (line.find(part) != std::string::npos) return true;
    return false;
}

}  // namespace

TEST(Modules, disabling_takes_everything_away_and_enabling_brings_it_back) {
    SmallDesk desk;
    auto browser = desk.browser();
    browser.log_in("admin");
    auto api = desk.api();
    const auto created = api.post("/api/v1/tickets", R"({"subject":"Reste là"})");
    EXPECT_TRUE(browser.get("/").contains("href=\"/tickets\""));

    ASSERT_TRUE(browser.get("/admin/modules").contains("tickets"));
    EXPECT_EQ(browser.post("/admin/modules/tickets/disable", {}).status, 303);
    EXPECT_FALSE(browser.get("/").contains("href=\"/tickets\""));
    EXPECT_EQ(browser.get("/tickets").status, 404);
    EXPECT_EQ(api.get("/api/v1/tickets").status, 404);
    EXPECT_TRUE(desk.app->reaper().wait_idle(std::chrono::seconds{20}));
    EXPECT_FALSE(mapped("run/tickets-")) << "its library is no longer mapped";

    EXPECT_EQ(browser.post("/admin/modules/tickets/enable", {}).status, 303);
    EXPECT_EQ(api.get("/api/v1/tickets/" + std::to_string(created.integer("id"))).text("subject"), "Reste là");
    EXPECT_TRUE(browser.get("/").contains("href=\"/tickets\""));
}

TEST(Modules, what_another_needs_cannot_be_disabled) {
    SmallDesk desk;
    auto browser = desk.browser();
    browser.log_in("admin");
    browser.get("/admin/modules");
    const auto answer = browser.post("/admin/modules/directory/disable", {});
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.contains("tickets"));
    EXPECT_EQ(browser.get("/accounts").status, 200);
}

TEST(Modules, what_would_be_done_is_shown_before_it_is_done) {
    SmallDesk desk;
    auto browser = desk.browser();
    browser.log_in("admin");
    const auto plan = browser.get("/admin/modules/directory/disable");
    EXPECT_EQ(plan.status, 200);
    EXPECT_LT(plan.body.find("Désactiver tickets\u202f;"), plan.body.find("Désactiver directory\u202f;")) << "in the order in which it is done";
    EXPECT_TRUE(plan.contains("il a besoin de directory"));
    EXPECT_EQ(browser.get("/tickets").status, 200) << "nothing was done";
    EXPECT_EQ(browser.post("/admin/modules/directory/disable", {{"cascade", "1"}}).status, 303);
    EXPECT_EQ(browser.get("/tickets").status, 404);
    EXPECT_EQ(browser.get("/accounts").status, 404);

    const auto back = browser.get("/admin/modules/tickets/enable");
    EXPECT_LT(back.body.find("Activer directory 1"), back.body.find("Activer tickets 1"));
    EXPECT_FALSE(back.contains("0001_tickets.expand.sql")) << "its migrations have run";
    EXPECT_EQ(browser.post("/admin/modules/tickets/enable", {}).status, 303);
    EXPECT_TRUE(browser.get("/admin/modules/tickets/enable").contains("il n’y a rien à faire"));

    const auto refused = browser.get("/admin/modules/tickets/rollback");
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("n’a jamais été mis à niveau"));
    EXPECT_FALSE(refused.contains("Confirmer"));
    EXPECT_TRUE(browser.get("/admin/modules/nothing/enable").contains("n’est installé"));
}

TEST(Modules, a_preset_is_shown_then_applied) {
    SmallDesk desk;
    auto browser = desk.browser();
    browser.log_in("admin");
    const auto page = browser.get("/admin/modules");
    for (const auto* name : {"minimal", "full", "guichet", "koban", "doliplus", "axelor"})
        EXPECT_TRUE(page.contains("/admin/modules/presets/" + std::string{name} + "/apply")) << name;
    ASSERT_EQ(browser.post("/admin/modules/tickets/disable", {}).status, 303);
    const auto plan = browser.get("/admin/modules/presets/koban/apply");
    EXPECT_EQ(plan.status, 200);
    EXPECT_TRUE(plan.contains("Activer tickets"));
    EXPECT_TRUE(plan.contains("<code>timesheet</code>")) << "what is not installed is said";
    EXPECT_EQ(browser.get("/tickets").status, 404);
    EXPECT_EQ(browser.post("/admin/modules/presets/koban/apply", {}).status, 303);
    EXPECT_EQ(browser.get("/tickets").status, 200);
    EXPECT_EQ(desk.count("select count(*) from core.setting where plugin_id = 'tickets' and value @> '{\"allow_leads\": false, \"account_required\": true}'"), 1);
    EXPECT_TRUE(browser.get("/admin/modules/presets/axelor/apply").contains("Confirmer")) << "its settings differ";
    ASSERT_EQ(browser.post("/admin/modules/presets/axelor/apply", {}).status, 303);
    EXPECT_EQ(desk.count("select count(*) from core.setting where plugin_id = 'tickets' and value @> '{\"closed_is_final\": true}'"), 1);
    EXPECT_EQ(browser.get("/admin/modules/presets/nothing/apply").status, 404);
    EXPECT_EQ(browser.post("/admin/modules/presets/nothing/apply", {}).status, 404);
}

TEST(Modules, only_who_may_manage_modules_sees_the_page) {
    SmallDesk desk;
    desk.add_user("agent");
    auto browser = desk.browser();
    browser.log_in("agent");
    EXPECT_EQ(browser.get("/admin/modules").status, 403);
    EXPECT_EQ(browser.post("/admin/modules/tickets/disable", {}).status, 403);
    EXPECT_EQ(browser.get("/admin/modules/tickets/disable").status, 403);
    EXPECT_EQ(browser.get("/admin/modules/presets/koban/apply").status, 403);
    EXPECT_EQ(browser.post("/admin/modules/presets/koban/apply", {}).status, 403);
    EXPECT_EQ(browser.get("/tickets").status, 200);
}

TEST(Modules, a_running_host_follows_the_command_line) {
    SmallDesk desk;
    auto api = desk.api();
    ASSERT_EQ(command(desk, "plugin disable tickets"), 0) << command_output(desk);
    EXPECT_TRUE(support::wait_until([&] { return api.get("/api/v1/tickets").status == 404; }));
    ASSERT_EQ(command(desk, "plugin enable tickets"), 0) << command_output(desk);
    EXPECT_TRUE(support::wait_until([&] { return api.get("/api/v1/tickets").status == 200; }));
    EXPECT_EQ(command(desk, "plugin list"), 0);
    EXPECT_NE(command_output(desk).find("directory"), std::string::npos);
    EXPECT_NE(command(desk, "plugin disable directory"), 0);
    EXPECT_NE(command(desk, "plugin enable nothing"), 0);
    EXPECT_NE(command(desk, "plugin enable"), 0);
}

TEST(Modules, the_command_line_says_what_it_would_do) {
    SmallDesk desk;
    auto api = desk.api();
    const auto says = [&](const std::string& arguments, const std::string& text) {
        EXPECT_NE(command_output(desk).find(text), std::string::npos) << arguments << ": " << command_output(desk);
    };
    const auto run = [&](const std::string& arguments, int status, const std::string& text) {
        EXPECT_EQ(command(desk, arguments) == 0, status == 0) << arguments << ": " << command_output(desk);
        says(arguments, text);
    };
    run("plugin disable directory --cascade --dry-run", 0, "1. disable tickets, which needs directory\n2. disable directory");
    run("plugin disable directory --dry-run", 1, "directory is required by tickets");
    run("plugin enable tickets --dry-run", 0, "Nothing would change.");
    run("plugin rollback tickets --dry-run", 1, "was never upgraded");
    run("plugin install '" + package_variant(desk.state / "next", "tickets", "x").string() + "' --dry-run", 0, "1. upgrade tickets");
    run("deploy koban --dry-run", 0, "not installed: timesheet");
    run("deploy koban", 0, "not installed:");
    run("deploy nothing", 1, "nothing");
    run("plugin enable tickets --forever", 1, "no option --forever");
    EXPECT_EQ(api.get("/api/v1/tickets").status, 200) << "nothing of it was done";

    run("plugin install '" + (desk.state / "next/tickets").string() + "'", 0, "is installed");
    run("plugin rollback tickets", 0, "is enabled; it was");
    std::ofstream{desk.state / "own.json"} << R"({"name": "Own", "plugins": {"tickets": "disabled"}})";
    run("deploy '" + (desk.state / "own.json").string() + "'", 0, "Own: 1 modules changed");
    EXPECT_TRUE(support::wait_until([&] { return api.get("/api/v1/tickets").status == 404; }));
    std::ofstream{desk.state / "own.json"} << R"({"name": "Own", "plugins": {"tickets": "perhaps"}, "pins": {"tickets": 7}, "more": 1})";
    run("deploy '" + (desk.state / "own.json").string() + "'", 1, "/plugins/tickets");
    says("deploy", "/pins/tickets");
    says("deploy", "/more");
}

TEST(Modules, check_says_what_is_wrong_and_survives_it) {
    SmallDesk desk;
    const auto package = [](const std::string& name) { return "'" BUILD_DIR "/test-packages/" + name + "'"; };
    EXPECT_EQ(command(desk, "plugin check '" BUILD_DIR "/packages/tickets'"), 0) << command_output(desk);
    EXPECT_NE(command(desk, "plugin check " + package("crash_in_bind")), 0);
    EXPECT_NE(command_output(desk).find("brings the process down when it is loaded: Aborted"), std::string::npos) << command_output(desk);
    EXPECT_NE(command(desk, "plugin check " + package("unresolved")), 0);
    EXPECT_NE(command_output(desk).find("function_that_nobody_has"), std::string::npos) << command_output(desk);
    EXPECT_NE(command(desk, "plugin check --json " + package("missing_handler")), 0);
    EXPECT_NE(command_output(desk).find("\"code\":\"bind."), std::string::npos) << command_output(desk);
    const auto broken = changed_package(desk.state / "broken", "directory", [](std::string&) {});
    std::ofstream{broken / "sql" / "0099_broken.expand.sql"} << "create table fine (id int); select no_such_function();";
    EXPECT_NE(command(desk, "plugin check '" + broken.string() + "'"), 0);
    EXPECT_NE(command_output(desk).find("0099_broken.expand.sql"), std::string::npos) << command_output(desk);
    EXPECT_NE(command_output(desk).find("no_such_function"), std::string::npos);
    EXPECT_EQ(desk.count("select count(*) from pg_namespace where nspname like 'guichet_check%'"), 0) << "nothing is left";
    EXPECT_EQ(desk.count("select count(*) from core.plugin_migration where plugin_id like 'guichet_check%'"), 0);
}

TEST(Modules, a_package_that_cannot_be_enabled_changes_nothing_and_says_why) {
    SmallDesk desk;
    auto api = desk.api();
    const auto id = api.post("/api/v1/tickets", R"({"subject":"Toujours servi"})").integer("id");
    const auto folder = desk.state / "broken";
    struct Case { std::string from, to; };
    const Case cases[] = {
        {"\"manifest\"", "\"manifesto\""},
        {"\"abi\": \"^1.0\"", "\"abi\": \"^9.0\""},
        {"\"handler\": \"", "\"handler\": \"not_bound."},
        {"\"requires\": {", "\"requires\": {\"absent\": \"^1.0\", "},
    };
    for (const auto& c : cases) {
        const auto package = changed_package(folder, "tickets", [&](std::string& text) { replace(text, c.from, c.to); });
        EXPECT_NE(command(desk, "plugin install '" + package.string() + "'"), 0) << c.from;
        EXPECT_GT(command_output(desk).size(), 20u) << "the reason is printed";
        EXPECT_EQ(api.get("/api/v1/tickets/" + std::to_string(id)).status, 200) << c.from;
    }
}

TEST(Modules, a_failing_migration_leaves_the_schema_as_it_was) {
    SmallDesk desk;
    auto api = desk.api();
    const auto package = changed_package(desk.state / "broken", "tickets", [](std::string&) {});
    std::ofstream{package / "sql" / "0099_broken.expand.sql"} << "create table half_written (id int); select no_such_function();";
    EXPECT_NE(command(desk, "plugin install '" + package.string() + "'"), 0);
    EXPECT_NE(command_output(desk).find("no_such_function"), std::string::npos) << command_output(desk);
    EXPECT_EQ(desk.count("select count(*) from pg_class where relname = 'half_written'"), 0);
    EXPECT_EQ(api.get("/api/v1/tickets").status, 200);
}

}  // namespace web_test
