#include "i18n/number.hpp"

#include "i18n/catalogs.hpp"

#include <unicode/calendar.h>
#include <unicode/numberformatter.h>
#include <unicode/ucurr.h>

#include <algorithm>
#include <charconv>

namespace host::i18n {
namespace {

constexpr std::size_t kMostDigits = 18;  // what 64 bits hold whatever the digits are
// Blanks that group digits in French, and that are pasted around numbers.
constexpr std::string_view kBlanks[] = {" ", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89"};
constexpr struct {
    std::string_view symbol, code;
} kSymbols[] = {{"€", "EUR"}, {"£", "GBP"}, {"$", "USD"}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool french(std::string_view language) { return language == "fr"; }

std::string without_blanks(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto* blank = std::ranges::find_if(kBlanks, [&](std::string_view b) { return text.starts_with(b); });
        if (blank == std::end(kBlanks)) out += text.front();
        text.remove_prefix(blank == std::end(kBlanks) ? 1 : blank->size());
    }
    return out;
}

// English groups by commas, three digits each: "1,234.50", never "12,50".
bool drop_commas(std::string& text) {
    const auto first = text.find(',');
    if (first == text.npos) return true;
    const auto end = std::min(text.find('.'), text.size());
    const auto start = text.starts_with('-') ? 1u : 0u;
    if (first == start || first > start + 3) return false;
    for (auto i = first; i < end; i += 4)
        if (text[i] != ',' || i + 4 > end || text.substr(i + 1, 3).find(',') != text.npos) return false;
    std::erase(text, ',');
    return true;
}

std::optional<std::string> canonical(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    const auto point = text.find('.');
    auto whole = text.substr(0, point);
    const auto fraction = point == text.npos ? std::string_view{} : text.substr(point + 1);
    if (whole.empty() || !std::ranges::all_of(whole, is_digit) || !std::ranges::all_of(fraction, is_digit)) return std::nullopt;
    if (point != text.npos && fraction.empty()) return std::nullopt;
    while (whole.size() > 1 && whole.front() == '0') whole.remove_prefix(1);
    if (whole.size() + fraction.size() > kMostDigits) return std::nullopt;
    const bool zero = whole == "0" && std::ranges::all_of(fraction, [](char c) { return c == '0'; });
    std::string out{negative && !zero ? "-" : ""};
    out += whole;
    if (!fraction.empty()) out.append(".").append(fraction);
    return out;
}

icu::Locale locale_of(std::string_view language) { return icu::Locale{french(language) ? "fr" : "en"}; }

std::string utf8(const icu::UnicodeString& text) {
    std::string bytes;
    return text.toUTF8String(bytes);
}

// The currency that stands before or after an amount is taken away from it; "" when there is none.
std::string take_currency(std::string& text) {
    for (const auto& [symbol, code] : kSymbols) {
        const auto at = text.find(symbol);
        if (at == text.npos) continue;
        text.erase(at, symbol.size());
        return std::string{code};
    }
    const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    const auto first = std::ranges::find_if(text, letter);
    const auto last = std::find_if_not(first, text.end(), letter);
    if (last - first != 3 || (first != text.begin() && last != text.end())) return {};
    std::string code{first, last};
    for (auto& c : code) c = static_cast<char>(c & ~0x20);
    text.erase(first, last);
    return code;
}

}  // namespace

std::optional<std::string> parse_decimal(std::string_view typed, std::string_view language) {
    auto text = without_blanks(typed);
    if (french(language)) {
        if (text.find(',') != text.npos && text.find('.') != text.npos) return std::nullopt;
        std::ranges::replace(text, ',', '.');
    } else if (!drop_commas(text)) {
        return std::nullopt;
    }
    return canonical(text);
}

std::string format_decimal(std::string_view decimal, std::string_view language, bool grouped) {
    const auto point = decimal.find('.');
    const auto digits = point == decimal.npos ? 0 : static_cast<int32_t>(decimal.size() - point - 1);
    UErrorCode status = U_ZERO_ERROR;
    const auto text = icu::number::NumberFormatter::withLocale(locale_of(language))
                          .grouping(grouped ? UNUM_GROUPING_AUTO : UNUM_GROUPING_OFF)
                          .precision(icu::number::Precision::fixedFraction(digits))
                          .formatDecimal({decimal.data(), static_cast<int32_t>(decimal.size())}, status)
                          .toString(status);
    return U_SUCCESS(status) ? utf8(text) : std::string{decimal};
}

bool known_currency(std::string_view code) {
    if (code.size() != 3 || !std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; })) return false;
    UErrorCode status = U_ZERO_ERROR;
    const auto now = icu::Calendar::getNow();
    return ucurr_isAvailable(icu::UnicodeString::fromUTF8({code.data(), 3}).getTerminatedBuffer(), now, now, &status) && U_SUCCESS(status);
}

int currency_digits(std::string_view code) {
    UErrorCode status = U_ZERO_ERROR;
    const auto digits = ucurr_getDefaultFractionDigits(
        icu::UnicodeString::fromUTF8({code.data(), static_cast<int32_t>(code.size())}).getTerminatedBuffer(), &status);
    return U_SUCCESS(status) ? digits : 2;
}

std::optional<Money> parse_money(std::string_view typed, std::string_view language, std::string_view currency) {
    auto text = without_blanks(typed);
    auto code = take_currency(text);
    if (code.empty()) code = currency;
    const auto decimal = parse_decimal(text, language);
    if (!decimal || !known_currency(code)) return std::nullopt;
    const auto digits = static_cast<std::size_t>(currency_digits(code));
    const auto point = std::min(decimal->find('.'), decimal->size());
    auto fraction = point == decimal->size() ? std::string{} : decimal->substr(point + 1);
    while (fraction.size() > digits && fraction.back() == '0') fraction.pop_back();
    if (fraction.size() > digits) return std::nullopt;
    fraction.resize(digits, '0');
    const auto units = decimal->substr(0, point) + fraction;
    Money money{0, code};
    const auto [end, error] = std::from_chars(units.data(), units.data() + units.size(), money.minor_units);
    if (error != std::errc{} || end != units.data() + units.size()) return std::nullopt;
    return money;
}

std::string money_decimal(const Money& money) {
    const auto digits = static_cast<std::size_t>(currency_digits(money.currency));
    auto text = std::to_string(money.minor_units);
    const std::size_t sign = money.minor_units < 0 ? 1 : 0;
    if (text.size() - sign <= digits) text.insert(sign, digits + 1 - (text.size() - sign), '0');
    if (digits > 0) text.insert(text.size() - digits, 1, '.');
    return text;
}

std::string format_money(const Money& money, std::string_view language) {
    UErrorCode status = U_ZERO_ERROR;
    const auto decimal = money_decimal(money);
    const icu::CurrencyUnit unit{icu::UnicodeString::fromUTF8(money.currency).getTerminatedBuffer(), status};
    const auto text = icu::number::NumberFormatter::withLocale(locale_of(language))
                          .unit(unit)
                          .formatDecimal({decimal.data(), static_cast<int32_t>(decimal.size())}, status)
                          .toString(status);
    return U_SUCCESS(status) ? utf8(text) : decimal + ' ' + money.currency;
}

}  // namespace host::i18n
