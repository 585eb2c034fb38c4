#include "db/listener.hpp"

#include "db/connection.hpp"
#include "support/postgres.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

using namespace host::db;

namespace {

// What the callbacks were told, in order.
class Diary {
public:
    Listener::Callbacks callbacks() {
        return {.notified = [this](std::string_view channel, std::string_view payload) { add(std::string{channel} + ":" + std::string{payload}); },
                .reconnected = [this] { add("reconnected"); },
                .lost = [this] { add("lost"); }};
    }
    void add(std::string entry) {
        const std::lock_guard lock{mutex_};
        entries_.push_back(std::move(entry));
        changed_.notify_all();
    }
    // The entries once there are that many, or what came in a long time.
    std::vector<std::string> wait(std::size_t count) {
        std::unique_lock lock{mutex_};
        changed_.wait_for(lock, std::chrono::seconds{60}, [&] { return entries_.size() >= count; });
        return entries_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> entries_;
};

using Entries = std::vector<std::string>;

class ListenerTest : public testing::Test {
protected:
    ~ListenerTest() override { support::start_server(); }
    void notify(std::string_view channel, std::string_view payload) {
        const Param params[] = {channel, payload};
        Connection{url_, 3000, 1000}.exec({}, "select pg_notify($1, $2)", params);
    }

    std::string url_ = support::fresh_database();
    Diary diary_;
};

}  // namespace

TEST_F(ListenerTest, HearsItsChannelsOnly) {
    const Listener listener{url_, {"core_registry", "Odd \"name"}, diary_.callbacks()};
    EXPECT_EQ(diary_.wait(1), (Entries{"reconnected"}));
    notify("other", "x");
    notify("core_registry", "7");
    notify("Odd \"name", "é");
    EXPECT_EQ(diary_.wait(3), (Entries{"reconnected", "core_registry:7", "Odd \"name:é"}));
}

TEST_F(ListenerTest, ReconnectsAndSaysSo) {
    const Listener listener{url_, {"core_registry"}, diary_.callbacks()};
    diary_.wait(1);
    support::stop_server();
    EXPECT_EQ(diary_.wait(2), (Entries{"reconnected", "lost"}));
    support::start_server();
    EXPECT_EQ(diary_.wait(3), (Entries{"reconnected", "lost", "reconnected"}));
    notify("core_registry", "8");
    EXPECT_EQ(diary_.wait(4).back(), "core_registry:8");
}

TEST_F(ListenerTest, StartsBeforeTheServer) {
    support::stop_server();
    const Listener listener{url_, {"core_registry"}, diary_.callbacks()};
    support::start_server();
    EXPECT_EQ(diary_.wait(1), (Entries{"reconnected"}));
}

TEST_F(ListenerTest, StopsWhileTheServerIsAway) {
    support::stop_server();
    { const Listener listener{url_, {"core_registry"}, {}}; }
    SUCCEED() << "the destructor came back";
}

TEST_F(ListenerTest, ACallbackThatThrowsDoesNotEndIt) {
    Listener::Callbacks callbacks = diary_.callbacks();
    callbacks.notified = [&](std::string_view, std::string_view payload) {
        diary_.add(std::string{payload});
        throw std::runtime_error{"no"};
    };
    const Listener listener{url_, {"core_registry"}, callbacks};
    diary_.wait(1);
    notify("core_registry", "1");
    notify("core_registry", "2");
    EXPECT_EQ(diary_.wait(3), (Entries{"reconnected", "1", "2"}));
}
