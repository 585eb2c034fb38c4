// What may follow what: draft, validated, done, billed.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions {

inline constexpr std::string_view kBill = "interventions.bill";

struct Step {
    std::string_view name, from, to;
    std::string_view label;       // msgid of the button
    std::string_view permission;  // besides that to change the intervention; "": none
};

const Step* find_step(std::string_view name);
// Those that are possible now and allowed to the user: [{name, label}].
guichet::Value steps_of(guichet::Ctx ctx, guichet::Value row);
// GUICHET_E_CONFLICT when it is not possible now; GUICHET_E_DENIED. Validating gives it its number: until then it can be deleted
// without leaving a gap, and afterwards it never goes away.
void take_step(guichet::Ctx ctx, const Step& step, int64_t id);

}  // namespace interventions
