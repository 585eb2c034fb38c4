// A second, naive implementation, minute by minute, agrees on 100,000 random cases over calendars, zones, pauses and changes of time.
#include "clock_desk.hpp"

#include <gtest/gtest.h>

#include <random>

namespace sla {
namespace {

using std::chrono::days;
using Length = std::chrono::minutes;

constexpr int kDays = 30;
constexpr int kMinutes = kDays * 1440;

// Knows nothing but what the clock on the wall shows at each minute.
class Wall {
public:
    Wall(const Calendar& calendar, Day first) : zone_{*Zone::find(calendar.zone)}, begin_{first.time_since_epoch()} {
        for (int m = 0; m < kMinutes; ++m) clock_.push_back(zone_.local(instant(m)));
        open_.assign(kMinutes, false);
        for (Day day = first - days{2}; day < first + days{kDays + 2}; day += days{1}) mark(calendar, day);
    }
    Instant instant(int minute) const { return begin_ + Length{minute}; }
    bool open(int minute) const { return open_[static_cast<std::size_t>(minute)]; }

private:
    // The first minute that shows the time or a later one.
    int first(Local clock) const {
        int m = 0;
        while (m < kMinutes && clock_[static_cast<std::size_t>(m)] < clock) ++m;
        return m;
    }
    // The minute after the last one that shows an earlier time.
    int last(Local clock) const {
        int m = kMinutes;
        while (m > 0 && clock_[static_cast<std::size_t>(m - 1)] >= clock) --m;
        return m;
    }
    void mark(const Calendar& calendar, Day day) {
        const std::chrono::year_month_day date{day};
        const auto exception = calendar.dates.find(day);
        const auto yearly = calendar.yearly.find({static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())});
        const auto& hours = exception != calendar.dates.end() ? exception->second
                            : yearly != calendar.yearly.end() ? yearly->second
                                                              : calendar.week[std::chrono::weekday{day}.iso_encoding() - 1];
        for (const auto& s : hours) {
            const auto close = day + Length{s.close > s.open ? s.close : s.close + 1440};
            for (int m = first(day + Length{s.open}), end = last(close); m < end; ++m) open_[static_cast<std::size_t>(m)] = true;
        }
    }

    Zone zone_;
    Instant begin_;
    std::vector<Local> clock_;
    std::vector<bool> open_;
};

struct Minutes {
    int from = 0, to = 0;  // to < 0: it lasts
};

struct Case {
    int start = 0, target = 0, now = 0;
    std::vector<Minutes> pauses;
};

struct Naive {
    int due = -1;  // not within the days looked at
    int elapsed = 0, paused = 0;
};

bool is_paused(const Case& c, int minute) {
    return std::any_of(c.pauses.begin(), c.pauses.end(), [&](const auto& p) { return p.from <= minute && (p.to < 0 || minute < p.to); });
}

Naive walk(const Wall& wall, const Case& c) {
    Naive out;
    int left = c.target;
    for (int m = c.start; m < kMinutes && (out.due < 0 || m < c.now); ++m) {
        const bool open = wall.open(m), paused = is_paused(c, m);
        if (out.due < 0 && left == 0 && open) out.due = m;  // a target of nothing: the next opening
        if (!open) continue;
        if (m < c.now) (paused ? out.paused : out.elapsed) += 1;
        if (!paused && out.due < 0 && --left == 0) out.due = m + 1;
    }
    return out;
}

class Dice {
public:
    int operator()(int from, int to) { return std::uniform_int_distribution{from, to}(engine_); }

private:
    std::mt19937 engine_{64};
};

Segments some_hours(Dice& dice) {
    Segments out;
    for (int n = dice(0, 3); n > 0; --n) out.push_back({dice(0, 47) * 30, dice(0, 48) * 30});
    return out;
}

Calendar some_calendar(Dice& dice, Day first) {
    static const char* const kZones[] = {"Europe/Paris", "America/New_York", "Australia/Lord_Howe",
                                         "Asia/Kolkata", "America/St_Johns", "UTC"};
    Calendar out{.zone = kZones[dice(0, 5)], .week = {}, .dates = {}, .yearly = {}};
    for (auto& day : out.week) day = some_hours(dice);
    for (int n = dice(0, 3); n > 0; --n) out.dates[first + days{dice(0, kDays)}] = some_hours(dice);
    const std::chrono::year_month_day yearly{first + days{dice(0, kDays)}};
    out.yearly[{static_cast<unsigned>(yearly.month()), static_cast<unsigned>(yearly.day())}] = some_hours(dice);
    return out;
}

Case some_case(Dice& dice) {
    Case out{dice(3 * 1440, 12 * 1440), dice(0, 9) == 0 ? 0 : dice(1, 1200), 0, {}};
    out.now = out.start + dice(0, 8 * 1440);
    for (int n = dice(0, 3); n > 0; --n) {
        const int from = out.start - 600 + dice(0, 4 * 1440);
        out.pauses.push_back({from, from + dice(0, 2 * 1440)});
    }
    return out;
}

Course course_of(const Wall& wall, const Case& c) {
    Course out{wall.instant(c.start), {.working_days = 0, .time = Length{c.target}}};
    for (const auto& p : c.pauses) out.pauses.push_back({wall.instant(p.from), wall.instant(p.to)});
    return out;
}

std::string story(const Calendar& calendar, const Case& c, Day first) {
    return calendar.zone + ", days since 1970 " + std::to_string(first.time_since_epoch().count()) + ", start " + std::to_string(c.start) +
           ", target " + std::to_string(c.target) + ", now " + std::to_string(c.now) + ", pauses " + std::to_string(c.pauses.size());
}

// Of a target of nothing while paused the two disagree on purpose: it is due at the next opening, paused or not.
bool is_asked_of_both(const Naive& naive, const Case& c) { return naive.due >= 0 && (c.target > 0 || c.pauses.empty()); }

}  // namespace

TEST(Agreement, WithAWalkMinuteByMinute) {
    Dice dice;
    int asked = 0;
    for (int n = 0; n < 500; ++n) {
        const Day first = day(2026, 1, 1) + days{dice(0, 1) ? dice(0, 360) : 70 + dice(0, 15)};
        const auto calendar = some_calendar(dice, first);
        const Wall wall{calendar, first};
        Opening opening{calendar};
        for (int i = 0; i < 200; ++i) {
            const auto c = some_case(dice);
            const auto naive = walk(wall, c);
            if (!is_asked_of_both(naive, c)) continue;
            const auto found = deadline(opening, course_of(wall, c), wall.instant(c.now));
            ASSERT_EQ(found.due, wall.instant(naive.due)) << story(calendar, c, first);
            ASSERT_EQ(found.elapsed, Length{naive.elapsed}) << story(calendar, c, first);
            ASSERT_EQ(found.paused, Length{naive.paused}) << story(calendar, c, first);
            ASSERT_EQ(found.breached, naive.due < c.now) << story(calendar, c, first);
            ++asked;
        }
    }
    EXPECT_GT(asked, 80000);
}

}  // namespace sla
