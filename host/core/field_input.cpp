#include "core/field_input.hpp"

#include "base/json.hpp"
#include "i18n/number.hpp"
#include "i18n/parse_time.hpp"

#include <guichet/sdk/text.hpp>

#include <charconv>
#include <cmath>

namespace host::core {
namespace {

using base::Value;

constexpr std::size_t kLongestText = 500;
constexpr std::size_t kLongestLongText = 20'000;
constexpr std::int64_t kLargestInteger = 9'007'199'254'740'991;  // what every JSON reader keeps exactly

FieldReading wrong(std::string_view problem, std::string detail = {}) { return {nullptr, problem, std::move(detail)}; }
FieldReading ok(const Value* value) { return {value, {}, {}}; }

// A number of a JSON body as the text a person would have typed in a program: "12.5".
std::optional<std::string> number_text(const Value& given) {
    if (given.is(Value::Type::integer)) return std::to_string(given.as_integer());
    if (!given.is(Value::Type::real) || !std::isfinite(given.as_real())) return std::nullopt;
    char digits[400];
    const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), given.as_real(), std::chars_format::fixed);
    if (error != std::errc{}) return std::nullopt;
    return std::string{std::begin(digits), end};
}

FieldReading read_text(std::string text, std::size_t longest, base::Arena& arena) {
    if (guichet::count_characters(text) > longest) return wrong("Use at most %1 characters.", std::to_string(longest));
    return ok(Value::string(arena, text));
}

// A JSON number counts with a point, whatever the user's language is.
std::optional<std::string> decimal_of(const Value& given, const FieldLocale& locale) {
    if (const auto number = number_text(given)) return i18n::parse_decimal(*number, "en");
    if (!given.is(Value::Type::string)) return std::nullopt;
    return i18n::parse_decimal(given.as_string(), locale.language);
}

FieldReading read_integer(const Value& given, const FieldLocale& locale, base::Arena& arena) {
    const auto decimal = decimal_of(given, locale);
    const auto number = decimal ? guichet::to_integer(*decimal) : std::nullopt;
    if (!number || *number > kLargestInteger || *number < -kLargestInteger) return wrong("Enter a whole number.");
    return ok(Value::integer(arena, *number));
}

FieldReading read_decimal(const Value& given, const FieldLocale& locale, base::Arena& arena) {
    const auto decimal = decimal_of(given, locale);
    if (!decimal) return wrong("Enter a number such as %1.", i18n::format_decimal("12.50", locale.language, false));
    return ok(Value::string(arena, *decimal));
}

const Value* money_value(const i18n::Money& money, base::Arena& arena) {
    auto* out = Value::object(arena);
    out->set("amount", money.minor_units);
    out->set("currency", std::string_view{money.currency});
    return out;
}

FieldReading read_money(const Field& field, const Value& given, const FieldLocale& locale, base::Arena& arena) {
    const auto* amount = given.get("amount");
    const auto* currency = given.get("currency");
    if (amount && amount->is(Value::Type::integer) && given.size() == (currency ? 2u : 1u)) {
        const std::string code{!currency ? std::string_view{field.currency} : currency->is(Value::Type::string) ? currency->as_string() : ""};
        if (!i18n::known_currency(code)) return wrong("There is no such currency.");
        if (std::abs(amount->as_integer()) > kLargestInteger) return wrong("Enter a whole number.");
        return ok(money_value({amount->as_integer(), code}, arena));
    }
    const auto number = number_text(given);
    if (!number && !given.is(Value::Type::string)) return wrong("Enter an amount such as %1.", i18n::format_money({1250, field.currency}, locale.language));
    const auto money = number ? i18n::parse_money(*number, "en", field.currency)
                              : i18n::parse_money(given.as_string(), locale.language, field.currency);
    if (!money || std::abs(money->minor_units) > kLargestInteger)
        return wrong("Enter an amount such as %1.", i18n::format_money({1250, field.currency}, locale.language));
    return ok(money_value(*money, arena));
}

