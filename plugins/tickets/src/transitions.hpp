// The steps of a ticket's life that have a button, and what follows by itself. Statuses are found by their phase, so
// that every workflow has them; READ and ASSIGNED are used where the workflow has them.
#pragma once

#include "fields.hpp"

namespace tickets {

struct Step {
    std::string_view name;   // in addresses: "take"
    std::string_view label;  // of its button; msgid, as the next
    std::string_view done;   // what is said afterwards
    std::string_view icon;
    std::string_view hotkey;  // "" for none
    bool (*possible)(const Call& call, const Values& values);
    Values (*apply)(const Call& call, Values values);
};

const Step* find_step(std::string_view name);
// The one whose name the path ends with.
const Step& step_of(guichet::Request request);
// Those that the present values allow, transitions of the workflow included.
std::vector<const Step*> possible_steps(const Call& call, const Values& values);
// What the step makes of the values; unchanged when they are so already. Throws GUICHET_E_CONFLICT when it is not
// possible now.
Values after_step(const Call& call, const Step& step, const Values& values);

Values closed(const Call& call, Values values);
// The first time that somebody who may work on the ticket opens it: READ (S2-34).
Values read_first(const Call& call, Values values);
// The customer has written: what waits for him or is finished goes on, where the workflow allows it.
Values answered(const Call& call, Values values);
// What a change brings with it: a new ticket that gets an assignee is ASSIGNED (S2-34).
Values with_assigned(const Call& call, const Values& from, Values to);

}  // namespace tickets
