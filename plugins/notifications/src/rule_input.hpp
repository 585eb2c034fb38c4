// The form of a rule, read and checked.
#pragma once

#include "rule.hpp"

namespace notifications {

inline constexpr std::size_t kMostRecipients = 10;

// Of a form with event, mode, active, version, "when_<field>" several times, and recipient and address in pairs. What is wrong is
// kept as it was typed, and said in problems.
Rule read_rule_form(guichet::Ctx ctx, guichet::Request request, guichet::Problems& problems);

// prefix: before the names of condition fields in problems.
void check_rule(guichet::Ctx ctx, const Rule& rule, std::string_view prefix, guichet::Problems& problems);

}  // namespace notifications
