#include "states.hpp"

namespace quotes {
namespace {

constexpr State kStates[] = {
    {"draft", "Draft", "secondary"}, {"validated", "Validated", "blue"}, {"sent", "Sent", "purple"},       {"signed", "Signed", "green"},
    {"refused", "Refused", "red"},   {"billed", "Billed", "teal"},       {"expired", "Expired", "orange"},
};

// A customer who signs on paper, or after the last day, is taken at his word by a colleague.
const Step kSteps[] = {
    {"sent", "sent", "Mark as sent", "send", {"validated"}},
    {"signed", "signed", "Mark as signed", "circle-check", {"validated", "sent", "expired"}},
    {"refused", "refused", "Mark as refused", "circle-x", {"validated", "sent", "expired"}, true},
    {"billed", "billed", "Mark as billed", "receipt", {"signed"}},
};

}  // namespace

std::span<const State> states() { return kStates; }
bool is_state(std::string_view code) { return std::ranges::find(kStates, code, &State::code) != std::end(kStates); }
std::span<const Step> steps() { return kSteps; }

const Step* find_step(std::string_view name) {
    const auto* step = std::ranges::find(kSteps, name, &Step::name);
    return step == std::end(kSteps) ? nullptr : step;
}

bool is_possible(const Step& step, std::string_view state) { return std::ranges::find(step.from, state) != step.from.end(); }

void present_state(guichet::Ctx ctx, guichet::Value row) {
    const auto* state = std::ranges::find(kStates, row["state"].text().value_or(""), &State::code);
    if (state != std::end(kStates)) row.set("state_label", ctx.tr(state->label)).set("state_color", state->color);
}

guichet::Value state_options(guichet::Ctx ctx) {
    auto out = ctx.array();
    for (const auto& state : kStates) out.push(ctx.object().set("value", state.code).set("label", ctx.tr(state.label)));
    return out;
}

}  // namespace quotes
