#include "base/file.hpp"

#include "base/random.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace host::base {
namespace {

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_{fd} {}
    ~Descriptor() { if (fd_ >= 0) ::close(fd_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }

private:
    int fd_;
};

Problem problem(const char* code, const std::filesystem::path& path, int error) {
    return {code, std::generic_category().message(error), path.string()};
}

[[noreturn]] void fail(const char* what, const std::filesystem::path& path) {
    throw std::filesystem::filesystem_error{what, path, std::error_code{errno, std::generic_category()}};
}

void write_all(int fd, std::string_view content, const std::filesystem::path& path) {
    while (!content.empty()) {
        const ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("cannot write", path);
        content.remove_prefix(static_cast<std::size_t>(written));
    }
}

void write_new(const std::filesystem::path& path, std::string_view content, unsigned mode) {
    const Descriptor file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)};
    if (!file) fail("cannot create", path);
    write_all(file.get(), content, path);
    if (::fsync(file.get()) != 0) fail("cannot flush", path);
}

}  // namespace

void sync_folder(const std::filesystem::path& folder) {
    const Descriptor opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!opened || ::fsync(opened.get()) != 0) fail("cannot flush", folder);
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes) {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file) return problem("file.open", path, errno);
    struct stat info {};
    if (::fstat(file.get(), &info) != 0) return problem("file.read", path, errno);
    std::string content;
    if (S_ISREG(info.st_mode)) content.reserve(std::min(static_cast<std::size_t>(info.st_size), max_bytes) + 1);
    char buffer[64 << 10];
    for (;;) {
        const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return problem("file.read", path, errno);
        if (got == 0) return content;
        content.append(buffer, static_cast<std::size_t>(got));
        if (content.size() > max_bytes) return problem("file.too_large", path, EFBIG);
    }
}

void write_file(const std::filesystem::path& path, std::string_view content, unsigned mode) {
    std::filesystem::path fresh = path;
    fresh += "." + random_token(9) + ".new";
    try {
        write_new(fresh, content, mode);
        if (::rename(fresh.c_str(), path.c_str()) != 0) fail("cannot replace", path);
    } catch (...) {
        ::unlink(fresh.c_str());
        throw;
    }
    sync_folder(path.has_parent_path() ? path.parent_path() : ".");
}

}  // namespace host::base
