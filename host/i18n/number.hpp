// Decimal numbers and amounts of money, read and written as people of a language do (ICU). Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace host::i18n {

// "1 234,50" (French) and "1,234.50" (English) are "1234.50"; a point is understood in French as well. The digits after the
// point are kept as typed, superfluous zeros before it are not. Null for anything else.
std::optional<std::string> parse_decimal(std::string_view typed, std::string_view language);
// decimal is what parse_decimal gives. grouped: "1 234,50" with a narrow no-break space; else "1234,50", for a form.
std::string format_decimal(std::string_view decimal, std::string_view language, bool grouped);

struct Money {
    std::int64_t minor_units = 0;  // cents
    std::string currency;          // ISO 4217, "EUR"
    bool operator==(const Money&) const = default;
};
bool known_currency(std::string_view code);
int currency_digits(std::string_view code);  // of the minor unit: 2 for EUR, 0 for JPY
// "12,50", "12,50 €", "USD 12.50": without a currency it is the given one. Null for what is no amount, for an unknown currency and for more
// digits than the currency has.
std::optional<Money> parse_money(std::string_view typed, std::string_view language, std::string_view currency);
std::string format_money(const Money& money, std::string_view language);    // "12,50 €", "€12.50"
std::string money_decimal(const Money& money);                              // "12.50"

}  // namespace host::i18n
