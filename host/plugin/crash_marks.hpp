// Which plugin brought the process down. Each thread notes the plugin it is calling; a fatal signal, or a call
// of exit(), while a plugin is being called leaves one line in the run folder, which the next start reads.
// A process that is killed (SIGKILL) leaves nothing: no plugin is to blame for that.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace host::plugin {

// This thread is inside a plugin, until the end of the scope; may be nested. plugin_id must outlive it. Two
// stores after the first call of a thread.
class CallMark {
public:
    explicit CallMark(const std::string& plugin_id) noexcept;
    ~CallMark() { current_ = outer_; }
    CallMark(const CallMark&) = delete;
    static const std::string* current() noexcept { return current_; }  // null outside of a call
    static void move_to(const std::string& plugin_id) noexcept { current_ = &plugin_id; }  // a service of another plugin

private:
    static thread_local const std::string* current_;
    const std::string* outer_;
};

// From now on crashes of this process are written to the folder. Handlers that were there before still run.
// The last call wins. [start]
void record_crashes_in(const std::filesystem::path& run_folder);

// What crashed processes left in the folder. taken() is called with each before its file is removed: when it
// throws, the file is kept for the next time.
struct Crash {
    std::string plugin_id, cause;  // "SIGSEGV", "exit"
};
void take_crashes(const std::filesystem::path& run_folder, const std::function<void(const Crash&)>& taken);

}  // namespace host::plugin
