// SPDX-License-Identifier: Apache-2.0
// Provides the service example.holidays.days.
#include <example_holidays/days_v1.h>
#include <guichet/sdk/plugin.hpp>

#include <chrono>

namespace {

using std::chrono::year_month_day;

// Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8).
std::chrono::sys_days easter(int y) {
    const int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, g = (8 * b + 13) / 25;
    const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
    return std::chrono::sys_days{year_month_day{std::chrono::year{y}, std::chrono::month{static_cast<unsigned>(n / 31)},
                                                std::chrono::day{static_cast<unsigned>(n % 31 + 1)}}};
}

// Code du travail, article L3133-1.
std::string_view holiday(const year_month_day& date) {
    static constexpr struct { unsigned month, day; std::string_view name; } kFixed[] = {
        {1, 1, "New Year's Day"}, {5, 1, "Labour Day"}, {5, 8, "Victory Day"}, {7, 14, "National Day"}, {8, 15, "Assumption"},
        {11, 1, "All Saints' Day"}, {11, 11, "Armistice Day"}, {12, 25, "Christmas Day"}};
    for (const auto& fixed : kFixed)
        if (date.month() == std::chrono::month{fixed.month} && date.day() == std::chrono::day{fixed.day}) return fixed.name;
    const auto after_easter = (std::chrono::sys_days{date} - easter(static_cast<int>(date.year()))).count();
    return after_easter == 1 ? "Easter Monday" : after_easter == 39 ? "Ascension Day" : after_easter == 50 ? "Whit Monday" : "";
}

class Holidays {
public:
    explicit Holidays(guichet::Ctx) {}

    void bind(guichet::Binder& b) { b.service(EXAMPLE_HOLIDAYS_DAYS, table_); }

    void name_of(guichet::Ctx ctx, int32_t year, uint32_t month, uint32_t day, guichet_str* out) {
        const year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
        if (!date.ok()) throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("There is no such day.")}};
        *out = guichet::str(holiday(date));
    }

private:
    static constexpr example_holidays_days_v1 table_{{sizeof(example_holidays_days_v1), 1, 0}, guichet::service_fn<&Holidays::name_of>};
};

}  // namespace

GUICHET_PLUGIN(Holidays, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
