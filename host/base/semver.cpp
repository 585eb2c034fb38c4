#include "base/semver.hpp"

#include "base/strings.hpp"

#include <algorithm>
#include <charconv>

namespace host::base {
namespace {

constexpr std::string_view kDigits = "0123456789";

bool all_digits(std::string_view text) { return !text.empty() && text.find_first_not_of(kDigits) == std::string_view::npos; }
bool leading_zero(std::string_view digits) { return digits.size() > 1 && digits[0] == '0'; }

std::optional<int> number(std::string_view text) {
    int value = 0;
    if (!all_digits(text) || leading_zero(text)) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{}) return std::nullopt;
    return value;
}

bool valid_prerelease(std::string_view text) {
    const auto valid = [](std::string_view part) {
        const auto allowed = [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
        };
        return !part.empty() && std::all_of(part.begin(), part.end(), allowed) && !(all_digits(part) && leading_zero(part));
    };
    const auto parts = split(text, '.');
    return std::all_of(parts.begin(), parts.end(), valid);
}

struct Parsed {
    Version version;
    std::size_t numbers = 0;
};

std::optional<Parsed> parse_numbers(std::string_view text) {
    Parsed parsed;
    int* const numbers[] = {&parsed.version.major, &parsed.version.minor, &parsed.version.patch};
    for (const std::string_view part : split(text, '.')) {
        const auto value = number(part);
        if (!value || parsed.numbers == 3) return std::nullopt;
        *numbers[parsed.numbers++] = *value;
    }
    return parsed;
}

std::optional<Parsed> parse_version(std::string_view text) {
    const std::size_t dash = text.find('-');
    auto parsed = parse_numbers(text.substr(0, dash));
    if (!parsed || dash == std::string_view::npos) return parsed;
    const std::string_view prerelease = text.substr(dash + 1);
    if (parsed->numbers != 3 || !valid_prerelease(prerelease)) return std::nullopt;
    parsed->version.prerelease = prerelease;
    return parsed;
}

// Digits without a leading zero compare by length first, so any number of them is fine.
std::strong_ordering compare_identifiers(std::string_view a, std::string_view b) {
    const bool a_number = all_digits(a), b_number = all_digits(b);
    if (a_number != b_number) return a_number ? std::strong_ordering::less : std::strong_ordering::greater;
    if (a_number && a.size() != b.size()) return a.size() <=> b.size();
    return a <=> b;
}

std::strong_ordering compare_prereleases(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) return a.empty() <=> b.empty();
    const auto left = split(a, '.'), right = split(b, '.');
    return std::lexicographical_compare_three_way(left.begin(), left.end(), right.begin(), right.end(), compare_identifiers);
}

}  // namespace

std::optional<Version> Version::parse(std::string_view text) {
    const auto parsed = parse_version(text);
    if (!parsed || parsed->numbers != 3) return std::nullopt;
    return parsed->version;
}

std::optional<Version> Version::parse_short(std::string_view text) {
    const auto parsed = parse_version(text);
    if (!parsed) return std::nullopt;
    return parsed->version;
}

std::string Version::to_string() const {
    std::string text = std::to_string(major) + '.' + std::to_string(minor) + '.' + std::to_string(patch);
    if (!prerelease.empty()) text += '-' + prerelease;
    return text;
}

std::strong_ordering Version::operator<=>(const Version& other) const {
    if (const auto order = major <=> other.major; order != 0) return order;
    if (const auto order = minor <=> other.minor; order != 0) return order;
    if (const auto order = patch <=> other.patch; order != 0) return order;
    return compare_prereleases(prerelease, other.prerelease);
}

bool Range::Comparator::holds(const Version& v) const {
    if (op == Operator::equal) return v == version;
    if (!v.prerelease.empty()) return false;
    switch (op) {
        case Operator::equal: return false;
        case Operator::less: return v < version;
        case Operator::less_equal: return v <= version;
        case Operator::greater: return v > version;
        case Operator::greater_equal: return v >= version;
    }
    return false;
}

std::optional<Range> Range::parse(std::string_view text) {
    Range range;
    for (const std::string_view comparator : split(text, ' '))
        if (!range.add(comparator)) return std::nullopt;
    return range;
}

bool Range::add(std::string_view comparator) {
    const std::size_t symbol_length = comparator.find_first_of(kDigits);
    if (symbol_length == std::string_view::npos) return false;
    const std::string_view symbol = comparator.substr(0, symbol_length);
    const auto parsed = parse_version(comparator.substr(symbol_length));
    if (!parsed) return false;
    const Version& version = parsed->version;
    if (symbol.empty() || symbol == "=") {
        comparators_.push_back({Operator::equal, version});
        return true;
    }
    if (!version.prerelease.empty()) return false;
    if (symbol == "^" || symbol == "~") {
        const bool same_minor = parsed->numbers > 1 && (symbol == "~" || version.major == 0);
        comparators_.push_back({Operator::greater_equal, version});
        comparators_.push_back({Operator::less, same_minor ? Version{version.major, version.minor + 1, 0, {}}
                                                           : Version{version.major + 1, 0, 0, {}}});
        return true;
    }
    constexpr std::pair<std::string_view, Operator> kSymbols[] = {{"<", Operator::less},
                                                                  {"<=", Operator::less_equal},
                                                                  {">", Operator::greater},
                                                                  {">=", Operator::greater_equal}};
    const auto* found = std::find_if(std::begin(kSymbols), std::end(kSymbols), [&](const auto& s) { return s.first == symbol; });
    if (found == std::end(kSymbols)) return false;
    comparators_.push_back({found->second, version});
    return true;
}

bool Range::matches(const Version& version) const {
    return std::all_of(comparators_.begin(), comparators_.end(), [&](const Comparator& c) { return c.holds(version); });
}

}  // namespace host::base
