// Public holidays of France, of any year: Code du travail L3133-1 (everywhere), L3134-13 (Alsace-Moselle) and L3422-2 (the days on
// which overseas territories remember the abolition of slavery).
#pragma once

#include "zone.hpp"

#include <span>

namespace sla {

enum class Holidays { france, alsace_moselle, guadeloupe, martinique, guyane, reunion, mayotte, saint_barthelemy, saint_martin };

struct HolidaysInfo {
    Holidays id;
    std::string_view code;  // "FR", "FR-ALS", "FR-GP" …
    std::string_view name;  // msgid
};
std::span<const HolidaysInfo> all_holidays();
std::optional<Holidays> find_holidays(std::string_view code);
std::string_view code_of(Holidays holidays);

// Gregorian; years from 1583 on.
Day easter_sunday(int year);
bool is_holiday(Holidays holidays, Day day);

}  // namespace sla
