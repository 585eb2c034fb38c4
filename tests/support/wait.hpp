// Waiting for a condition instead of sleeping.
#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace support {

inline bool wait_until(const std::function<bool()>& condition, std::chrono::seconds limit = std::chrono::seconds{20}) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (std::chrono::steady_clock::now() < end) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    return condition();
}

}  // namespace support
