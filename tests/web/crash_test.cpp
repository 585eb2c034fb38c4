// A server that a module brings down, as the operator sees it: the program itself, started again each time.
#include "support/wait.hpp"
#include "web/desk.hpp"

#include <sys/wait.h>

#include <csignal>
#include <cstdlib>
#include <fstream>

namespace web_test {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream in{file};
    return {std::istreambuf_iterator<char>{in}, {}};
}

class Crash : public testing::Test {
protected:
    Crash() : folder_{fs::temp_directory_path() / ("guichet-crash-" + std::to_string(::getpid()))} {
        fs::create_directories(folder_ / "packages");
        fs::copy(fs::path{BUILD_DIR} / "test-packages/crash", folder_ / "packages/crash");
    }
    ~Crash() override {
        if (pid_ > 0) end(SIGKILL);
        fs::remove_all(folder_);
    }

    void start(bool safe_mode = false) {
        const auto log = folder_ / "log";
        fs::remove(log);
        pid_ = ::fork();
        if (pid_ == 0) {
            ::setenv("GUICHET_DATABASE_URL", url_.c_str(), 1);
            ::setenv("GUICHET_STATE", (folder_ / "state").c_str(), 1);
            ::setenv("GUICHET_PACKAGES", (folder_ / "packages").c_str(), 1);
            ::setenv("GUICHET_ADMIN_PASSWORD", std::string{kPassword}.c_str(), 1);
            ::setenv("GUICHET_LISTEN", "127.0.0.1:0", 1);
            ::setenv("GUICHET_SAFE_MODE", safe_mode ? "1" : "0", 1);
            if (!std::freopen(log.c_str(), "w", stdout)) ::_exit(98);
            ::execl(BUILD_DIR "/guichet", "guichet", "serve", nullptr);
            ::_exit(99);
        }
        ASSERT_TRUE(support::wait_until([&] { return text_of(log).find("serving address") != std::string::npos; })) << text_of(log);
        const auto line = text_of(log);
        const auto at = line.find("port=", line.find("serving address"));
        port_ = static_cast<std::uint16_t>(std::atoi(line.c_str() + at + 5));
    }
    int end(int signal) {
        ::kill(pid_, signal);
        return wait();
    }
    int wait() {
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = 0;
        return status;
    }
    int request(const std::string& path) { return Browser{port_}.get(path).status; }
    void crash() {
        EXPECT_ANY_THROW(request("/crash/abort"));  // no answer comes
        EXPECT_EQ(WTERMSIG(wait()), SIGABRT);
    }

    const std::string url_ = support::fresh_database();
    const fs::path folder_;
    pid_t pid_ = 0;
    std::uint16_t port_ = 0;
};

}  // namespace

TEST_F(Crash, a_module_that_brings_the_server_down_three_times_is_left_out_until_it_is_released) {
    start();
    for (int i = 0; i < 3; ++i) {
        crash();
        start();
    }
    EXPECT_EQ(request("/crash/abort"), 404);
    Browser browser{port_};
    browser.log_in("admin");
    const auto page = browser.get("/admin/modules");
    EXPECT_TRUE(page.contains("En quarantaine"));
    EXPECT_TRUE(page.contains("a fait tomber le processus 3 fois en dix minutes, la dernière fois par SIGABRT"));
    EXPECT_EQ(end(SIGKILL), SIGKILL);
    start();
    EXPECT_EQ(request("/crash/abort"), 404);
    Browser again{port_};
    again.log_in("admin");
    EXPECT_EQ(again.post("/admin/modules/crash/enable", {}).status, 303);
    crash();
}

TEST_F(Crash, safe_mode_serves_the_hosts_own_pages_and_says_so) {
    start();
    EXPECT_EQ(end(SIGTERM), 0);
    start(true);
    EXPECT_EQ(request("/crash/abort"), 404);
    Browser browser{port_};
    browser.log_in("admin");
    EXPECT_TRUE(browser.get("/").contains("Mode sans échec"));
    EXPECT_EQ(browser.post("/admin/modules/crash/enable", {}).status, 422);
    EXPECT_EQ(browser.post("/admin/modules/crash/disable", {}).status, 303);
    EXPECT_EQ(end(SIGTERM), 0);
    start();
    EXPECT_EQ(request("/crash/abort"), 404);
    Browser normal{port_};
    normal.log_in("admin");
    EXPECT_FALSE(normal.get("/").contains("Mode sans échec"));
}

}  // namespace web_test
