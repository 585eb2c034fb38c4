#include "precondition.hpp"

#include "history.hpp"
#include "instant.hpp"

namespace tickets::api {
namespace {

std::string_view known_as(const Call& call, Field field, const std::string& value) {
    if (field != Field::status) return value;
    const auto* status = call.statuses.by_id(guichet::to_integer(value).value_or(0));
    return status ? std::string_view{status->code} : std::string_view{value};
}

}  // namespace

void require_match(const Call& call, guichet::Request request, const Ticket& ticket) {
    if (guichet::if_match(request, ticket.version)) return;
    throw guichet::Error{GUICHET_E_PRECONDITION,
                         guichet::fill(call.tr("The ticket is at version %1."), {guichet::entity_tag(ticket.version)})};
}

void require_version(const Call& call, guichet::Value body, const Ticket& ticket, const Values& wanted) {
    const auto given = body["version"];
    if (!given) return;
    const auto version = given.integer();
    if (!version) throw guichet::Error{GUICHET_E_INVALID, std::string{call.tr("This must be a whole number.")}, "version"};
    if (*version == ticket.version) return;
    const auto saved = saved_since(call, ticket.id, *version);
    const auto theirs = std::to_string(ticket.version), mine = std::to_string(*version);
    call.ctx.problem("version", saved ? guichet::fill(call.tr("Version %1 was saved by %2 at %3; yours is version %4."),
                                                      {theirs, saved->by, format_instant(saved->at), mine})
                                      : guichet::fill(call.tr("The ticket is at version %1; yours is version %2."), {theirs, mine}));
    for (const auto& field : kFields)
        if (const auto& now = ticket.values[field.field], &yours = wanted[field.field]; now != yours)
            call.ctx.problem(field.name, guichet::fill(call.tr("It is now \"%1\"; you want \"%2\"."),
                                                       {known_as(call, field.field, now), known_as(call, field.field, yours)}));
    throw guichet::Error{GUICHET_E_CONFLICT, std::string{call.tr("Somebody else has changed this ticket in the meantime.")}, "version"};
}

}  // namespace tickets::api
