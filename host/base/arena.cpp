#include "base/arena.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <new>

namespace host::base {
namespace {

constexpr std::size_t kFirstBlockBytes = 16u << 10;  // doubled five times, then constant
constexpr std::size_t kBlockAlign = alignof(std::max_align_t);

std::size_t padding(const std::byte* at, std::size_t align) {
    return (align - reinterpret_cast<std::uintptr_t>(at) % align) % align;
}

}  // namespace

void* Arena::allocate(std::size_t bytes, std::size_t align) {
    bytes = std::max<std::size_t>(bytes, 1);  // so that every result is an address of its own
    std::size_t skip = padding(cursor_, align);
    const bool fits = skip <= left_bytes_ && bytes <= left_bytes_ - skip;
    const std::size_t slack = align > kBlockAlign ? align : 0;
    const std::size_t room = cap_bytes_ - used_bytes_;
    if (bytes > room || (fits ? skip : slack) > room - bytes) throw std::bad_alloc{};
    if (!fits) {
        const std::size_t grown = kFirstBlockBytes << std::min<std::size_t>(blocks_.size(), 5);
        const std::size_t size = std::max(grown, bytes + slack);
        blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
        cursor_ = blocks_.back().get();
        left_bytes_ = size;
        skip = padding(cursor_, align);
    }
    std::byte* result = cursor_ + skip;
    cursor_ = result + bytes;
    left_bytes_ -= skip + bytes;
    used_bytes_ += skip + bytes;
    return result;
}

std::string_view Arena::copy(std::string_view text) {
    if (text.empty()) return {"", 0};
    char* to = static_cast<char*>(allocate(text.size(), 1));
    std::memcpy(to, text.data(), text.size());
    return {to, text.size()};
}

}  // namespace host::base
