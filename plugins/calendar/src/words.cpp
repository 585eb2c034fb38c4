#include "words.hpp"

#include <unicode/smpdtfmt.h>

#include <cstdio>

namespace calendar::words {

using namespace std::chrono;

namespace {

std::string formatted(Day day, const char16_t* pattern, std::string_view language) {
    UErrorCode status = U_ZERO_ERROR;
    const auto locale = language == "fr" ? icu::Locale::getFrance() : icu::Locale::getUK();
    icu::SimpleDateFormat format{icu::UnicodeString{pattern}, locale, status};
    format.adoptTimeZone(icu::TimeZone::getGMT()->clone());
    icu::UnicodeString text;
    format.format(static_cast<double>(duration_cast<milliseconds>(day.time_since_epoch()).count()), text);
    std::string out;
    text.toUTF8String(out);
    return out;
}

bool is_premier(Day day, std::string_view language) { return language == "fr" && year_month_day{day}.day() == std::chrono::day{1}; }

}  // namespace

std::string day(Day day, std::string_view language) {
    return formatted(day, is_premier(day, language) ? u"EEEE d'er' MMMM" : u"EEEE d MMMM", language);
}
std::string day_and_year(Day day, std::string_view language) {
    return formatted(day, is_premier(day, language) ? u"EEEE d'er' MMMM y" : u"EEEE d MMMM y", language);
}
std::string month(Day day, std::string_view language) { return formatted(day, u"LLLL y", language); }
std::string weekday(Day day, std::string_view language) { return formatted(day, u"EEEE", language); }
std::string short_weekday(Day day, std::string_view language) { return formatted(day, u"EEE", language); }

std::string time(Local clock) {
    const hh_mm_ss at{clock - day_of(clock)};
    char out[16];
    std::snprintf(out, sizeof out, "%02d:%02d", static_cast<int>(at.hours().count()), static_cast<int>(at.minutes().count()));
    return out;
}

std::string span(Local starts, Local ends, bool whole_day, std::string_view language) {
    const auto first = day_of(starts);
    if (whole_day) {
        const auto last = std::max(first, day_of(ends - seconds{1}));
        return first == last ? day_and_year(first, language) : day_and_year(first, language) + " – " + day_and_year(last, language);
    }
    const auto begin = day_and_year(first, language) + ", " + time(starts);
    return day_of(ends) == first ? begin + "–" + time(ends) : begin + " – " + day_and_year(day_of(ends), language) + ", " + time(ends);
}

}  // namespace calendar::words
