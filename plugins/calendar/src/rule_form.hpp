// Repetition as a form asks for it, and in words.
#pragma once

#include "rule.hpp"

#include <set>

namespace calendar {

struct RuleForm {
    std::string repeat;  // "", "daily", "weekly", "monthly", "yearly", or "rule": as written
    std::string interval = "1", count, until, rule;
    std::set<std::string> weekdays;  // "MO" …
};

RuleForm typed_rule(guichet::Request request);
// A rule that the simple fields cannot say is "rule".
RuleForm form_of_rule(std::string_view rule, Local start, const Zone& zone);
// The rule that the fields say; "" for once. Problems stand beside the fields "repeat", "interval", "count", "until" and "rule".
std::string rule_of(guichet::Ctx ctx, const RuleForm& form, const Zone& zone, guichet::Problems& problems);
// Reports what is wrong with a rule beside the field.
void check_rule(guichet::Ctx ctx, std::string_view rule, Local start, const Zone& zone, std::string_view field,
                guichet::Problems& problems);
// "Every 2 weeks on Monday and Wednesday, until 30 June 2026".
std::string describe(guichet::Ctx ctx, std::string_view rule, Local start, const Zone& zone);

inline constexpr std::string_view kWeekdays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
std::string weekday_label(std::string_view code, std::string_view language);

}  // namespace calendar
