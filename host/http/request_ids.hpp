// Ids of requests: unique while the process runs, and not telling how many there were. Any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace host::http {

class RequestIds {
public:
    RequestIds();
    std::string next();  // 16 hexadecimal digits

private:
    std::atomic<std::uint64_t> counter_;
};

}  // namespace host::http
