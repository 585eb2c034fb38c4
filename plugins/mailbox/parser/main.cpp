// guichet-mail-parser: reads messages from its standard input, a socket, and answers each there (frame.hpp). Each message is read by a
// process of its own that can do nothing but compute; this one only starts it and says what became of it.
#include "frame.hpp"
#include "message_json.hpp"
#include "reader.hpp"
#include "sandbox.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <new>
#include <string>

namespace {

using namespace mailbox;

constexpr int kSocket = 0;
// Exit status of the process that reads a message.
constexpr int kRead = 0, kTooMuch = 10, kNoMemory = 11, kNoSandbox = 12, kFailed = 13;

bool read_all(int fd, char* to, std::size_t size) {
    while (size > 0) {
        const auto n = ::read(fd, to, size);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        to += n;
        size -= static_cast<std::size_t>(n);
    }
    return true;
}

bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

int read_one(const std::string& raw, Effort effort, int answer) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (!confine()) return kNoSandbox;
    try {
        const auto message = read_message(raw, effort);
        const auto json = to_json(message);
        AnswerHead head{AnswerHead::kMessage, json.size(), 0};
        for (const auto& attachment : message.attachments) head.content_size += attachment.content.size();
        bool ok = write_all(answer, {reinterpret_cast<const char*>(&head), sizeof head}) && write_all(answer, json);
        for (const auto& attachment : message.attachments) ok = ok && write_all(answer, attachment.content);
        return ok ? kRead : kFailed;
    } catch (const TooMuch& e) {
        return write_all(answer, e.what()) ? kTooMuch : kFailed;
    } catch (const std::bad_alloc&) {
        return kNoMemory;
    } catch (const std::exception& e) {
        return kFailed;
    }
}

std::string said(int answer) {
    std::string text(200, '\0');
    const auto n = ::pread(answer, text.data(), text.size(), 0);
    text.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    return text;
}

std::string why(int status, int answer) {
    if (WIFSIGNALED(status)) {
        const int signal = WTERMSIG(status);
        if (signal == SIGXCPU || signal == SIGKILL) return "needs more than 10 s of processor time";
        if (signal == SIGABRT || signal == SIGTRAP) return "needs more than 512 MiB of memory";
        return "breaks the reader (signal " + std::to_string(signal) + ')';
    }
    switch (WEXITSTATUS(status)) {
        case kTooMuch:
            return said(answer);
        case kNoMemory:
            return "needs more than 512 MiB of memory";
        case kNoSandbox:
            return "the reader cannot be confined on this system";
        default:
            return "breaks the reader";
    }
}

// -1 when no process could be started.
int wait_for_reader(const std::string& raw, Effort effort, int answer) {
    const auto pid = ::fork();
    if (pid == 0) ::_exit(read_one(raw, effort, answer));
    int status = 0;
    while (pid > 0 && ::waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) return -1;
    return pid > 0 ? status : -1;
}

bool send_failure(const std::string& text) {
    const AnswerHead head{AnswerHead::kUnreadable, text.size(), 0};
    return write_all(kSocket, {reinterpret_cast<const char*>(&head), sizeof head}) && write_all(kSocket, text);
}

bool send_file(int answer) {
    off_t at = 0;
    const auto size = ::lseek(answer, 0, SEEK_END);
    while (at < size)
        if (const auto n = ::sendfile(kSocket, answer, &at, static_cast<std::size_t>(size - at)); n <= 0 && errno != EINTR) return false;
    return true;
}

bool answer_one(const std::string& raw) {
    std::string first_problem;
    for (const auto effort : {Effort::full, Effort::careful}) {
        const int answer = ::memfd_create("answer", MFD_CLOEXEC);
        if (answer < 0) return send_failure("the reader cannot store its answer");
        const int status = wait_for_reader(raw, effort, answer);
        const bool read = status == 0;
        const bool final = read || (WIFEXITED(status) && WEXITSTATUS(status) == kTooMuch) || effort == Effort::careful;
        if (!read && first_problem.empty()) first_problem = status < 0 ? "no process could be started for it" : why(status, answer);
        const bool sent = !final || (read ? send_file(answer) : send_failure(first_problem));
        ::close(answer);
        if (final) return sent;
    }
    return false;
}

}  // namespace

int main() {
    ::close_range(3, ~0u, 0);
    const int nowhere = ::open("/dev/null", O_RDWR);
    ::dup2(nowhere, 1);
    ::dup2(nowhere, 2);
    std::signal(SIGPIPE, SIG_IGN);
    prepare_reading();
    std::uint64_t size = 0;
    while (read_all(kSocket, reinterpret_cast<char*>(&size), sizeof size)) {
        if (size > kLargestRaw) return 1;
        std::string raw(size, '\0');
        if (!read_all(kSocket, raw.data(), raw.size()) || !answer_one(raw)) return 1;
    }
    return 0;
}
