#include "core/field_text.hpp"

#include "base/json.hpp"
#include "i18n/format.hpp"
#include "i18n/number.hpp"
#include "i18n/parse_time.hpp"

namespace host::core {
namespace {

using base::Value;

FieldTexts money_texts(const Field& field, const Value& value, const FieldLocale& locale) {
    const i18n::Money money{value.get("amount")->as_integer(), std::string{value.get("currency")->as_string()}};
    auto control = i18n::format_decimal(i18n::money_decimal(money), locale.language, false);
    if (money.currency != field.currency) control += ' ' + money.currency;
    return {i18n::format_money(money, locale.language), std::move(control)};
}

FieldTexts datetime_texts(std::string_view rfc3339, const FieldLocale& locale) {
    const auto us = i18n::parse_datetime(rfc3339, locale.language, locale.zone).value_or(0);
    const auto in = [&](i18n::DateStyle style) { return i18n::format_time(us, style, locale.language, locale.zone, 0); };
    return {in(i18n::DateStyle::datetime), in(i18n::DateStyle::iso_local)};
}

FieldTexts list_texts(const Field& field, std::string_view value, const FieldLocale& locale) {
    const auto* option = field.option(value);
    return {std::string{option ? option->label(locale.language) : value}, std::string{value}};
}

bool is_money(const Value& value) {
    const auto *amount = value.get("amount"), *currency = value.get("currency");
    return amount && currency && amount->is(Value::Type::integer) && currency->is(Value::Type::string);
}

bool fits(FieldType type, const Value& value) {
    switch (type) {
        case FieldType::money: return is_money(value);
        case FieldType::boolean: return value.is(Value::Type::boolean);
        case FieldType::integer:
        case FieldType::user:
        case FieldType::account:
        case FieldType::equipment: return value.is(Value::Type::integer);
        default: return value.is(Value::Type::string);
    }
}

}  // namespace

FieldTexts field_texts(const Field& field, const Value& value, const FieldLocale& locale) {
    if (!fits(field.type, value)) return {base::to_json(value), {}};
    const auto text = value.as_string();
    switch (field.type) {
        case FieldType::integer:
            return {i18n::format_integer(value.as_integer(), locale.language), std::to_string(value.as_integer())};
        case FieldType::decimal:
            return {i18n::format_decimal(text, locale.language, true), i18n::format_decimal(text, locale.language, false)};
        case FieldType::money: return money_texts(field, value, locale);
        case FieldType::date:
            return {i18n::format_time(i18n::day_us(text), i18n::DateStyle::date, locale.language, "UTC", 0), std::string{text}};
        case FieldType::datetime: return datetime_texts(text, locale);
        case FieldType::list: return list_texts(field, text, locale);
        case FieldType::boolean: {
            const auto answer = value.as_bool() ? "true" : "false";
            return {answer, answer};
        }
        case FieldType::text:
        case FieldType::long_text: return {std::string{text}, std::string{text}};
        default: return {std::to_string(value.as_integer()), std::to_string(value.as_integer())};
    }
}

}  // namespace host::core
