// Rules worked out for one occasion: who is told, and why somebody is not.
#pragma once

#include "recipients.hpp"

namespace notifications {

enum class Verdict { told, own_act, may_not_read, receives_nothing, has_chosen_none };

struct Listener {
    Person person;  // id 0: an address that belongs to no user, its email
    Verdict verdict = Verdict::told;
};
struct Line {
    Recipient recipient;
    std::vector<Listener> listeners;
    bool needed = true;  // false: the rule tells the first ones only, and somebody before is reached
};
struct RuleOutcome {
    Rule rule;
    bool applies = false;  // it is active, and its conditions hold
    std::vector<Line> lines;
};
// actor: who caused it and is not told of it. Rules that do not apply have no lines.
std::vector<RuleOutcome> work_out(guichet::Ctx ctx, std::string_view occasion, guichet::Value ticket, int64_t actor);

}  // namespace notifications
