// Upgrades under load: no call fails, nothing stays mapped.
#include "desk.hpp"

#include <atomic>
#include <thread>

namespace host::plugin_tests {
namespace {

using HotSwap = DeskTest;

TEST_F(HotSwap, TwoHundredUpgradesUnderEightThreads) {
    ASSERT_TRUE(lifecycle_.install(built("good1")).ok());
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    packages_.add("extra");
    ASSERT_TRUE(lifecycle_.enable("extra").ok());

    std::atomic<bool> stop{false};
    std::atomic<std::uint64_t> calls{0}, failed{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i)
        clients.emplace_back([&, with_database = i == 0] {
            while (!stop) {
                const auto answer = desk_.get(with_database ? "/extra" : "/good/version");
                const bool right = answer.status == GUICHET_OK && (answer.body.starts_with("1.0.0") || answer.body.starts_with("1.1.0"));
                ++calls;
                if (!right) ++failed;
            }
        });
    int upgrades = 0;
    for (bool went_well = true; went_well && upgrades < 200; ++upgrades) {
        const auto result = lifecycle_.install(built(upgrades % 2 ? "good1" : "good2"));
        went_well = result.ok();
        EXPECT_TRUE(went_well) << outcome(result);
    }
    stop = true;
    for (auto& client : clients) client.join();
    EXPECT_GT(calls, 200u);
    EXPECT_EQ(failed, 0u);
    ASSERT_TRUE(desk_.settled());
    EXPECT_EQ(desk_.reaper.stats().unmapped, 200u);
    EXPECT_EQ(desk_.reaper.stats().still_mapped, 0u);
    EXPECT_EQ(desk_.mapped().size(), 2u);
    EXPECT_EQ(desk_.copies(), 2u);
}

}  // namespace
}  // namespace host::plugin_tests
