// Reads the bytes of a request line and header fields as they arrive, finds their end, and refuses what
// Beast lets pass or would only notice at the end: bare CR or LF, control bytes, folded lines, and more
// than the limits allow (security.md R05, R09).
#pragma once

#include <cstddef>
#include <string_view>

namespace host::http {

struct HeadLimits {
    std::size_t bytes = 0;  // request line, fields and the empty line
    std::size_t target_bytes = 0;
    std::size_t fields = 0;
};

class HeadScanner {
public:
    explicit HeadScanner(const HeadLimits& limits) : limits_{limits} {}

    // received: all bytes from the beginning of the request. The size of the head with its empty line,
    // or 0 when that has not arrived. Throws Refusal 400, 414 or 431.
    std::size_t scan(std::string_view received);
    void reset() noexcept { at_ = line_start_ = lines_ = 0; }

private:
    void check_byte(std::string_view received) const;
    bool end_line(std::string_view line);
    void check_request_line(std::string_view line) const;

    HeadLimits limits_;
    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    std::size_t lines_ = 0;
};

}  // namespace host::http
