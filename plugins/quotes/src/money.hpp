// Decimal numbers as whole numbers of their last place: 12.50 with two places is 1250. No number with a floating point anywhere.
// Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quotes {

inline constexpr int kQuantityPlaces = 3;
inline constexpr int kPricePlaces = 4;    // unit prices of small parts need more than cents
inline constexpr int kPercentPlaces = 2;  // 2000 is 20 %
inline constexpr int kCentPlaces = 2;

enum class DecimalFault { none, no_number, too_many_places, too_large };

struct ParsedDecimal {
    int64_t units = 0;  // 0 with a fault
    DecimalFault fault = DecimalFault::none;
};

// "1234.5", "-3"; blanks of any width stand between groups of digits ("1 234.50"). The comma separates decimals where comma_decimals
// says so (French), and is refused elsewhere: "1,234" would be a thousand times less than was meant. At most nine digits before the
// decimals; zeros that are too many behind them do not matter.
ParsedDecimal parse_decimal(std::string_view text, int places, bool comma_decimals);

// For programs: "1234.5", without zeros at the end.
std::string decimal_text(int64_t units, int places);
// For controls of forms: as the language writes it, without groups; at least least_places decimals.
std::string form_text(int64_t units, int places, int least_places, std::string_view language);
// For people: "1 234,5" with U+202F between groups in French, "1,234.5" in English.
std::string people_text(int64_t units, int places, int least_places, std::string_view language);
// "1 234,50 €" with U+00A0 before the sign in French, "€1,234.50" in English.
std::string euro_text(int64_t cents, std::string_view language);

__extension__ using Wide = __int128;

// numerator / denominator (more than 0) to the nearest whole number, halves away from zero; nullopt beyond +-most.
std::optional<int64_t> divide_rounded(Wide numerator, Wide denominator, int64_t most);

}  // namespace quotes
