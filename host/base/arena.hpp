// Memory of one call: handed out, never freed one by one, gone with the arena. One thread at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace host::base {

class Arena {
public:
    explicit Arena(std::size_t cap_bytes = 64u << 20) : cap_bytes_{cap_bytes} {}
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    // Throws std::bad_alloc past the cap. align is a power of two, at most 64.
    void* allocate(std::size_t bytes, std::size_t align = alignof(std::max_align_t));
    std::string_view copy(std::string_view text);
    std::size_t used_bytes() const noexcept { return used_bytes_; }

private:
    std::size_t cap_bytes_;
    std::size_t used_bytes_ = 0;
    std::byte* cursor_ = nullptr;
    std::size_t left_bytes_ = 0;
    std::vector<std::unique_ptr<std::byte[]>> blocks_;
};

}  // namespace host::base
