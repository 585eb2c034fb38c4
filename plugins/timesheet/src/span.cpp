#include "span.hpp"

#include "duration.hpp"

namespace timesheet {

using guichet::Ctx;
using guichet::Problems;
using guichet::Time;

namespace {

constexpr int64_t kSecond = 1'000'000;

// The fields that problems are told of.
struct Names {
    std::string_view begin, end, duration;
};
constexpr Names kFormNames{"from", "to", "duration"}, kBodyNames{"starts_at", "ends_at", "seconds"};

std::string with_seconds(std::string time) { return time.size() == 5 ? time + ":00" : time; }

std::optional<Time> begin_of(Ctx ctx, const TypedSpan& typed, const std::optional<Span>& stored, Problems& problems) {
    if (!is_time(typed.from)) {
        problems.add("from", ctx.tr("Enter a time of day, such as 09:30."));
        return std::nullopt;
    }
    if (stored && stored->starts) {
        const auto shown = to_local(ctx, *stored->starts);
        if (shown.day == typed.day && with_seconds(shown.time) == with_seconds(typed.from)) return stored->starts;
    }
    const auto at = to_instant(ctx, typed.day, typed.from);
    if (!at) problems.add("from", ctx.tr("The clock skips this time on that day."));
    return at;
}

std::optional<Time> end_of(Ctx ctx, const TypedSpan& typed, const std::optional<Span>& stored, Problems& problems) {
    if (!is_time(typed.to) || (!typed.until_day.empty() && !is_day(typed.until_day))) {
        problems.add("to", ctx.tr("Enter a time of day, such as 09:30."));
        return std::nullopt;
    }
    if (stored && stored->ends) {
        const auto shown = show_span(ctx, *stored);
        if (shown.until_day == typed.until_day && (!shown.until_day.empty() || shown.day == typed.day) &&
            with_seconds(shown.to) == with_seconds(typed.to))
            return stored->ends;
    }
    const bool next_day = typed.until_day.empty() && with_seconds(typed.to) <= with_seconds(typed.from);
    const auto day = !typed.until_day.empty() ? typed.until_day : next_day ? day_after(typed.day) : typed.day;
    const auto at = to_instant(ctx, day, typed.to);
    if (!at) problems.add("to", ctx.tr("The clock skips this time on that day."));
    return at;
}

std::optional<int64_t> duration_of(Ctx ctx, const TypedSpan& typed, Problems& problems) {
    const auto seconds = parse_duration(typed.duration);
    if (!seconds) problems.add("duration", ctx.tr("Enter a duration such as 1 h 30, 45 min or 1:30."));
    return seconds;
}

void check_length(Ctx ctx, Span& span, const Names& names, Problems& problems) {
    if (span.starts && span.ends) span.seconds = (span.ends->us - span.starts->us) / kSecond;
    const auto field = span.starts && span.ends ? names.end : names.duration;
    if (span.seconds <= 0) problems.add(field, ctx.tr("The end is not after the begin."));
    else if (span.seconds > kLongest) problems.add(field, ctx.tr("This is more than 31 days."));
}

void check_past(Ctx ctx, const Span& span, std::string_view field, Problems& problems) {
    const bool future = span.ends ? span.ends->us > ctx.now().us : span.day > today(ctx);
    if (future) problems.add(field, ctx.tr("This is still to come."));
}

void read_clock(Ctx ctx, const TypedSpan& typed, const std::optional<Span>& stored, Span& span, Problems& problems) {
    span.starts = begin_of(ctx, typed, stored, problems);
    const auto seconds = typed.duration.empty() ? std::nullopt : duration_of(ctx, typed, problems);
    if (!typed.to.empty()) span.ends = end_of(ctx, typed, stored, problems);
    else if (typed.duration.empty()) problems.add("to", ctx.tr("Enter when it ended, or how long it took."));
    else if (span.starts && seconds) span.ends = Time{span.starts->us + *seconds * kSecond};
    if (!span.starts || !span.ends || problems) return;
    check_length(ctx, span, kFormNames, problems);
    if (seconds && *seconds != span.seconds)
        problems.add("duration",
                     guichet::fill(ctx.tr("From and to make %1: empty this field, or one of them."), {format_duration(ctx, span.seconds)}));
}

std::optional<Time> instant_member(Ctx ctx, guichet::Value body, std::string_view name, Problems& problems) {
    if (!body[name] || body[name].is_null()) return std::nullopt;
    const auto at = parse_instant(ctx, body[name].text().value_or(""));
    if (!at) problems.add(name, ctx.tr("This must be a point in time, such as 2026-11-22T19:02:40Z."));
    return at;
}

}  // namespace

TypedSpan typed_span(guichet::Request request) {
    const auto text = [&](std::string_view name) { return std::string{guichet::trim(request.form(name).value_or(""))}; };
    return {text("day"), text("from"), text("to"), text("duration"), text("until_day")};
}

TypedSpan show_span(Ctx ctx, const Span& span) {
    if (!span.starts) return {span.day, {}, {}, format_duration(ctx, span.seconds), {}};
    const auto from = to_local(ctx, *span.starts), to = to_local(ctx, *span.ends);
    return {from.day, from.time, to.time, {}, from.day == to.day ? std::string{} : to.day};
}

Span read_span(Ctx ctx, const TypedSpan& typed, const std::optional<Span>& stored, Problems& problems) {
    Span span;
    span.day = typed.day;
    if (!is_day(typed.day)) {
        problems.add("day", ctx.tr("Enter a date."));
        return span;
    }
    if (!typed.from.empty()) read_clock(ctx, typed, stored, span, problems);
    else if (!typed.to.empty()) problems.add("from", ctx.tr("Enter when it began, or only how long it took."));
    else if (const auto seconds = duration_of(ctx, typed, problems)) {
        span.seconds = *seconds;
        if (*seconds == 0) problems.add("duration", ctx.tr("Enter a duration such as 1 h 30, 45 min or 1:30."));
        else check_length(ctx, span, kFormNames, problems);
    }
    const bool as_stored = stored && stored->ends && span.ends && stored->ends->us == span.ends->us;
    if (!problems && !as_stored) check_past(ctx, span, span.ends ? "to" : "day", problems);
    return span;
}

bool has_span(guichet::Value body) {
    return std::ranges::any_of(std::initializer_list<std::string_view>{"starts_at", "ends_at", "day", "seconds"},
                               [&](std::string_view name) { return static_cast<bool>(body[name]); });
}

Span read_span(Ctx ctx, guichet::Value body, Problems& problems) {
    Span span;
    span.starts = instant_member(ctx, body, "starts_at", problems);
    span.ends = instant_member(ctx, body, "ends_at", problems);
    span.day = body["day"].text().value_or("");
    const auto seconds = body["seconds"].integer();
    if (body["seconds"] && !body["seconds"].is_null() && !seconds) problems.add("seconds", ctx.tr("This must be a whole number."));
    if (body["day"] && !is_day(span.day)) problems.add("day", ctx.tr("Give a day, such as 2026-11-22."));
    if (problems) return span;
    if (span.starts && body["day"]) problems.add("day", ctx.tr("The day is that of starts_at: leave one of them out."));
    if (!span.starts && span.ends) problems.add("starts_at", ctx.tr("Give the begin of what ended."));
    if (span.starts && !span.ends && seconds && *seconds <= kLongest) span.ends = Time{span.starts->us + *seconds * kSecond};
    else if (span.starts && !span.ends) problems.add("ends_at", ctx.tr("Give ends_at, or at most 2678400 seconds."));
    else if (!span.starts) span.seconds = seconds.value_or(0);
    if (!span.starts && !span.ends && !seconds) problems.add("seconds", ctx.tr("Give starts_at and ends_at, or seconds."));
    if (problems) return span;
    check_length(ctx, span, kBodyNames, problems);
    if (span.starts && span.ends && seconds && *seconds != span.seconds)
        problems.add("seconds", ctx.tr("This is not the time from starts_at to ends_at."));
    if (span.starts) span.day = to_local(ctx, *span.starts).day;
    else if (span.day.empty()) span.day = today(ctx);
    check_past(ctx, span, span.ends ? "ends_at" : "day", problems);
    return span;
}

}  // namespace timesheet