FieldReading read_date(std::string_view typed, const FieldLocale& locale, base::Arena& arena) {
    const auto date = i18n::parse_date(typed, locale.language);
    if (!date) return wrong("Enter a date that exists, such as %1.", locale.language == "fr" ? "31/12/2026" : "31 Dec 2026");
    return ok(Value::string(arena, *date));
}

FieldReading read_datetime(std::string_view typed, const FieldLocale& locale, base::Arena& arena) {
    const auto us = i18n::parse_datetime(typed, locale.language, locale.zone);
    if (!us) return wrong("Enter a date and a time, such as %1.", locale.language == "fr" ? "31/12/2026 18:30" : "31 Dec 2026, 18:30");
    return ok(Value::string(arena, base::rfc3339(*us - *us % 1'000'000)));
}

FieldReading read_boolean(const Value& given, base::Arena& arena) {
    if (given.is(Value::Type::boolean)) return ok(Value::boolean(arena, given.as_bool()));
    const auto typed = given.is(Value::Type::string) ? given.as_string() : std::string_view{};
    if (typed == "true" || typed == "1") return ok(Value::boolean(arena, true));
    if (typed == "false" || typed == "0") return ok(Value::boolean(arena, false));
    return wrong("Choose yes or no.");
}

FieldReading read_list(const Field& field, std::string_view typed, const Value* stored, base::Arena& arena) {
    const bool unchanged = stored && stored->is(Value::Type::string) && stored->as_string() == typed;
    const auto* option = field.option(typed);
    if (!unchanged && (!option || !option->active)) return wrong("Choose one of the list.");
    return ok(Value::string(arena, typed));
}

FieldReading read_reference(const Value& given, base::Arena& arena) {
    if (given.is(Value::Type::integer) && given.as_integer() > 0) return ok(Value::integer(arena, given.as_integer()));
    const auto number = given.is(Value::Type::string) ? reference_number(given.as_string()) : std::nullopt;
    if (!number) return wrong("Choose one of the list.");
    return ok(Value::integer(arena, *number));
}

FieldReading read_typed(const Field& field, const Value& given, const Value* stored, const FieldLocale& locale, base::Arena& arena) {
    const auto needs_text = [&] { return given.is(Value::Type::string); };
    switch (field.type) {
        case FieldType::text:
            return needs_text() ? read_text(guichet::one_line(given.as_string()), kLongestText, arena) : wrong("This must be text.");
        case FieldType::long_text:
            return needs_text() ? read_text(guichet::lines(given.as_string()), kLongestLongText, arena) : wrong("This must be text.");
        case FieldType::integer: return read_integer(given, locale, arena);
        case FieldType::decimal: return read_decimal(given, locale, arena);
        case FieldType::money: return read_money(field, given, locale, arena);
        case FieldType::date: return read_date(needs_text() ? given.as_string() : "", locale, arena);
        case FieldType::datetime: return read_datetime(needs_text() ? given.as_string() : "", locale, arena);
        case FieldType::boolean: return read_boolean(given, arena);
        case FieldType::list: return read_list(field, needs_text() ? given.as_string() : "", stored, arena);
        default: return read_reference(given, arena);
    }
}

}  // namespace

FieldReading read_field(const Field& field, const Value& given, const Value* stored, const FieldLocale& locale, base::Arena& arena) {
    if (given.is(Value::Type::null)) return {};
    if (given.is(Value::Type::string) && guichet::trim(given.as_string()).empty()) return {};
    return read_typed(field, given, stored, locale, arena);
}

std::optional<std::int64_t> reference_number(std::string_view typed) {
    const auto text = guichet::trim(typed);
    const auto mark = text.rfind('#');
    const auto number = guichet::to_integer(mark == text.npos ? text : text.substr(mark + 1));
    return number && *number > 0 ? number : std::nullopt;
}

}  // namespace host::core
