#include "money.hpp"

#include <algorithm>

namespace quotes {
namespace {

constexpr std::size_t kMostWholeDigits = 9;
constexpr std::string_view kNarrowBlank = "\u202f";
constexpr std::string_view kBlanks[] = {" ", "\u00a0", kNarrowBlank, "\u2009"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Without the blanks between groups; at the ends they were trimmed.
std::string without_blanks(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto* blank = std::ranges::find_if(kBlanks, [&](auto b) { return text.starts_with(b); });
        if (blank == std::end(kBlanks)) out += text.front();
        text.remove_prefix(blank == std::end(kBlanks) ? 1 : blank->size());
    }
    return out;
}

struct Digits {
    std::string whole, decimals;
};

std::string digits_of(uint64_t magnitude, std::size_t at_least) {
    auto text = std::to_string(magnitude);
    if (text.size() < at_least) text.insert(0, at_least - text.size(), '0');
    return text;
}

Digits split(int64_t units, int places, int least_places) {
    const auto magnitude = units < 0 ? uint64_t{0} - static_cast<uint64_t>(units) : static_cast<uint64_t>(units);
    const auto count = static_cast<std::size_t>(places);
    const auto text = digits_of(magnitude, count + 1);
    Digits out{text.substr(0, text.size() - count), text.substr(text.size() - count)};
    while (out.decimals.size() > static_cast<std::size_t>(least_places) && out.decimals.back() == '0') out.decimals.pop_back();
    return out;
}

std::string join(int64_t units, const std::string& whole, const std::string& decimals, std::string_view mark) {
    auto out = (units < 0 ? "-" : "") + whole;
    if (!decimals.empty()) out.append(mark).append(decimals);
    return out;
}

std::string grouped(const std::string& whole, std::string_view separator) {
    std::string out;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if (i > 0 && (whole.size() - i) % 3 == 0) out += separator;
        out += whole[i];
    }
    return out;
}

bool is_french(std::string_view language) { return language == "fr"; }

}  // namespace

ParsedDecimal parse_decimal(std::string_view text, int places, bool comma_decimals) {
    auto plain = without_blanks(text);
    const bool negative = plain.starts_with('-');
    if (negative) plain.erase(0, 1);
    if (comma_decimals) std::ranges::replace(plain, ',', '.');
    const auto point = std::min(plain.find('.'), plain.size());
    auto whole = plain.substr(0, point), decimals = plain.substr(std::min(point + 1, plain.size()));
    const bool numeric = std::ranges::all_of(whole + decimals, is_digit);
    if (!numeric || whole.empty() || (point < plain.size() && decimals.empty())) return {0, DecimalFault::no_number};
    while (decimals.size() > static_cast<std::size_t>(places) && decimals.back() == '0') decimals.pop_back();
    if (decimals.size() > static_cast<std::size_t>(places)) return {0, DecimalFault::too_many_places};
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
    if (whole.size() > kMostWholeDigits) return {0, DecimalFault::too_large};
    decimals.resize(static_cast<std::size_t>(places), '0');
    int64_t units = 0;
    for (const char c : whole + decimals) units = units * 10 + (c - '0');
    return {negative ? -units : units, DecimalFault::none};
}

std::string decimal_text(int64_t units, int places) {
    const auto digits = split(units, places, 0);
    return join(units, digits.whole, digits.decimals, ".");
}

std::string form_text(int64_t units, int places, int least_places, std::string_view language) {
    const auto digits = split(units, places, least_places);
    return join(units, digits.whole, digits.decimals, is_french(language) ? "," : ".");
}

std::string people_text(int64_t units, int places, int least_places, std::string_view language) {
    const auto digits = split(units, places, least_places);
    const bool french = is_french(language);
    return join(units, grouped(digits.whole, french ? kNarrowBlank : ","), digits.decimals, french ? "," : ".");
}

std::string euro_text(int64_t cents, std::string_view language) {
    auto text = people_text(cents, kCentPlaces, kCentPlaces, language);
    if (is_french(language)) return text + "\u00a0€";
    return text.insert(cents < 0 ? 1 : 0, "€");
}

std::optional<int64_t> divide_rounded(Wide numerator, Wide denominator, int64_t most) {
    const Wide magnitude = numerator < 0 ? -numerator : numerator;
    const Wide quotient = magnitude / denominator + (2 * (magnitude % denominator) >= denominator ? 1 : 0);
    if (quotient > most) return std::nullopt;
    return static_cast<int64_t>(numerator < 0 ? -quotient : quotient);
}

}  // namespace quotes
