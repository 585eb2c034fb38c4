#include "support/postgres.hpp"

#include "base/file.hpp"

#include <gtest/gtest.h>
#include <libpq-fe.h>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

namespace support {
namespace {

namespace fs = std::filesystem;

// Lives until its standard input ends, which is when the test process is gone; then clears up after it.
constexpr const char* kKeeper = R"(
cat > /dev/null
pid=$(head -n 1 "$1/data/postmaster.pid" 2> /dev/null)
if [ -n "$pid" ]; then
    kill -CONT "$pid" $(cat "/proc/$pid/task/$pid/children" 2> /dev/null)
    kill -QUIT "$pid"
    for i in $(seq 100); do [ -e "$1/data/postmaster.pid" ] || break; sleep 0.1; done
fi
rm -rf "$1"
)";

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error{"test server: " + what}; }

// Databases are a thousand small files each: in memory where there is plenty of it.
fs::path folder_for_data() {
    constexpr std::uintmax_t kPlenty = 12ull << 30;
    const fs::path memory = "/dev/shm";
    std::error_code error;
    const auto space = fs::space(memory, error);
    const auto installed = static_cast<std::uintmax_t>(::sysconf(_SC_PHYS_PAGES)) * static_cast<std::uintmax_t>(::sysconf(_SC_PAGE_SIZE));
    return !error && space.available >= kPlenty && installed >= kPlenty * 3 / 2 ? memory : fs::temp_directory_path();
}

class Server {
public:
    Server();
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::string create_database(const std::string& template_name);
    std::string copy_of_database(const std::string& of);
    void start();
    bool try_start();
    void stop(int signal);
    void signal_all(int signal);
    std::uintmax_t log_size() const { return fs::file_size(log_); }
    void print_log(std::uintmax_t from) const;

private:
    pid_t spawn(const std::vector<std::string>& arguments, int input = -1) const;
    void run(const std::vector<std::string>& arguments) const;
    std::vector<pid_t> processes() const;
    std::string url(const std::string& database) const;

    const pid_t owner_ = ::getpid();
    const passwd* user_ = nullptr;  // to run as; null: as we are
    fs::path folder_;
    fs::path log_;
    int keeper_input_ = -1;
    pid_t keeper_ = -1;
    pid_t postmaster_ = -1;
    int databases_ = 0;
};

class LogPrinter : public testing::EmptyTestEventListener {
public:
    explicit LogPrinter(const Server& server) : server_{server}, start_{server.log_size()} {}
    void OnTestStart(const testing::TestInfo&) override { start_ = server_.log_size(); }
    void OnTestEnd(const testing::TestInfo& test) override {
        if (test.result()->Failed()) server_.print_log(start_);
    }

private:
    const Server& server_;
    std::uintmax_t start_;
};

Server& server() {
    static Server instance;
    return instance;
}

Server::Server() {
    if (::geteuid() == 0) {
        user_ = ::getpwnam("postgres");
        if (!user_) fail("PostgreSQL does not run as root and there is no user postgres");
    }
    std::string name = (folder_for_data() / "guichet-pg-XXXXXX").string();
    if (!::mkdtemp(name.data())) fail("no temporary folder");
    folder_ = name;
    log_ = folder_ / "log";
    std::ofstream{log_};
    if (user_ && (::chown(folder_.c_str(), user_->pw_uid, user_->pw_gid) != 0 || ::chown(log_.c_str(), user_->pw_uid, user_->pw_gid) != 0))
        fail("cannot give the folder to postgres");

    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) fail("no pipe");
    keeper_input_ = ends[1];
    keeper_ = spawn({"/bin/sh", "-c", kKeeper, "keeper", folder_.string()}, ends[0]);
    ::close(ends[0]);

    run({POSTGRES_BIN "/initdb", "--no-sync", "--no-instructions", "--auth=trust", "--username=postgres", "--encoding=UTF8",
         "--locale=C.UTF-8", "--pgdata=" + (folder_ / "data").string()});
    start();
    testing::UnitTest::GetInstance()->listeners().Append(new LogPrinter{*this});
}

