// The fields that say what somebody has done: of an entry, and of a stopwatch that is recorded.
#pragma once

#include "entry_store.hpp"

namespace timesheet {

inline constexpr std::size_t kLongestNote = 2000;

struct TypedWork {
    TypedSpan span;
    std::string activity, note;
    bool billable = true;
};
TypedWork typed_work(guichet::Request request);
TypedWork show_work(guichet::Ctx ctx, const Work& work);
// Fields: those of read_span(), activity, note. stored: what the form was filled with; null for a new entry.
Work read_work(guichet::Ctx ctx, const TypedWork& typed, const Work* stored, guichet::Problems& problems);
// Adds form {day, from, to, until_day, duration, activity, note, billable, total?} and activities for partials/work.html. shown: what
// the form was filled with; null for a new entry.
void add_form(guichet::Ctx ctx, guichet::Value& data, const TypedWork& typed, const Work* shown);

// Members of a body; those that are left out stay as they are in work.
void read_work(guichet::Ctx ctx, guichet::Value body, std::initializer_list<std::string_view> others, Work& work,
               guichet::Problems& problems);

// Puts what storing has refused beside its field; what the user cannot mend is thrown on.
void show_refusal(const guichet::Error& error, guichet::Problems& problems);

}  // namespace timesheet
