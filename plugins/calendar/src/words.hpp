// Days and times as people of a language write them (ICU).
#pragma once

#include "zone.hpp"

namespace calendar::words {

std::string day(Day day, std::string_view language);            // lundi 23 novembre; Monday 23 November
std::string day_and_year(Day day, std::string_view language);   // lundi 23 novembre 2026
std::string month(Day day, std::string_view language);          // novembre 2026
std::string weekday(Day day, std::string_view language);        // lundi
std::string short_weekday(Day day, std::string_view language);  // lun.
std::string time(Local clock);                                  // 09:00
// "lundi 23 novembre 2026, 09:00–10:00"; a whole day, or the days from and to. The end is exclusive.
std::string span(Local starts, Local ends, bool whole_day, std::string_view language);

}  // namespace calendar::words
