#include "field.hpp"

#include <algorithm>
#include <chrono>

namespace directory {
namespace {

bool is_email(std::string_view s) {
    const auto at = s.find('@');
    if (at == 0 || at == s.npos || at > 64 || s.size() > 254) return false;
    const auto domain = s.substr(at + 1);
    const bool dots = domain.find('.') != domain.npos && !domain.starts_with('.') && !domain.ends_with('.') &&
                      domain.find("..") == domain.npos;
    return dots && s.find_first_of(" ,;:<>()[]\\\"") == s.npos && domain.find('@') == domain.npos;
}

bool is_website(std::string_view s) {
    for (const std::string_view scheme : {"https://", "http://"})
        if (s.starts_with(scheme)) return s.size() > scheme.size() && s.find_first_of(" \"<>\\") == s.npos;
    return false;
}

bool is_phone(std::string_view s) {
    return s.find_first_not_of("0123456789+()./- ") == s.npos && s.find_first_of("0123456789") != s.npos;
}

bool number_at(std::string_view s, std::size_t at, std::size_t digits, int& out) {
    const auto* first = s.data() + at;
    const auto [end, error] = std::from_chars(first, first + digits, out);
    return error == std::errc{} && end == first + digits && *first != '-';
}

bool is_date(std::string_view s) {
    int y = 0, m = 0, d = 0;
    if (s.size() != 10 || s[4] != '-' || s[7] != '-') return false;
    if (!number_at(s, 0, 4, y) || !number_at(s, 5, 2, m) || !number_at(s, 8, 2, d)) return false;
    using namespace std::chrono;
    return y > 0 && year_month_day{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}}.ok();
}

}  // namespace

std::string normalise(Kind kind, std::string_view text) {
    auto out = kind == Kind::lines ? guichet::lines(text) : guichet::one_line(text);
    if (kind == Kind::website && !out.empty() && out.find(':') == out.npos) out.insert(0, "https://");
    return out;
}

std::string_view problem_of(Kind kind, std::string_view value) {
    switch (kind) {
        case Kind::email: return is_email(value) ? "" : "Enter an e-mail address such as name@example.com.";
        case Kind::phone: return is_phone(value) ? "" : "Use digits, spaces and + ( ) . - / only.";
        case Kind::website: return is_website(value) ? "" : "Enter an address that begins with https:// or http://.";
        case Kind::date: return is_date(value) ? "" : "Enter a date that exists, such as 2026-12-31.";
        default: return "";
    }
}

}  // namespace directory
