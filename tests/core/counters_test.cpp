// Numbers: no gap and no double whoever writes, rolls back, or changes the mask.
#include "core/counters.hpp"

#include "core/database.hpp"

#include <atomic>
#include <chrono>
#include <mutex>
#include <random>
#include <set>
#include <thread>

namespace core_test {
namespace {

using namespace host;

constexpr std::int64_t kDay = 86'400'000'000;
constexpr std::int64_t kNovember = 1'795'348'800'000'000;  // 2026-11-22T12:00:00Z
const core::CounterCalendar kCalendar{"Europe/Paris", 1};

class CountersTest : public testing::Test {
protected:
    void declare(std::string_view mask) {
        database_.pool.exec("insert into core.counter (id, plugin_id, label, mask) values ('test.one', 'test', 'One', $1)"
                            " on conflict (id) do update set mask = excluded.mask",
                            {mask});
    }
    // The problem's code when there is none.
    std::string next(std::int64_t at_us = kNovember) {
        db::Transaction transaction{database_.pool};
        const auto number = core::next_number(transaction.connection(), "test.one", at_us, kCalendar);
        if (!number) return number.problems().front().code;
        transaction.commit();
        return *number;
    }
    std::string preview(std::string_view mask, std::int64_t at_us = kNovember) {
        auto lease = database_.pool.acquire();
        return core::preview_number(*lease, "test.one", *core::parse_counter_mask(mask), at_us, kCalendar).number;
    }
    Database database_;
};

}  // namespace

TEST_F(CountersTest, an_unknown_counter_is_said) { EXPECT_EQ(next(), "counter.unknown"); }

TEST_F(CountersTest, what_is_rolled_back_is_given_again) {
    declare("T{yy}{mm}-{0000}");
    EXPECT_EQ(next(), "T2611-0001");
    {
        db::Transaction transaction{database_.pool};
        EXPECT_EQ(*core::next_number(transaction.connection(), "test.one", kNovember, kCalendar), "T2611-0002");
        EXPECT_EQ(*core::next_number(transaction.connection(), "test.one", kNovember, kCalendar), "T2611-0003");
    }
    EXPECT_EQ(next(), "T2611-0002");
}

TEST_F(CountersTest, a_full_counter_says_so_and_takes_nothing) {
    declare("{000}");
    database_.pool.exec("select core.raise_counter('test.one', '#', 998)");
    EXPECT_EQ(next(), "999");
    EXPECT_EQ(next(), "counter.full");
    EXPECT_EQ(next(), "counter.full");
    EXPECT_EQ(preview("{000}"), "");
    declare("{0000}");
    EXPECT_EQ(next(), "1000") << "more digits: it goes on";
}

TEST_F(CountersTest, periods_start_again_and_late_documents_go_on_in_theirs) {
    declare("T{yy}{mm}-{000@99}");
    EXPECT_EQ(next(), "T2611-001");
    EXPECT_EQ(next(), "T2611-002");
    EXPECT_EQ(next(kNovember + 10 * kDay), "T2612-001");
    EXPECT_EQ(next(kNovember), "T2611-003") << "a document of the month before";
    declare("T{yy}{mm}{dd}-{000@1}");
    EXPECT_EQ(next(), "T261122-001");
    EXPECT_EQ(next(kNovember + kDay), "T261123-002") << "one count for the year";
    EXPECT_EQ(next(kNovember + 60 * kDay), "T270121-001");
}

TEST_F(CountersTest, the_offset_is_where_each_period_starts) {
    declare("{yy}{0000+100@1}");
    EXPECT_EQ(next(), "260101");
    EXPECT_EQ(next(), "260102");
    EXPECT_EQ(next(kNovember + 60 * kDay), "270101");
}

TEST_F(CountersTest, no_number_comes_twice_whatever_the_mask_becomes) {
    std::set<std::string> given;
    for (const auto* mask : {"T{yy}{mm}-{0000}", "T{yy}{mm}-{0000@99}", "T26{mm}-{0000}", "T{yyyy}-{000@1}", "T{yy}{mm}-{0000@1}", "T{yy}11-{0000}", "T{yy}{mm}-{00000}",
                             "T{yy}{mm}-{0000}"}) {
        declare(mask);
        for (const auto at : {kNovember, kNovember + 10 * kDay, kNovember + 60 * kDay, kNovember}) {
            const auto preview_of_it = preview(mask, at);
            const auto number = next(at);
            EXPECT_TRUE(given.insert(number).second) << number << " of " << mask;
            EXPECT_EQ(preview_of_it, number) << "the preview says what comes";
        }
    }
}

TEST_F(CountersTest, a_plugin_raises_its_own_counters_only) {
    declare("T{yy}{mm}-{0000}");
    database_.pool.exec("create role guichet_p_test");
    database_.pool.exec("grant usage on schema core to guichet_p_test");
    const db::Identity plugin{"guichet_p_test", "core"};
    const auto as_plugin = [&](std::string_view sql) {
        auto lease = database_.pool.acquire();
        lease->exec(plugin, sql, {});
    };
    as_plugin("select core.raise_counter('test.one', 'T2611-#', 41)");
    as_plugin("select core.raise_counter('test.one', 'T2611-#', 7)");
    EXPECT_EQ(next(), "T2611-0042");
    EXPECT_THROW(as_plugin("select core.raise_counter('other.one', '#', 41)"), db::Error);
    EXPECT_THROW(as_plugin("select core.raise_counter('testing.one', '#', 41)"), db::Error);
    EXPECT_THROW(as_plugin("update core.counter_value set value = 0"), db::Error);
    database_.pool.exec("drop owned by guichet_p_test");
    database_.pool.exec("drop role guichet_p_test");
}

// S0-16 and S0-18; issue 3: 8 concurrent writers.
TEST_F(CountersTest, eight_writers_who_roll_back_at_random_leave_no_gap) {
    declare("T{yy}{mm}-{000000}");
    constexpr int kWriters = 8, kEach = 250;
    std::mutex mutex;
    std::set<std::string> given;
    std::atomic<int> doubles{0};
    const auto begin = std::chrono::steady_clock::now();
    std::vector<std::thread> writers;
    for (int w = 0; w < kWriters; ++w)
        writers.emplace_back([&, w] {
            std::mt19937 random{static_cast<unsigned>(w)};
            for (int i = 0; i < kEach; ++i) {
                db::Transaction transaction{database_.pool};
                const auto number = core::next_number(transaction.connection(), "test.one", kNovember, kCalendar);
                if (random() % 4 == 0) continue;  // rolled back
                transaction.commit();
                std::lock_guard lock{mutex};
                if (!given.insert(*number).second) ++doubles;
            }
        });
    for (auto& writer : writers) writer.join();
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    EXPECT_EQ(doubles, 0);
    const auto count = static_cast<std::int64_t>(given.size());
    EXPECT_EQ(*given.rbegin(), core::write_number(*core::parse_counter_mask("T{yy}{mm}-{000000}"), {2026, 11, 22}, count)) << "no gap";
    RecordProperty("allocations_per_second", static_cast<int>(kWriters * kEach / seconds));
    std::cout << "counter allocations per second with 8 writers: " << static_cast<int>(kWriters * kEach / seconds) << '\n';
}

}  // namespace core_test
