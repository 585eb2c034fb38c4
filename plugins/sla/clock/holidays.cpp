#include "holidays.hpp"

#include <algorithm>

namespace sla {

using namespace std::chrono;

namespace {

constexpr HolidaysInfo kAll[] = {
    {Holidays::france, "FR", "France"},
    {Holidays::alsace_moselle, "FR-ALS", "Alsace and Moselle"},
    {Holidays::guadeloupe, "FR-GP", "Guadeloupe"},
    {Holidays::martinique, "FR-MQ", "Martinique"},
    {Holidays::guyane, "FR-GF", "French Guiana"},
    {Holidays::reunion, "FR-RE", "Réunion"},
    {Holidays::mayotte, "FR-YT", "Mayotte"},
    {Holidays::saint_barthelemy, "FR-BL", "Saint Barthélemy"},
    {Holidays::saint_martin, "FR-MF", "Saint Martin"},
};

constexpr month_day kFixed[] = {January / 1, May / 1, May / 8, July / 14, August / 15, November / 1, November / 11, December / 25};
constexpr days kAfterEaster[] = {days{1}, days{39}, days{50}};  // Easter Monday, Ascension, Whit Monday

std::optional<month_day> abolition(Holidays holidays) {
    switch (holidays) {
        case Holidays::mayotte:
            return April / 27;
        case Holidays::martinique:
            return May / 22;
        case Holidays::guadeloupe:
            return May / 27;
        case Holidays::saint_martin:
            return May / 28;
        case Holidays::guyane:
            return June / 10;
        case Holidays::saint_barthelemy:
            return October / 9;
        case Holidays::reunion:
            return December / 20;
        default:
            return std::nullopt;
    }
}

}  // namespace

std::span<const HolidaysInfo> all_holidays() { return kAll; }

std::optional<Holidays> find_holidays(std::string_view code) {
    const auto it = std::ranges::find(kAll, code, &HolidaysInfo::code);
    return it == std::end(kAll) ? std::nullopt : std::optional{it->id};
}

std::string_view code_of(Holidays holidays) { return std::ranges::find(kAll, holidays, &HolidaysInfo::id)->code; }

// J. Meeus, Astronomical Algorithms, chapter 8 (the algorithm of Butcher's Ecclesiastical Calendar, 1876).
Day easter_sunday(int year) {
    const int a = year % 19, b = year / 100, c = year % 100;
    const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int n = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;
    return Day{std::chrono::year{year} / month{static_cast<unsigned>(n / 31)} / std::chrono::day{static_cast<unsigned>(n % 31 + 1)}};
}

bool is_holiday(Holidays holidays, Day day) {
    const year_month_day date{day};
    const month_day of_year{date.month(), date.day()};
    if (std::ranges::find(kFixed, of_year) != std::end(kFixed) || abolition(holidays) == of_year) return true;
    const auto after_easter = day - easter_sunday(static_cast<int>(date.year()));
    if (std::ranges::find(kAfterEaster, after_easter) != std::end(kAfterEaster)) return true;
    return holidays == Holidays::alsace_moselle && (of_year == December / 26 || after_easter == days{-2});
}

}  // namespace sla
