#include "file/blob_store.hpp"

#include "base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace host::file {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kHashLength = 64;
constexpr std::chrono::seconds kLongestWrite = std::chrono::hours{1};

[[noreturn]] void fail(const std::string& what, int error) { throw StorageError{what + ": " + std::strerror(error)}; }

bool is_name(std::string_view text, std::size_t length) {
    return text.size() == length && std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

class Descriptor {
public:
    explicit Descriptor(const fs::path& path) : fd_{::open(path.c_str(), O_RDONLY | O_CLOEXEC)} {
        if (fd_ < 0) fail("stored content cannot be opened", errno);
    }
    ~Descriptor() { ::close(fd_); }
    Descriptor(const Descriptor&) = delete;
    int get() const { return fd_; }

private:
    int fd_;
};

std::chrono::seconds age_of(const fs::path& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) return std::chrono::seconds{0};
    return std::chrono::seconds{::time(nullptr) - info.st_mtime};
}

}  // namespace

BlobStore::BlobStore(fs::path folder) : folder_{fs::absolute(std::move(folder))} {
    try {
        fs::create_directories(folder_);
        base::sync_folder(folder_.parent_path());
    } catch (const fs::filesystem_error& e) {
        throw StorageError{e.what()};
    }
}

fs::path BlobStore::path(std::string_view sha256) const {
    if (!is_name(sha256, kHashLength)) throw StorageError{"this is no SHA-256"};
    return folder_ / sha256.substr(0, 2) / sha256.substr(2);
}

void BlobStore::put(std::string_view sha256, std::string_view content) {
    const auto file = path(sha256);
    try {
        fs::create_directories(file.parent_path());
        base::sync_folder(folder_);
        if (size(sha256) != content.size()) return base::write_file(file, content, 0600);
        touch(sha256);
        base::sync_folder(file.parent_path());  // who wrote it may have been killed before he did
    } catch (const fs::filesystem_error& e) {
        throw StorageError{e.what()};
    }
}

std::optional<std::uint64_t> BlobStore::size(std::string_view sha256) const {
    struct stat info {};
    if (::stat(path(sha256).c_str(), &info) != 0) return std::nullopt;
    return static_cast<std::uint64_t>(info.st_size);
}

std::size_t BlobStore::read(std::string_view sha256, std::uint64_t offset, char* buffer, std::size_t capacity) const {
    const Descriptor file{path(sha256)};
    for (;;) {
        const auto got = ::pread(file.get(), buffer, capacity, static_cast<off_t>(offset));
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR) fail("stored content cannot be read", errno);
    }
}

std::string BlobStore::read_all(std::string_view sha256, std::uint64_t offset, std::uint64_t bytes) const {
    std::string out(bytes, '\0');
    for (std::size_t done = 0; done < bytes;) {
        const auto got = read(sha256, offset + done, out.data() + done, out.size() - done);
        if (got == 0) throw StorageError{"stored content is shorter than it was"};
        done += got;
    }
    return out;
}

void BlobStore::touch(std::string_view sha256) noexcept {
    try {
        ::utimensat(AT_FDCWD, path(sha256).c_str(), nullptr, 0);
    } catch (...) {
        // its age is only about how long it is kept
    }
}

void BlobStore::remove(std::string_view sha256) noexcept {
    try {
        ::unlink(path(sha256).c_str());
    } catch (...) {
        // found again by the next sweep
    }
}

void BlobStore::old(std::chrono::seconds age, const std::function<void(const std::string& sha256)>& found) {
    std::error_code none;
    for (const auto& fan : fs::directory_iterator{folder_, none}) {
        const auto prefix = fan.path().filename().string();
        if (!is_name(prefix, 2)) continue;
        for (const auto& file : fs::directory_iterator{fan.path(), none}) {
            const auto name = file.path().filename().string();
            if (is_name(name, kHashLength - 2)) {
                if (age_of(file.path()) >= age) found(prefix + name);
            } else if (file.path().extension() == ".new" && age_of(file.path()) >= kLongestWrite) ::unlink(file.path().c_str());
        }
    }
}

}  // namespace host::file
