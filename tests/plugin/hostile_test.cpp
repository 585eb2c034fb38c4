// Plugins that misbehave: an enable that fails changes nothing users see and leaves nothing mapped; a call
// that fails is that call's failure only.
#include "desk.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace host::plugin_tests {
namespace {

using testing::HasSubstr;

struct RefusedCase {
    const char* package;
    const char* phase;
    const char* reason;
};
void PrintTo(const RefusedCase& c, std::ostream* out) { *out << c.package; }

class RefusedPlugin : public DeskTest, public testing::WithParamInterface<RefusedCase> {};

TEST_P(RefusedPlugin, ChangesNothingAndLeavesNothing) {
    packages_.add("good1", "good");
    packages_.add(GetParam().package);
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    const auto before = desk_.registry.current();
    const auto mapped = desk_.mapped();

    const auto result = lifecycle_.enable("hostile");
    ASSERT_FALSE(result.ok());
    EXPECT_THAT(outcome(result), HasSubstr(GetParam().reason));
    EXPECT_EQ(desk_.registry.current(), before);
    EXPECT_TRUE(desk_.settled());
    EXPECT_EQ(desk_.mapped(), mapped);
    EXPECT_EQ(desk_.copies(), 1u);

    const auto info = desk_.module("hostile");
    EXPECT_EQ(info.state, "failed");
    EXPECT_FALSE(info.wanted);
    EXPECT_EQ(info.error_phase, GetParam().phase);
    EXPECT_THAT(info.error_message, HasSubstr(GetParam().reason));
    EXPECT_EQ(desk_.body("/good/version"), "1.0.0");
}

INSTANTIATE_TEST_SUITE_P(
    Table, RefusedPlugin,
    testing::Values(RefusedCase{"throws_constructor_error", "load", "create failed: thrown on purpose"},
                    RefusedCase{"throws_constructor_int", "load", "create failed: exception of unknown type"},
                    RefusedCase{"throws_bind_error", "load", "bind failed: thrown on purpose"},
                    RefusedCase{"throws_bind_int", "load", "bind failed: exception of unknown type"},
                    RefusedCase{"throws_start_error", "load", "start failed: thrown on purpose"},
                    RefusedCase{"throws_start_int", "load", "start failed: exception of unknown type"},
                    RefusedCase{"throws_raw", "load", "start failed: no barrier"},
                    RefusedCase{"wrong_id", "load", "the library says id 'somebody.else', plugin.json says 'hostile'"},
                    RefusedCase{"wrong_version", "load", "the library says version '9.9.9', plugin.json says '1.0.0'"},
                    RefusedCase{"wrong_major", "load", "is built for version 2 of the plugin API"},
                    RefusedCase{"missing_handler", "load", "names the handler 'c', but bind() did not bind it"},
                    RefusedCase{"undeclared_handler", "load", "binds 'b', which plugin.json does not name"},
                    RefusedCase{"quiet_handler", "load", "binds 'hidden', which plugin.json does not name"},
                    RefusedCase{"two_exports", "load", "somebody_elses_business"}, RefusedCase{"unique_symbol", "load", "unique symbol"},
                    RefusedCase{"thread_local", "load", "thread_local variable with a destructor"}),
    [](const auto& p) { return std::string{p.param.package}; });

using HostileCall = DeskTest;

TEST_F(HostileCall, QuietHandlerIsCaughtInEveryLie) {
    packages_.add("quiet_handler");
    const auto text = outcome(lifecycle_.enable("hostile"));
    for (const char* lie : {"binds 'a' twice", "'a' cannot be called", "'hidden'", "binds 'hostile.service'"})
        EXPECT_THAT(text, HasSubstr(lie));
}

TEST_F(HostileCall, ExceptionsBecomeStatuses) {
    packages_.add("callbacks");
    ASSERT_TRUE(lifecycle_.enable("hostile").ok());
    const auto error = desk_.get("/hostile/error");
    EXPECT_EQ(error.status, GUICHET_E_CONFLICT);
    EXPECT_EQ(error.error, "thrown on purpose");
    EXPECT_EQ(desk_.get("/hostile/int").status, GUICHET_E_INTERNAL);
    EXPECT_EQ(desk_.get("/hostile/error").status, GUICHET_E_CONFLICT);  // still there
}

TEST_F(HostileCall, WidgetsThatThrowAreStatuses) {
    packages_.add("callbacks");
    ASSERT_TRUE(lifecycle_.enable("hostile").ok());
    const auto snapshot = desk_.registry.current();
    const auto& widget = snapshot->widgets("core.home").at(0);
    guichet_ctx ctx{desk_.services, snapshot, widget.generation, auth::system_principal(), "en", "test", 0};
    const auto status = abi::call(ctx, *widget.generation, [&] { return widget.handler.fn(widget.handler.self, &ctx, nullptr, nullptr); });
    EXPECT_EQ(status, GUICHET_E_INTERNAL);
}

TEST_F(HostileCall, OpenTransactionsAreRolledBack) {
    packages_.add("callbacks");
    ASSERT_TRUE(lifecycle_.enable("hostile").ok());
    const auto answer = desk_.get("/hostile/transaction");
    EXPECT_EQ(answer.status, GUICHET_E_INTERNAL);
    EXPECT_THAT(answer.error, HasSubstr("transaction"));
    EXPECT_EQ(desk_.scalar(
                  "select count(*)::text from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'"),
              "0");
}

TEST_F(HostileCall, StatusesThatDoNotExistAreInternal) {
    packages_.add("wild");
    ASSERT_TRUE(lifecycle_.enable("hostile").ok());
    EXPECT_EQ(desk_.get("/hostile/status").status, GUICHET_E_INTERNAL);
    EXPECT_EQ(desk_.get("/hostile/transaction").status, GUICHET_E_INTERNAL);
    EXPECT_EQ(desk_.scalar(
                  "select count(*)::text from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'"),
              "0");
    ASSERT_TRUE(lifecycle_.disable("hostile").ok());
    expect_nothing_mapped();
}

// The order in which the prototype crashed: a worker runs plugin code, the plugin goes, the worker ends.
void use_then_unload_then_end_thread(Desk& desk, const std::string& id, const std::vector<std::string>& paths) {
    std::mutex mutex;
    std::condition_variable changed;
    int stage = 0;
    std::vector<Answer> answers;
    std::thread worker{[&] {
        for (const auto& path : paths) answers.push_back(desk.get(path));
        std::unique_lock lock{mutex};
        stage = 1;
        changed.notify_all();
        changed.wait(lock, [&] { return stage == 2; });
    }};
    {
        std::unique_lock lock{mutex};
        changed.wait(lock, [&] { return stage == 1; });
    }
    EXPECT_TRUE(desk.lifecycle.disable(id).ok());
    EXPECT_TRUE(desk.settled());
    {
        const std::lock_guard lock{mutex};
        stage = 2;
    }
    changed.notify_all();
    worker.join();
    for (const auto& answer : answers) EXPECT_NE(answer.status, GUICHET_E_NOT_FOUND);
}

TEST_F(HostileCall, ThreadKeysKeepTheirLibraryMapped) {
    packages_.add("thread_key");
    ASSERT_TRUE(lifecycle_.enable("thread_key").ok());
    use_then_unload_then_end_thread(desk_, "thread_key", {"/thread_key"});
    EXPECT_EQ(desk_.reaper.stats().pinned, 1u);
    EXPECT_EQ(desk_.reaper.stats().still_mapped, 0u);
    EXPECT_EQ(desk_.mapped().size(), 1u);
}

TEST_F(HostileCall, PluginsOfAnotherCompilerRunBesideOurs) {
    packages_.add("libcxx");
    packages_.add("strict_c");
    packages_.add("good1", "good");
    for (const char* id : {"libcxx", "strict_c", "good"}) ASSERT_TRUE(lifecycle_.enable(id).ok()) << outcome(lifecycle_.enable(id));
    EXPECT_EQ(desk_.body("/libcxx/hello"), "hello from libc++");
    EXPECT_EQ(desk_.body("/strict_c"), "hello from C");
    EXPECT_EQ(desk_.body("/good/version"), "1.0.0");
    const auto thrown = desk_.get("/libcxx/throw");
    EXPECT_EQ(thrown.status, GUICHET_E_INTERNAL);
    EXPECT_EQ(thrown.error, "thrown by libc++");
    use_then_unload_then_end_thread(desk_, "libcxx", {"/libcxx/hello", "/libcxx/throw"});
    EXPECT_EQ(desk_.reaper.stats().pinned, 1u);
    ASSERT_TRUE(lifecycle_.enable("libcxx").ok());  // a fresh mapping beside the pinned one
    EXPECT_EQ(desk_.body("/libcxx/hello"), "hello from libc++");
}

}  // namespace
}  // namespace host::plugin_tests
