// Content under the name of its SHA-256: <folder>/ab/cdef…. Written once, never changed. Knows nothing of
// who uses it: that is host/file/files. Any thread, any number of processes on the same folder.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace host::file {

// No space, quota used up or the disk does not take it; nothing was stored.
class StorageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class BlobStore {
public:
    explicit BlobStore(std::filesystem::path folder);  // creates it; throws StorageError

    // When it returns, the content is on disk and will be found after a crash: written beside, fsync, rename, fsync of
    // the folder. What is there already is written again only when its size is wrong. Throws StorageError.
    void put(std::string_view sha256, std::string_view content);
    std::optional<std::uint64_t> size(std::string_view sha256) const;  // nullopt when it is not there
    // At most capacity bytes from offset; 0 at the end. Throws StorageError when it is not there or cannot be read.
    std::size_t read(std::string_view sha256, std::uint64_t offset, char* buffer, std::size_t capacity) const;
    std::string read_all(std::string_view sha256, std::uint64_t offset, std::uint64_t bytes) const;  // throws also when there is less
    // As if it had been put now: old() leaves it out for its time.
    void touch(std::string_view sha256) noexcept;
    void remove(std::string_view sha256) noexcept;
    // SHA-256 of everything put or touched longer ago than age. What writers that crashed an hour ago left is deleted on the way.
    void old(std::chrono::seconds age, const std::function<void(const std::string& sha256)>& found);

private:
    std::filesystem::path path(std::string_view sha256) const;
    std::filesystem::path folder_;
};

}  // namespace host::file
