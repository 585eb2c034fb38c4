#include "parse.hpp"

#include "frame.hpp"
#include "message_json.hpp"

#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace mailbox {
namespace {

using Clock = std::chrono::steady_clock;

// An answer is not larger than what is allowed to be in a message, twice as text.
constexpr std::uint64_t kLargestJson = 256u << 20;
constexpr std::uint64_t kLargestContent = 128u << 20;

int left_ms(Clock::time_point deadline) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    return left > 0 ? static_cast<int>(left) : 0;
}

// False when the time is over.
bool wait_for(int fd, short events, Clock::time_point deadline) {
    pollfd waiting{fd, events, 0};
    for (;;) {
        const int ready = ::poll(&waiting, 1, left_ms(deadline));
        if (ready >= 0 || errno != EINTR) return ready > 0;
    }
}

}  // namespace

Parser::Parser(const std::filesystem::path& package, std::chrono::milliseconds wall_limit)
    : program_{package / "bin" / "guichet-mail-parser"}, wall_limit_{wall_limit} {}

Parser::~Parser() { stop(); }

bool Parser::start() {
    if (pid_ > 0) return true;
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return false;
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], 0);
    auto path = program_.string();
    char* const arguments[] = {path.data(), nullptr};
    char language[] = "LC_ALL=C.UTF-8";
    char* const environment[] = {language, nullptr};  // nothing of ours is its business
    const int error = ::posix_spawn(&pid_, path.c_str(), &actions, nullptr, arguments, environment);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (error != 0) {
        ::close(ends[0]);
        pid_ = -1;
        return false;
    }
    socket_ = ends[0];
    return true;
}

void Parser::stop() {
    if (pid_ <= 0) return;
    ::close(socket_);
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    socket_ = -1;
}

bool Parser::send(std::string_view bytes, Clock::time_point deadline) {
    while (!bytes.empty()) {
        if (!wait_for(socket_, POLLOUT, deadline)) return problem_ = "takes too long to read", false;
        const auto n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (n <= 0) return ended();
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

bool Parser::receive(char* to, std::size_t size, Clock::time_point deadline) {
    while (size > 0) {
        if (!wait_for(socket_, POLLIN, deadline)) return problem_ = "takes too long to read", false;
        const auto n = ::recv(socket_, to, size, MSG_DONTWAIT);
        if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (n <= 0) return ended();
        to += n;
        size -= static_cast<std::size_t>(n);
    }
    return true;
}

bool Parser::ended() {
    problem_ = "the reader ended";
    ended_ = true;
    return false;
}

// What is half done cannot be gone on with: the next message gets a new child.
Unreadable Parser::give_up() {
    stop();
    return {problem_};
}

// Somebody may have ended the child since the last message: that is not this one's fault.
Parsed Parser::parse(std::string_view raw) {
    if (raw.size() > kLargestRaw) return Unreadable{"larger than 35 MiB", true};
    ended_ = false;
    auto parsed = ask(raw);
    return ended_ ? ask(raw) : parsed;
}

Parsed Parser::ask(std::string_view raw) {
    if (!start()) return Unreadable{"the reader cannot be started: " + program_.string()};
    const auto deadline = Clock::now() + wall_limit_;
    const std::uint64_t size = raw.size();
    AnswerHead head{};
    if (!send({reinterpret_cast<const char*>(&size), sizeof size}, deadline) || !send(raw, deadline) ||
        !receive(reinterpret_cast<char*>(&head), sizeof head, deadline))
        return give_up();
    problem_ = "the reader gave an answer that cannot be understood";
    if (head.json_size > kLargestJson || head.content_size > kLargestContent) return give_up();
    std::string json(head.json_size, '\0'), contents(head.content_size, '\0');
    if (!receive(json.data(), json.size(), deadline) || !receive(contents.data(), contents.size(), deadline)) return give_up();
    if (head.kind == AnswerHead::kUnreadable) return Unreadable{json, true};
    if (auto message = from_json(json, contents); head.kind == AnswerHead::kMessage && message) return *std::move(message);
    problem_ = "the reader gave an answer that cannot be understood";
    return give_up();
}

}  // namespace mailbox
