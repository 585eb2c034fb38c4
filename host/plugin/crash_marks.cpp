#include "plugin/crash_marks.hpp"

#include "base/file.hpp"
#include "base/strings.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <new>

namespace host::plugin {
namespace {

namespace fs = std::filesystem;

struct Fatal {
    int signal;
    const char* name;
    struct sigaction before;
};
std::array<Fatal, 5> fatal{{{SIGSEGV, "SIGSEGV", {}}, {SIGBUS, "SIGBUS", {}}, {SIGILL, "SIGILL", {}}, {SIGFPE, "SIGFPE", {}}, {SIGABRT, "SIGABRT", {}}}};

// Written at start, read by the handler: nothing may be allocated there.
char crash_file[4096];

// A stack overflow leaves no room for the handler on the thread's own stack.
class HandlerStack {
public:
    HandlerStack() {
        stack_t now{};
        if (::sigaltstack(nullptr, &now) != 0 || !(now.ss_flags & SS_DISABLE)) return;
        memory_.reset(new (std::nothrow) char[kBytes]);
        if (!memory_) return;
        stack_t own{};
        own.ss_sp = memory_.get();
        own.ss_size = kBytes;
        ::sigaltstack(&own, nullptr);
    }
    ~HandlerStack() {
        stack_t none{};
        none.ss_flags = SS_DISABLE;
        if (memory_) ::sigaltstack(&none, nullptr);
    }
    HandlerStack(const HandlerStack&) = delete;

private:
    static constexpr std::size_t kBytes = 64 << 10;
    std::unique_ptr<char[]> memory_;
};

// Async-signal-safe. One write: lines of two threads do not mix.
void write_crash(const char* cause) noexcept {
    const auto* id = CallMark::current();
    if (!id || crash_file[0] == '\0') return;
    char line[160];
    const auto id_size = std::min<std::size_t>(id->size(), 100), cause_size = std::strlen(cause);
    std::memcpy(line, id->data(), id_size);
    line[id_size] = ' ';
    std::memcpy(line + id_size + 1, cause, cause_size);
    line[id_size + 1 + cause_size] = '\n';
    const int file = ::open(crash_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file < 0) return;
    [[maybe_unused]] const auto written = ::write(file, line, id_size + cause_size + 2);
    ::close(file);
}

// Then goes the way the process would have gone without us: the instruction that faulted is run again.
void on_fatal(int signal, siginfo_t* info, void*) {
    for (auto& f : fatal) {
        if (f.signal != signal) continue;
        write_crash(f.name);
        ::sigaction(signal, &f.before, nullptr);
    }
    if (!info || info->si_code <= 0) ::raise(signal);  // sent by somebody: nothing would be run again
}

void on_exit() { write_crash("exit"); }

void install_handlers() {
    for (auto& f : fatal) {
        struct sigaction action {};
        action.sa_sigaction = on_fatal;
        action.sa_flags = SA_SIGINFO | SA_ONSTACK;
        ::sigaction(f.signal, &action, &f.before);
    }
    std::atexit(on_exit);
}

}  // namespace

thread_local const std::string* CallMark::current_ = nullptr;

CallMark::CallMark(const std::string& plugin_id) noexcept : outer_{current_} {
    static thread_local const HandlerStack stack;
    current_ = &plugin_id;
}

void record_crashes_in(const fs::path& run_folder) {
    fs::create_directories(run_folder);
    const auto file = (fs::absolute(run_folder) / (".crash-" + std::to_string(::getpid()))).string();
    if (file.size() >= sizeof crash_file) return;
    std::memcpy(crash_file, file.c_str(), file.size() + 1);
    static std::once_flag once;
    std::call_once(once, install_handlers);
}

void take_crashes(const fs::path& run_folder, const std::function<void(const Crash&)>& taken) {
    std::error_code error;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator{run_folder, error})
        if (entry.path().filename().string().starts_with(".crash-")) files.push_back(entry.path());
    for (const auto& file : files) {
        if (const auto text = base::read_file(file, 64 << 10))
            for (const auto line : base::split(base::trim(*text), '\n'))
                if (const auto space = line.find(' '); space != std::string_view::npos)
                    taken({std::string{line.substr(0, space)}, std::string{line.substr(space + 1)}});
        fs::remove(file, error);
    }
}

}  // namespace host::plugin
