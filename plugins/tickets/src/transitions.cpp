#include "transitions.hpp"

namespace tickets {
namespace {

std::string_view phase_of(const Call& call, const Values& values) {
    const auto* status = call.statuses.by_id(values.id(Field::status).value_or(0));
    return status ? std::string_view{status->phase} : std::string_view{};
}

void move_to(const Call& call, Values& values, std::string_view phase) {
    if (const auto* status = call.statuses.first_of(phase)) values[Field::status] = std::to_string(status->id);
}

}  // namespace

Values taken(const Call& call, Values values) {
    values[Field::assignee] = std::to_string(call.author().value_or(0));
    if (phase_of(call, values) == "new") move_to(call, values, "open");
    return values;
}

Values closed(const Call& call, Values values) {
    if (phase_of(call, values) != "closed") move_to(call, values, "closed");
    return values;
}

Values reopened(const Call& call, Values values) {
    if (is_unfinished(phase_of(call, values))) return values;
    if (values[Field::assignee].empty()) values[Field::status] = std::to_string(call.statuses.first().id);
    else move_to(call, values, "open");
    return values;
}

}  // namespace tickets
