// The life of a quote: draft, validated (numbered, its lines stay as they are), sent, signed or refused, billed; or expired.
#pragma once

#include <guichet/sdk/plugin.hpp>

#include <span>

namespace quotes {

struct State {
    std::string_view code, label, color;  // label: msgid
};
std::span<const State> states();
bool is_state(std::string_view code);
// The customer can still answer it.
inline bool is_open(std::string_view state) { return state == "validated" || state == "sent"; }

// What a colleague does by hand. Validating is more than a step (validate.hpp).
struct Step {
    std::string_view name, to;
    std::string_view label;  // msgid
    std::string_view icon;
    std::initializer_list<std::string_view> from;
    bool takes_reason = false;
};
std::span<const Step> steps();
const Step* find_step(std::string_view name);
bool is_possible(const Step& step, std::string_view state);

// row.state_label and row.state_color of row.state.
void present_state(guichet::Ctx ctx, guichet::Value row);
// [{value, label}]
guichet::Value state_options(guichet::Ctx ctx);

}  // namespace quotes
