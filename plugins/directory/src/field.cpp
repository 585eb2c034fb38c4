#include "field.hpp"

#include <algorithm>
#include <chrono>

namespace directory {
namespace {

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

constexpr std::size_t kWholeDigits = 9, kDecimals = 3;

bool all_digits(std::string_view s) { return s.find_first_not_of("0123456789") == s.npos; }

struct Number {
    std::string whole, decimals;
};

// "1 234,50"; nothing when it is no number.
std::optional<Number> read_number(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool blank = text[i] == ' ';
        for (const std::string_view narrow : {"\u00a0", "\u202f"})
            if (text.substr(i).starts_with(narrow)) blank = true, i += narrow.size() - 1;
        if (!blank) plain += text[i] == ',' ? '.' : text[i];
    }
    const auto mark = std::min(plain.find('.'), plain.size());
    Number out{plain.substr(0, mark), plain.substr(std::min(mark + 1, plain.size()))};
    if (out.whole.empty() || !all_digits(out.whole) || !all_digits(out.decimals)) return std::nullopt;
    out.whole.erase(0, std::min(out.whole.find_first_not_of('0'), out.whole.size() - 1));
    while (out.decimals.ends_with('0')) out.decimals.pop_back();
    return out;
}

std::string normalised_number(Kind kind, std::string text) {
    const auto number = read_number(text);
    if (!number) return text;
    const auto& [whole, decimals] = *number;
    if (kind == Kind::decimal) return decimals.empty() ? whole : whole + '.' + decimals;
    if (decimals.size() > 2) return text;
    auto out = whole + decimals + std::string(2 - decimals.size(), '0');
    out.erase(0, std::min(out.find_first_not_of('0'), out.size() - 1));
    return out;
}

bool is_decimal(std::string_view s) {
    const auto mark = std::min(s.find('.'), s.size());
    const auto whole = s.substr(0, mark), decimals = s.substr(std::min(mark + 1, s.size()));
    return !whole.empty() && whole.size() <= kWholeDigits && decimals.size() <= kDecimals && all_digits(whole) && all_digits(decimals);
}

}  // namespace

std::string for_form(guichet::Ctx ctx, Kind kind, std::string_view value) {
    if (value.empty() || (kind != Kind::hundredths && kind != Kind::decimal)) return std::string{value};
    std::string out{value};
    if (kind == Kind::hundredths && all_digits(value)) {
        out.insert(0, out.size() < 3 ? 3 - out.size() : 0, '0');
        out.insert(out.size() - 2, 1, '.');
    }
    if (ctx.language() == "fr") std::ranges::replace(out, '.', ',');
    return out;
}

std::string normalise(Kind kind, std::string_view text) {
    auto out = kind == Kind::lines ? guichet::lines(text) : guichet::one_line(text);
    if (kind == Kind::website && !out.empty() && out.find(':') == out.npos) out.insert(0, "https://");
    if (kind == Kind::decimal || kind == Kind::hundredths) return normalised_number(kind, out);
    return out;
}

std::string_view problem_of(Kind kind, std::string_view value) {
    switch (kind) {
        case Kind::email:
            return guichet::is_email(value) ? "" : "Enter an e-mail address such as name@example.com.";
        case Kind::phone: return is_phone(value) ? "" : "Use digits, spaces and + ( ) . - / only.";
        case Kind::website: return is_website(value) ? "" : "Enter an address that begins with https:// or http://.";
        case Kind::date: return is_date(value) ? "" : "Enter a date that exists, such as 2026-12-31.";
        case Kind::decimal:
            return is_decimal(value) ? "" : "Enter a number such as 1.5, with three decimals at most.";
        case Kind::hundredths:
            return all_digits(value) && value.size() <= kWholeDigits + 2 ? "" : "Enter a number such as 12.50, with two decimals at most.";
        default: return "";
    }
}

}  // namespace directory
