#include "http/head_scanner.hpp"

#include "http/refusal.hpp"

namespace host::http {
namespace {

constexpr std::size_t kLongestMethodAndVersion = 64;

}  // namespace

std::size_t HeadScanner::scan(std::string_view received) {
    for (; at_ < received.size(); ++at_) {
        if (at_ >= limits_.bytes) throw Refusal{431, "the header is too large"};
        check_byte(received);
        if (received[at_] != '\n') continue;
        const bool last = end_line(received.substr(line_start_, at_ - 1 - line_start_));
        line_start_ = at_ + 1;
        if (last) return line_start_;
    }
    if (lines_ == 0 && received.size() > limits_.target_bytes + kLongestMethodAndVersion)
        throw Refusal{414, "the request target is too long"};
    return 0;
}

void HeadScanner::check_byte(std::string_view received) const {
    const char c = received[at_];
    const bool after_cr = at_ > 0 && received[at_ - 1] == '\r';
    if ((c == '\n') != after_cr) throw Refusal{400, "lines must end in CR LF"};
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    if (control && c != '\r' && c != '\n' && c != '\t') throw Refusal{400, "control character in the header"};
}

bool HeadScanner::end_line(std::string_view line) {
    if (lines_ > 0 && line.empty()) return true;
    if (lines_ == 0) check_request_line(line);
    else if (line.front() == ' ' || line.front() == '\t') throw Refusal{400, "folded header field"};
    if (lines_ > limits_.fields) throw Refusal{431, "too many header fields"};
    ++lines_;
    return false;
}

void HeadScanner::check_request_line(std::string_view line) const {
    const std::size_t target_start = line.find(' ') + 1;
    const std::size_t target_end = line.rfind(' ');
    if (target_end != std::string_view::npos && target_end > target_start && target_end - target_start > limits_.target_bytes)
        throw Refusal{414, "the request target is too long"};
}

}  // namespace host::http
