// What users may write into an object: its fields, their limits, and how typed text is made fit.
#pragma once

#include <guichet/sdk/custom_fields.hpp>
#include <guichet/sdk/plugin.hpp>

#include <span>

namespace directory {

// hundredths: an integer, which forms show with two decimals: cents of a price, hundredths of a per cent.
enum class Kind { line, lines, email, phone, website, choice, date, flag, reference, decimal, hundredths };

struct Field {
    std::string_view name;            // column, form field and JSON member alike
    std::string_view label = {};      // msgid
    Kind kind = Kind::line;
    std::size_t max_length = 0;       // characters; 0: the kind says it
    std::string_view missing = {};    // msgid of the error when it is empty; "" = may be empty
    std::string_view initial = {};    // value of a new object
    bool in_form = true;              // false: forms leave it as it is
    bool fixed = false;               // set when the object is made, never afterwards
    guichet::Value (*choices)(guichet::Ctx) = nullptr;  // [{value, label, color?, active}] of a choice
};

struct Entity {
    std::string_view table;
    std::string_view object;  // that administrators add fields to
    std::span<const Field> fields;
};

// Without blanks around it, without control characters; lines keeps line breaks, as '\n'. A website gets its
// scheme when it has none. Numbers as people write them ("1 234,50") become as they are stored ("1234.5", hundredths "123450");
// what is no number stays as it is.
std::string normalise(Kind kind, std::string_view text);

// A stored value as forms show it: hundredths with two decimals and the language's mark.
std::string for_form(guichet::Ctx ctx, Kind kind, std::string_view value);

// The msgid of what is wrong with a normalised value that is not empty; "" when nothing is. Length and choices
// are not looked at.
std::string_view problem_of(Kind kind, std::string_view value);

}  // namespace directory
