// The hot life cycle as an administrator sees it: modules page, command line, running requests.
#include "web/desk.hpp"
#include "web/packages.hpp"
#include "support/wait.hpp"

#include <cstdlib>
#include <fstream>

namespace web_test {
namespace {

void replace(std::string& text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
}

int command(const Desk& desk, const std::string& arguments) {
    const auto& config = desk.app->config();
    const std::string line = "GUICHET_DATABASE_URL='" + config.database_url + "' GUICHET_STATE='" + config.state.string() + "' " BUILD_DIR "/guichet " +
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
    Desk desk;
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
    Desk desk;
    auto browser = desk.browser();
    browser.log_in("admin");
    browser.get("/admin/modules");
    const auto answer = browser.post("/admin/modules/directory/disable", {});
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.contains("tickets"));
    EXPECT_EQ(browser.get("/accounts").status, 200);
}

TEST(Modules, only_who_may_manage_modules_sees_the_page) {
    Desk desk;
    desk.add_user("agent");
    auto browser = desk.browser();
    browser.log_in("agent");
    EXPECT_EQ(browser.get("/admin/modules").status, 403);
    EXPECT_EQ(browser.post("/admin/modules/tickets/disable", {}).status, 403);
    EXPECT_EQ(browser.get("/tickets").status, 200);
}

TEST(Modules, a_running_host_follows_the_command_line) {
    Desk desk;
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

TEST(Modules, a_package_that_cannot_be_enabled_changes_nothing_and_says_why) {
    Desk desk;
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
    Desk desk;
    auto api = desk.api();
    const auto package = changed_package(desk.state / "broken", "tickets", [](std::string&) {});
    std::ofstream{package / "sql" / "0099_broken.expand.sql"} << "create table half_written (id int); select no_such_function();";
    EXPECT_NE(command(desk, "plugin install '" + package.string() + "'"), 0);
    EXPECT_NE(command_output(desk).find("no_such_function"), std::string::npos) << command_output(desk);
    EXPECT_EQ(desk.count("select count(*) from pg_class where relname = 'half_written'"), 0);
    EXPECT_EQ(api.get("/api/v1/tickets").status, 200);
}

}  // namespace web_test
