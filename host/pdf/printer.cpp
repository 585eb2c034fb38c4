#include "pdf/printer.hpp"

#include "base/file.hpp"
#include "base/random.hpp"
#include "ui/template/template.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>

#include <vector>

namespace host::pdf {

namespace fs = std::filesystem;

namespace {

// A string of CSS (CSS Syntax 3, 4.3.7): all that could end it, or the style element around it, as an escape.
std::string css_string(std::string_view text) {
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7f && c != '"' && c != '\\' && c != '<' && c != '>') out += c;
        else (((out += '\\') += kHex[byte >> 4]) += kHex[byte & 15]) += ' ';
    }
    return out += '"';
}

class ScratchFolder {
public:
    explicit ScratchFolder(const fs::path& parent) : path_{fs::absolute(parent) / base::random_token(12)} {
        fs::create_directories(path_);
        fs::permissions(path_, fs::perms::owner_all);
    }
    ~ScratchFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    fs::path operator/(std::string_view name) const { return path_ / name; }

private:
    fs::path path_;
};

class Turn {
public:
    explicit Turn(std::counting_semaphore<>& free) : free_{free} { free_.acquire(); }
    ~Turn() { free_.release(); }
    Turn(const Turn&) = delete;

private:
    std::counting_semaphore<>& free_;
};

std::vector<std::string> arguments(const std::string& program, const ScratchFolder& scratch) {
    std::vector<std::string> out{program,
                                 "--headless",
                                 "--disable-gpu",
                                 "--disable-extensions",
                                 "--disable-background-networking",
                                 "--disable-dev-shm-usage",
                                 "--no-first-run",
                                 "--host-resolver-rules=MAP * ~NOTFOUND",
                                 "--user-data-dir=" + (scratch / "profile").string(),
                                 "--no-pdf-header-footer",
                                 "--print-to-pdf=" + (scratch / "out.pdf").string()};
    if (::geteuid() == 0) out.emplace_back("--no-sandbox");  // it refuses to start otherwise
    out.push_back("file://" + (scratch / "in.html").string());
    return out;
}

// A group of its own, so that none of its processes outlives it.
pid_t start(const std::vector<std::string>& words, const ScratchFolder& scratch) {
    std::vector<char*> argv;
    for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    const auto home = "HOME=" + (scratch / "profile").string();
    const char* path = std::getenv("PATH");
    const auto search = std::string{"PATH="} + (path ? path : "/usr/bin:/bin");
    char language[] = "LC_ALL=C.UTF-8";
    char* const environment[] = {const_cast<char*>(home.c_str()), const_cast<char*>(search.c_str()), language, nullptr};
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    pid_t pid = -1;
    const int error = ::posix_spawnp(&pid, words.front().c_str(), &actions, &attributes, argv.data(), environment);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw PrintError{"PDF documents need the program " + words.front() + ", which cannot be started"};
    return pid;
}

bool ended_within(pid_t pid, std::chrono::milliseconds limit) {
    const int process = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
    if (process < 0) return false;
    pollfd waiting{process, POLLIN, 0};
    const auto deadline = std::chrono::steady_clock::now() + limit;
    int ready = 0;
    do {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        ready = ::poll(&waiting, 1, std::max(0, static_cast<int>(left.count())));
    } while (ready < 0 && errno == EINTR);
    ::close(process);
    return ready > 0;
}

void finish(pid_t pid) {
    ::kill(-pid, SIGKILL);
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
}

}  // namespace

Printer::Printer(fs::path scratch_folder, std::string style, std::string program, std::chrono::milliseconds limit)
    : scratch_folder_{std::move(scratch_folder)}, style_{std::move(style)}, program_{std::move(program)}, limit_{limit} {}

std::string Printer::html(const Document& document) const {
    std::string out;
    out.reserve(document.body.size() + style_.size() + 4096);
    out += "<!doctype html><html lang=\"";
    ui::escape_text(document.language, out);
    out +=
        "\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\""
        " content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"><title>";
    ui::escape_text(document.title, out);
    out += "</title><style>@page { @bottom-left { content: " + css_string(document.footer) + "; } }\n" + style_ + '\n';
    out += document.style;
    out += "</style></head><body>";
    out += document.body;
    return out += "</body></html>\n";
}

std::string Printer::print(const Document& document) {
    const Turn turn{free_};
    try {
        const ScratchFolder scratch{scratch_folder_};
        base::write_file(scratch / "in.html", html(document), 0600);
        const auto pid = start(arguments(program_, scratch), scratch);
        const bool ended = ended_within(pid, limit_);
        finish(pid);
        if (!ended) throw PrintError{"the PDF document took too long to make"};
        auto pdf = base::read_file(scratch / "out.pdf");
        if (!pdf || !pdf->starts_with("%PDF-")) throw PrintError{"the PDF document could not be made"};
        return std::move(*pdf);
    } catch (const fs::filesystem_error& e) {
        throw PrintError{e.what()};
    }
}

}  // namespace host::pdf
