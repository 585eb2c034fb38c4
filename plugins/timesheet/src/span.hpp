// When time was spent.
#pragma once

#include "local_time.hpp"

namespace timesheet {

struct Span {
    std::optional<guichet::Time> starts, ends;  // both, in whole seconds, or none: only how long is known
    std::string day;                            // of the begin, on the user's calendar
    int64_t seconds = 0;
};

inline constexpr int64_t kLongest = 31 * 86'400;

// As a form has it.
struct TypedSpan {
    std::string day, from, to, duration;
    std::string until_day;  // of to; "" when it is the same day, or the next because to is earlier than from
};
TypedSpan typed_span(guichet::Request request);
TypedSpan show_span(guichet::Ctx ctx, const Span& span);

// Fields: day, from, to, duration. Of what is typed as show_span() has shown it, the instant stays: on the day when the clock is
// set back, the text alone would not say which one it is.
Span read_span(guichet::Ctx ctx, const TypedSpan& typed, const std::optional<Span>& stored, guichet::Problems& problems);

// Members starts_at, ends_at, day and seconds of a body that has one of them at least.
bool has_span(guichet::Value body);
Span read_span(guichet::Ctx ctx, guichet::Value body, guichet::Problems& problems);

}  // namespace timesheet
