#include "calendar_input.hpp"

#include "notation.hpp"

namespace sla {

using guichet::Ctx;
using guichet::Problems;
using guichet::Value;

namespace {

constexpr std::size_t kMostSegments = 12, kMostDays = 1000;

class Reader {
public:
    Reader(Ctx ctx, Problems& problems) : ctx_{ctx}, problems_{problems} {}

    void add(const std::string& place, std::string_view message) { problems_.add(place, ctx_.tr(message)); }

    // Nothing for an absent member; one that is no array, or too long, is a problem.
    std::size_t count(Value list, const std::string& place, std::size_t most) {
        if (!list || list.is_null()) return 0;
        if (!list.is_array()) add(place, "This must be a list.");
        else if (list.size() > most) add(place, "This list is too long.");
        else return list.size();
        return 0;
    }
    Segments segments(Value list, const std::string& place) {
        Segments out;
        for (std::size_t i = 0, n = count(list, place, kMostSegments); i < n; ++i)
            if (const auto one = segment(list[i], place + "." + std::to_string(i))) out.push_back(*one);
        return out;
    }
    template <class Key>
    void closed(Value list, const std::string& place, std::optional<Key> (*parse)(std::string_view), std::map<Key, Segments>& to) {
        for (std::size_t i = 0, n = count(list, place, kMostDays); i < n; ++i) {
            const auto day = parse(list[i].text().value_or(""));
            if (day) to[*day] = {};
            else add(place + "." + std::to_string(i), "This is no day of the calendar.");
        }
    }
    template <class Key>
    void hours(Value days, const std::string& place, std::optional<Key> (*parse)(std::string_view), std::map<Key, Segments>& to) {
        if (!days || days.is_null()) return;
        if (!days.is_object()) return add(place, "This must be an object.");
        if (days.size() > kMostDays) return add(place, "This list is too long.");
        for (std::size_t i = 0; i < days.size(); ++i) {
            const std::string name{days.key(i)};
            if (const auto day = parse(name)) to[*day] = segments(days[name], place + "." + name);
            else add(place + "." + name, "This is no day of the calendar.");
        }
    }

private:
    std::optional<Segment> segment(Value pair, const std::string& place) {
        const auto open = parse_time_of_day(pair[0].text().value_or("")), close = parse_time_of_day(pair[1].text().value_or(""));
        if (pair.size() == 2 && open && close && *open < 1440) return Segment{*open, *close};
        add(place, "Give hours from 00:00 to 24:00, such as [\"09:00\", \"12:00\"].");
        return std::nullopt;
    }

    Ctx ctx_;
    Problems& problems_;
};

}  // namespace

void check_members(Ctx ctx, Value object, const std::string& prefix, std::initializer_list<std::string_view> known, Problems& problems) {
    for (std::size_t i = 0; i < object.size(); ++i)
        if (std::ranges::find(known, object.key(i)) == known.end())
            problems.add(prefix + std::string{object.key(i)}, ctx.tr("There is no such member here."));
}

Calendar read_calendar(Ctx ctx, Value from, const std::string& prefix, Problems& problems) {
    Reader reader{ctx, problems};
    Calendar out{.zone = std::string{from["zone"].text().value_or("")}, .week = {}, .dates = {}, .yearly = {}};
    check_members(ctx, from, prefix, {"zone", "week", "closed", "closed_yearly", "hours", "hours_yearly", "holidays"}, problems);
    if (!Zone::find(out.zone)) reader.add(prefix + "zone", "This time zone is not known. Give its name, such as Europe/Paris.");
    const auto week = from["week"];
    if (week && !week.is_null() && !week.is_object()) reader.add(prefix + "week", "This must be an object.");
    check_members(ctx, week, prefix + "week.", {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}, problems);
    for (std::size_t i = 0; i < 7; ++i) out.week[i] = reader.segments(week[kWeekdays[i]], prefix + "week." + std::string{kWeekdays[i]});
    reader.closed(from["closed"], prefix + "closed", parse_day, out.dates);
    reader.closed(from["closed_yearly"], prefix + "closed_yearly", parse_month_day, out.yearly);
    reader.hours(from["hours"], prefix + "hours", parse_day, out.dates);
    reader.hours(from["hours_yearly"], prefix + "hours_yearly", parse_month_day, out.yearly);
    if (const auto code = from["holidays"]; code && !code.is_null()) {
        out.holidays = find_holidays(code.text().value_or(""));
        if (!out.holidays) reader.add(prefix + "holidays", "These public holidays are not known.");
    }
    return out;
}

}  // namespace sla
