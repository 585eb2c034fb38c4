#include "rule_form.hpp"

#include "words.hpp"

#include <algorithm>

namespace calendar {

using namespace std::chrono;

namespace {

struct Frequency {
    std::string_view code, rule;
    icalrecurrencetype_frequency frequency;
};
constexpr Frequency kFrequencies[] = {{"daily", "DAILY", ICAL_DAILY_RECURRENCE},
                                      {"weekly", "WEEKLY", ICAL_WEEKLY_RECURRENCE},
                                      {"monthly", "MONTHLY", ICAL_MONTHLY_RECURRENCE},
                                      {"yearly", "YEARLY", ICAL_YEARLY_RECURRENCE}};
constexpr int64_t kMostInterval = 999;

bool is_set(const short* values) { return values[0] != ICAL_RECURRENCE_ARRAY_MAX; }

// Nothing but INTERVAL, COUNT, UNTIL and, of weeks, plain weekdays.
bool is_simple(const icalrecurrencetype& r) {
    for (const short* values : {r.by_month_day, r.by_year_day, r.by_week_no, r.by_month, r.by_set_pos})
        if (is_set(values)) return false;
    if (!is_set(r.by_day)) return true;
    if (r.freq != ICAL_WEEKLY_RECURRENCE) return false;
    for (int i = 0; i < ICAL_BY_DAY_SIZE && r.by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; ++i)
        if (icalrecurrencetype_day_position(r.by_day[i]) != 0) return false;
    return true;
}

// The index in kWeekdays: libical begins with Sunday as 1.
std::size_t weekday_index(short by_day) { return static_cast<std::size_t>(icalrecurrencetype_day_day_of_week(by_day) + 5) % 7; }

std::optional<int64_t> number_in(std::string_view text, int64_t low, int64_t high) {
    const auto n = guichet::to_integer(text);
    return n && *n >= low && *n <= high ? n : std::nullopt;
}

std::string joined(const std::vector<std::string>& words, std::string_view last) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) out.append(i == 0 ? "" : i + 1 == words.size() ? last : ", ").append(words[i]);
    return out;
}

std::string frequency_words(guichet::Ctx ctx, const icalrecurrencetype& r) {
    const auto n = int64_t{r.interval};
    const auto number = std::to_string(n);
    if (r.freq == ICAL_DAILY_RECURRENCE) return guichet::fill(ctx.plural("Every day", "Every %1 days", n), {number});
    if (r.freq == ICAL_WEEKLY_RECURRENCE) return guichet::fill(ctx.plural("Every week", "Every %1 weeks", n), {number});
    if (r.freq == ICAL_MONTHLY_RECURRENCE) return guichet::fill(ctx.plural("Every month", "Every %1 months", n), {number});
    return guichet::fill(ctx.plural("Every year", "Every %1 years", n), {number});
}

}  // namespace

std::string weekday_label(std::string_view code, std::string_view language) {
    const auto index = std::ranges::find(kWeekdays, code) - std::begin(kWeekdays);
    return words::weekday(local_days{year{2026} / 11 / 23} + days{index}, language);  // a Monday
}

RuleForm typed_rule(guichet::Request request) {
    const auto text = [&](std::string_view name) { return guichet::one_line(request.form(name).value_or("")); };
    RuleForm out{text("repeat"), text("interval"), text("count"), text("until"), text("rule"), {}};
    for (std::size_t i = 0; const auto day = request.form("weekday", i); ++i) out.weekdays.insert(std::string{*day});
    return out;
}

RuleForm form_of_rule(std::string_view text, Local start, const Zone& zone) {
    RuleForm out;
    if (text.empty()) return out;
    const Rule rule{text, start, zone};
    const auto& r = rule.parts();
    out.rule = text;
    out.repeat = "rule";
    if (!is_simple(r)) return out;
    for (const auto& each : kFrequencies)
        if (each.frequency == r.freq) out.repeat = each.code;
    out.interval = std::to_string(r.interval);
    if (r.count > 0) out.count = std::to_string(r.count);
    if (!icaltime_is_null_time(r.until)) out.until = format_day(day_of(from_ical(r.until)));
    for (int i = 0; i < ICAL_BY_DAY_SIZE && r.by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; ++i)
        out.weekdays.insert(std::string{kWeekdays[weekday_index(r.by_day[i])]});
    return out;
}

