// Hot upgrades under load over HTTP: no failed request, no library left mapped (plugin_api.md 2.13, item 9).
#include "web/desk.hpp"
#include "web/packages.hpp"
#include "support/wait.hpp"

#include <atomic>
#include <fstream>
#include <set>
#include <thread>

namespace web_test {
namespace {

constexpr int kClients = 8;
constexpr int kUpgrades = 100;
constexpr auto kAtLeast = std::chrono::seconds{30};

std::set<std::string> mapped_libraries() {
    std::set<std::string> files;
    std::ifstream maps{"/proc/self/maps"};
    for (std::string line; std::getline(maps, line);)
        if (const auto at = line.find("run/tickets-"); at != std::string::npos) files.insert(line.substr(at));
    return files;
}

struct Load {
    std::atomic<bool> stop{false};
    std::atomic<std::uint64_t> answered{0}, failed{0};
    std::mutex mutex;
    std::string first_failure;

    void count(const Answer& answer, const std::string& what) {
        ++answered;
        if (answer.status >= 200 && answer.status < 300) return;
        ++failed;
        std::lock_guard lock{mutex};
        if (first_failure.empty()) first_failure = what + " -> " + std::to_string(answer.status) + " " + answer.body.substr(0, 400);
    }
};

void visit(std::uint16_t port, const std::string& key, const std::string& ticket, int seed, Load& load) {
    Browser browser{port};
    browser.log_in("admin");
    Api api{port, key};
    for (int i = seed; !load.stop; ++i) {
        switch (i % 4) {
            case 0: load.count(browser.get("/tickets"), "list"); break;
            case 1: load.count(browser.get("/tickets/" + ticket), "page"); break;
            case 2: load.count(api.get("/api/v1/tickets/" + ticket), "api"); break;
            default: load.count(api.post("/api/v1/tickets/" + ticket + "/messages", R"({"body":"encore","visibility":"team"})"), "post");
        }
    }
}

}  // namespace

TEST(HotSwap, a_hundred_upgrades_under_eight_keep_alive_clients_fail_no_request_and_leave_nothing_mapped) {
    const SomePackages two{"directory", "tickets"};
    Desk desk{{two.folder()}};
    auto api = desk.api();
    const auto ticket = std::to_string(api.post("/api/v1/tickets", R"({"subject":"Sous charge"})").integer("id"));
    const auto key = host::auth::create_api_key(desk.app->pool(), *host::auth::find_user(desk.app->pool(), "admin"), "load");
    const std::filesystem::path packages[] = {package_variant(desk.state / "a", "tickets", "a"), package_variant(desk.state / "b", "tickets", "b")};

    Load load;
    std::vector<std::thread> clients;
    for (int i = 0; i < kClients; ++i) clients.emplace_back(visit, desk.port(), key, ticket, i, std::ref(load));
    const auto end = std::chrono::steady_clock::now() + kAtLeast;
    int upgrades = 0;
    for (; upgrades < kUpgrades || std::chrono::steady_clock::now() < end; ++upgrades) {
        const auto installed = desk.app->lifecycle().install(packages[upgrades % 2]);
        ASSERT_TRUE(installed) << host::base::to_text(installed.problems());
    }
    load.stop = true;
    for (auto& client : clients) client.join();

    EXPECT_EQ(load.failed, 0u) << load.first_failure;
    EXPECT_GT(load.answered, 1000u);
    EXPECT_TRUE(desk.app->reaper().wait_idle(std::chrono::seconds{30}));
    EXPECT_EQ(desk.app->reaper().stats().still_mapped, 0u);
    EXPECT_GE(desk.app->reaper().stats().unmapped, static_cast<std::uint64_t>(upgrades));
    EXPECT_EQ(mapped_libraries().size(), 1u);
    std::cout << upgrades << " upgrades, " << load.answered << " requests, " << load.failed << " failed\n";
}

}  // namespace web_test