Server::~Server() {
    if (::getpid() != owner_) return;  // a forked child of a test
    signal_all(SIGCONT);
    stop(SIGQUIT);
    ::close(keeper_input_);
    ::waitpid(keeper_, nullptr, 0);
}

pid_t Server::spawn(const std::vector<std::string>& arguments, int input) const {
    std::vector<char*> argv;
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    const pid_t child = ::fork();
    if (child < 0) fail("cannot fork");
    if (child > 0) return child;
    // Away from the terminal's group, so that Ctrl-C reaches the tests only.
    ::setsid();
    const int log = ::open(log_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    ::dup2(input >= 0 ? input : ::open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    if (user_ && (::setgroups(0, nullptr) != 0 || ::setgid(user_->pw_gid) != 0 || ::setuid(user_->pw_uid) != 0)) ::_exit(126);
    if (::chdir("/") == 0) ::execv(argv[0], argv.data());
    ::_exit(127);
}

void Server::run(const std::vector<std::string>& arguments) const {
    int status = 0;
    ::waitpid(spawn(arguments), &status, 0);
    if (status == 0) return;
    print_log(0);
    fail(arguments[0] + " failed");
}

// After SIGKILL the processes of the old server may hold its memory for a moment more.
void Server::start() {
    for (int tries = 0; tries < 50; ++tries) {
        if (postmaster_ > 0 || try_start()) return;
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    print_log(0);
    fail("postgres does not start");
}

bool Server::try_start() {
    postmaster_ = spawn({POSTGRES_BIN "/postgres", "-D", (folder_ / "data").string(), "-c", "listen_addresses=", "-c",
                         "unix_socket_directories=" + folder_.string(), "-c", "fsync=off", "-c", "full_page_writes=off", "-c",
                         "autovacuum=off", "-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "shared_buffers=32MB"});
    while (PQping(url("postgres").c_str()) != PQPING_OK) {
        if (::waitpid(postmaster_, nullptr, WNOHANG) != 0) {
            postmaster_ = -1;
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return true;
}

void Server::stop(int signal) {
    if (postmaster_ <= 0) return;
    if (signal == SIGKILL) signal_all(SIGKILL);
    else ::kill(postmaster_, signal);
    ::waitpid(postmaster_, nullptr, 0);
    postmaster_ = -1;
}

void Server::signal_all(int signal) {
    for (const pid_t process : processes()) ::kill(process, signal);
}

// The postmaster first, so that it starts nobody new in between.
std::vector<pid_t> Server::processes() const {
    if (postmaster_ <= 0) return {};
    const std::string pid = std::to_string(postmaster_);
    std::vector<pid_t> found{postmaster_};
    std::ifstream children{"/proc/" + pid + "/task/" + pid + "/children"};
    for (pid_t child = 0; children >> child;) found.push_back(child);
    return found;
}

std::string Server::url(const std::string& database) const {
    return "postgresql:///" + database + "?user=postgres&host=" + folder_.string();
}

std::string Server::copy_of_database(const std::string& of) {
    for (int n = databases_; n > 0; --n)
        if (url("test_" + std::to_string(n)) == of) return create_database("test_" + std::to_string(n));
    fail("no such database");
}

std::string Server::create_database(const std::string& template_name) {
    const std::string name = "test_" + std::to_string(++databases_);
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection{PQconnectdb(url("postgres").c_str()), &PQfinish};
    const std::unique_ptr<PGresult, decltype(&PQclear)> result{
        PQexec(connection.get(), ("create database " + name + " template " + template_name + " strategy file_copy").c_str()), &PQclear};
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(PQerrorMessage(connection.get()));
    return url(name);
}

void Server::print_log(std::uintmax_t from) const {
    const auto text = host::base::read_file(log_);
    if (text) std::cerr << "--- PostgreSQL log\n" << text->substr(std::min<std::size_t>(from, text->size())) << "---\n";
}

}  // namespace

std::string fresh_database() { return server().create_database("template0"); }
std::string copy_of_database(const std::string& url) { return server().copy_of_database(url); }
void stop_server() { server().stop(SIGQUIT); }
void kill_server() { server().stop(SIGKILL); }
void start_server() { server().start(); }
void freeze() { server().signal_all(SIGSTOP); }
void thaw() { server().signal_all(SIGCONT); }

}  // namespace support
