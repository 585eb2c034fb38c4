#include "http/request_ids.hpp"

#include "base/random.hpp"
#include "base/strings.hpp"

#include <cstring>

namespace host::http {
namespace {

// The finaliser of SplitMix64: a bijection, so distinct counters stay distinct.
std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

std::uint64_t random_start() {
    std::uint64_t start = 0;
    const std::string bytes = base::random_bytes(sizeof start);
    std::memcpy(&start, bytes.data(), sizeof start);
    return start;
}

}  // namespace

RequestIds::RequestIds() : counter_{random_start()} {}

std::string RequestIds::next() {
    const std::uint64_t id = mix(counter_.fetch_add(1, std::memory_order_relaxed));
    return base::hex({reinterpret_cast<const char*>(&id), sizeof id});
}

}  // namespace host::http
