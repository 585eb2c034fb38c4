#include "transitions.hpp"

#include <algorithm>

namespace tickets {
namespace {

constexpr std::string_view kRead = "READ", kAssigned = "ASSIGNED";

const Status* status_of(const Call& call, const Values& values) { return call.statuses.by_id(values.id(Field::status).value_or(0)); }

bool is_in(const Call& call, const Values& values, std::string_view phase) { return phase_of(call, values) == phase; }

Values moved(Values values, const Status* status) {
    if (status) values[Field::status] = std::to_string(status->id);
    return values;
}

bool has_code(const Call& call, const Values& values, std::string_view code) {
    const auto* status = status_of(call, values);
    return status && status->code == code;
}

// Work goes on in the first open status that is more than having an assignee.
const Status* working(const Call& call) {
    const auto& all = call.statuses.all();
    const auto found = std::ranges::find_if(all, [](const Status& s) { return s.active && s.phase == "open" && s.code != kAssigned; });
    return found == all.end() ? call.statuses.first_of("open") : &*found;
}

bool allowed(const Call& call, const Values& from, const Values& to) {
    return call.statuses.allows(from.id(Field::status).value_or(0), to.id(Field::status).value_or(0));
}

// To the status of that code when it is an allowed one of the phases before it.
Values advanced(const Call& call, const Values& values, std::string_view code) {
    const auto* status = call.statuses.by_code(code);
    if (!status || !status->active || !is_in(call, values, "new") || has_code(call, values, code)) return values;
    const auto next = moved(values, status);
    return allowed(call, values, next) ? next : values;
}

bool may_take(const Call& call, const Values& values) {
    return call.author() && values.id(Field::assignee) != call.author() && is_unfinished(phase_of(call, values));
}
Values take(const Call& call, Values values) {
    values[Field::assignee] = std::to_string(call.author().value_or(0));
    return values;
}

bool may_start(const Call& call, const Values& values) { return is_in(call, values, "new") || has_code(call, values, kAssigned); }
Values start(const Call& call, Values values) {
    if (is_in(call, values, "open") && !has_code(call, values, kAssigned)) return values;
    return moved(std::move(values), working(call));
}

bool may_resolve(const Call& call, const Values& values) {
    return is_unfinished(phase_of(call, values)) && call.statuses.first_of("resolved");
}
Values resolve(const Call& call, Values values) {
    return is_in(call, values, "resolved") ? values : moved(std::move(values), call.statuses.first_of("resolved"));
}

bool may_close(const Call& call, const Values& values) { return !is_ended(phase_of(call, values)); }

bool may_reopen(const Call& call, const Values& values) { return !is_unfinished(phase_of(call, values)); }
// Back to work when somebody is in charge, to the start otherwise.
Values reopen(const Call& call, Values values) {
    if (is_unfinished(phase_of(call, values))) return values;
    const auto* status = values[Field::assignee].empty() ? &call.statuses.first() : working(call);
    return moved(std::move(values), status);
}

bool may_show(const Call&, const Values& values) {
    return values[Field::visible_to_client] != "true" && !(values[Field::account].empty() && values[Field::contact].empty());
}
Values show(const Call&, Values values) {
    values[Field::visible_to_client] = "true";
    return values;
}
bool may_hide(const Call&, const Values& values) { return values[Field::visible_to_client] == "true"; }
Values hide(const Call&, Values values) {
    values[Field::visible_to_client] = "false";
    return values;
}

constexpr Step kSteps[] = {
    {"take", "Take charge", "You are in charge of this ticket", "hand-stop", "t", may_take, take},
    {"start", "Start", "Work has started", "player-play", "", may_start, start},
    {"resolve", "Resolve", "Ticket resolved", "circle-check", "", may_resolve, resolve},
    {"close", "Close", "Ticket closed", "check", "c", may_close, closed},
    {"reopen", "Reopen", "Ticket reopened", "arrow-back-up", "", may_reopen, reopen},
    {"assign_to_customer", "Assign to the customer", "The customer can see this ticket now", "eye", "", may_show, show},
    {"hide_from_customer", "Hide from the customer", "The customer no longer sees this ticket", "eye-off", "", may_hide, hide},
};

bool is_possible(const Call& call, const Step& step, const Values& values) {
    return step.possible(call, values) && allowed(call, values, step.apply(call, values));
}

}  // namespace

const Step* find_step(std::string_view name) {
    const auto* found = std::ranges::find(kSteps, name, &Step::name);
    return found == std::end(kSteps) ? nullptr : found;
}

const Step& step_of(guichet::Request request) {
    const auto path = request.path();
    if (const auto* step = find_step(path.substr(path.rfind('/') + 1))) return *step;
    throw guichet::Error{GUICHET_E_NOT_FOUND, "no such step"};
}

std::vector<const Step*> possible_steps(const Call& call, const Values& values) {
    std::vector<const Step*> out;
    for (const auto& step : kSteps)
        if (is_possible(call, step, values)) out.push_back(&step);
    return out;
}

Values after_step(const Call& call, const Step& step, const Values& values) {
    auto after = step.apply(call, values);
    const bool same = std::ranges::all_of(kFields, [&](const FieldInfo& field) { return after[field.field] == values[field.field]; });
    if (!same && !is_possible(call, step, values))
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{call.tr("The present status does not allow this step.")}};
    return after;
}

Values closed(const Call& call, Values values) {
    return is_in(call, values, "closed") ? values : moved(std::move(values), call.statuses.first_of("closed"));
}

Values read_first(const Call& call, Values values) { return advanced(call, values, kRead); }

Values answered(const Call& call, Values values) {
    const bool waits = is_in(call, values, "waiting");
    if (is_unfinished(phase_of(call, values)) && !waits) return values;
    const auto next = waits ? moved(values, working(call)) : reopen(call, values);
    return allowed(call, values, next) ? next : values;
}

Values with_assigned(const Call& call, const Values& from, Values to) {
    const bool gets_one = from[Field::assignee].empty() && !to[Field::assignee].empty();
    return gets_one && from[Field::status] == to[Field::status] ? advanced(call, to, kAssigned) : to;
}

}  // namespace tickets