std::string rule_of(guichet::Ctx ctx, const RuleForm& form, const Zone& zone, guichet::Problems& problems) {
    if (form.repeat.empty()) return {};
    if (form.repeat == "rule") {
        if (form.rule.empty()) problems.add("rule", ctx.tr("Enter a rule, FREQ=WEEKLY;BYDAY=MO for example."));
        return form.rule;
    }
    const auto* frequency = std::ranges::find(kFrequencies, form.repeat, &Frequency::code);
    if (frequency == std::end(kFrequencies)) {
        problems.add("repeat", ctx.tr("There is no such choice."));
        return {};
    }
    std::string out = "FREQ=" + std::string{frequency->rule};
    const auto interval = number_in(form.interval.empty() ? "1" : form.interval, 1, kMostInterval);
    if (!interval) problems.add("interval", ctx.tr("Enter a whole number from 1 to 999."));
    else if (*interval > 1) out += ";INTERVAL=" + std::to_string(*interval);
    if (frequency->code == "weekly") {
        std::string days;
        for (const auto day : kWeekdays)
            if (form.weekdays.contains(std::string{day})) days.append(days.empty() ? "" : ",").append(day);
        if (!days.empty()) out += ";BYDAY=" + days;
    }
    if (!form.count.empty() && !form.until.empty()) problems.add("until", ctx.tr("Choose a number of times or a last day, not both."));
    if (!form.count.empty()) {
        if (const auto count = number_in(form.count, 1, kMostCounted)) out += ";COUNT=" + std::to_string(*count);
        else problems.add("count", guichet::fill(ctx.tr("Enter a whole number from 1 to %1."), {std::to_string(kMostCounted)}));
    } else if (!form.until.empty()) {
        if (const auto day = parse_day(form.until)) out += ";UNTIL=" + format_utc(zone.instant(Local{*day} + days{1} - seconds{1}));
        else problems.add("until", ctx.tr("Enter a day."));
    }
    return out;
}

void check_rule(guichet::Ctx ctx, std::string_view rule, Local start, const Zone& zone, std::string_view field,
                guichet::Problems& problems) {
    if (rule.empty()) return;
    if (guichet::count_characters(rule) > 500) return problems.add(field, ctx.tr("The rule is longer than 500 characters."));
    switch (Rule::check(rule, start, zone)) {
        case Rule::Problem::none:
            return;
        case Rule::Problem::unreadable:
            return problems.add(field, ctx.tr("This is not a recurrence rule as RFC 5545 has it, FREQ=WEEKLY;BYDAY=MO for example."));
        case Rule::Problem::too_often:
            return problems.add(field, ctx.tr("An event is repeated once a day at most."));
        case Rule::Problem::too_many:
            return problems.add(
                field, guichet::fill(ctx.tr("An event is repeated %1 times at most; leave the number out to repeat it without end."),
                                     {std::to_string(kMostCounted)}));
        case Rule::Problem::ended:
            return problems.add(field, ctx.tr("The last day is before the event."));
        case Rule::Problem::never:
            return problems.add(field, ctx.tr("There is no date that this rule gives."));
    }
}

std::string describe(guichet::Ctx ctx, std::string_view text, Local start, const Zone& zone) {
    const Rule rule{text, start, zone};
    const auto& r = rule.parts();
    if (!is_simple(r)) return guichet::fill(ctx.tr("By the rule %1"), {text});
    auto out = frequency_words(ctx, r);
    std::vector<std::string> weekdays;
    for (int i = 0; i < ICAL_BY_DAY_SIZE && r.by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; ++i)
        weekdays.push_back(weekday_label(kWeekdays[weekday_index(r.by_day[i])], ctx.language()));
    if (!weekdays.empty()) out = guichet::fill(ctx.tr("%1 on %2"), {out, joined(weekdays, ctx.tr(" and "))});
    if (r.count > 0) return guichet::fill(ctx.plural("%2, once", "%2, %1 times", r.count), {std::to_string(r.count), out});
    if (icaltime_is_null_time(r.until)) return out;
    return guichet::fill(ctx.tr("%1, until %2"), {out, words::day_and_year(day_of(from_ical(r.until)), ctx.language())});
}

}  // namespace calendar
