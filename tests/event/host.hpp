// A host without pages that delivers events: two of them on one database are two processes as far as the database knows.
#pragma once

#include "plugin/desk.hpp"

#include "event/dispatcher.hpp"
#include "event/subscriptions.hpp"
#include "support/wait.hpp"

#include <gtest/gtest.h>

namespace host::event_tests {

using plugin_tests::Database;
using plugin_tests::Packages;

class Host {
public:
    Host(const Database& database, const std::filesystem::path& packages) : desk{database, packages} {
        desk.registry.observe([this](const plugin::Snapshot& next) { event::sync_subscriptions(desk.pool, next); });
        desk.lifecycle.start();
        dispatcher.start();
    }
    ~Host() { dispatcher.stop(); }

    // "ordered", or "<error>[ @ field]".
    std::string order(std::int64_t id, std::string_view item) const { return get("/shop/order/" + std::to_string(id) + "/" + std::string{item}); }
    std::string get(const std::string& path) const {
        const auto answer = desk.get(path);
        return answer.status == GUICHET_OK ? answer.body : answer.error + (answer.field.empty() ? "" : " @ " + answer.field);
    }
    void enable(const std::string& id) {
        const auto done = desk.lifecycle.enable(id);
        ASSERT_TRUE(done) << base::to_text(done.problems());
    }
    void disable(const std::string& id) {
        const auto done = desk.lifecycle.disable(id);
        ASSERT_TRUE(done) << base::to_text(done.problems());
    }

    plugin_tests::Desk desk;
    event::Dispatcher dispatcher{desk.services, desk.registry, 2};
};

class EventTest : public testing::Test {
protected:
    EventTest() {
        for (const char* id : {"shop", "taxes", "alpha", "log"}) packages_.add(id);
        host_ = std::make_unique<Host>(database_, packages_.path());
        host_->enable("shop");
    }

    db::Rows sql(std::string_view text) { return host_->desk.pool.exec(text); }
    std::int64_t count(std::string_view from) { return sql("select count(*) from " + std::string{from}).i64(0, 0); }
    // Once every delivery is done or dead; what waits for its next attempt is due at once.
    bool settled() {
        return support::wait_until([this] {
            host_->desk.pool.exec("update core.delivery set not_before = clock_timestamp() where state = 'ready' and not_before > clock_timestamp()");
            host_->dispatcher.wake();
            return count("core.delivery where state in ('ready', 'leased')") == 0;
        });
    }

    Database database_;
    Packages packages_;
    std::unique_ptr<Host> host_;
};

}  // namespace host::event_tests
