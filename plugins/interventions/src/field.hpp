// What users may write into an object: its fields, their limits, and how typed text is made fit.
#pragma once

#include <guichet/sdk/custom_fields.hpp>
#include <guichet/sdk/plugin.hpp>

#include <span>

namespace interventions {

// duration: whole seconds, which forms show as hours and minutes. moment: RFC 3339, or "2026-11-22T19:02" on the clock of the
// user's zone as forms send it.
enum class Kind { line, lines, choice, day, moment, reference, decimal, duration, flag };

struct Field {
    std::string_view name;        // column, form field and JSON member alike
    std::string_view label = {};  // msgid
    Kind kind = Kind::line;
    std::size_t max_length = 0;                         // characters; 0: the kind says it
    std::string_view missing = {};                      // msgid of the error when it is empty; "": may be empty
    std::string_view initial = {};                      // value of a new object
    bool fixed = false;                                 // set when the object is made, never afterwards
    guichet::Value (*choices)(guichet::Ctx) = nullptr;  // [{value, label, color?, active?}] of a choice
};

struct Entity {
    std::string_view table;
    std::string_view object;  // that administrators add fields to; "": they add none
    std::span<const Field> fields;
};

// Without blanks around it, without control characters; lines keeps line breaks, as '\n'. "1 234,50" becomes "1234.5", "1h30", "1:30"
// and "90 min" become "5400"; what is no such thing stays as it is.
std::string normalise(Kind kind, std::string_view text);

// The msgid of what is wrong with a normalised value that is not empty; "" when nothing is. Choices are not looked at.
std::string_view problem_of(Kind kind, std::string_view value);

// "1:30" of 5400.
std::string hours_and_minutes(int64_t seconds);
// Microseconds as RFC 3339 in UTC.
std::string rfc3339(guichet::Time time);
// Whether a moment says its offset itself.
bool has_zone(std::string_view moment);

// {value, label, color?} of the choice; the code itself where it is gone.
guichet::Value choice_of(guichet::Ctx ctx, guichet::Value choices, std::string_view code);
// The entries of a list of administrators: [{value, label, color, active}].
guichet::Value list_choices(guichet::Ctx ctx, std::string_view list);

}  // namespace interventions
