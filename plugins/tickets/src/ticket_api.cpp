#include "ticket_api.hpp"

#include "precondition.hpp"
#include "ticket_input.hpp"
#include "ticket_query.hpp"
#include "transitions.hpp"

namespace tickets::api {

using guichet::Request;
using guichet::Value;

namespace {

constexpr Field kNewFields[] = {Field::subject,           Field::description, Field::priority,       Field::type,       Field::category,
                                Field::severity,          Field::account,     Field::contact,        Field::contract,   Field::assignee,
                                Field::in_charge,         Field::team,        Field::channel,        Field::started_at, Field::due_at,
                                Field::visible_to_client, Field::tags,        Field::requester_email};
constexpr Field kPatchFields[] = {Field::subject,  Field::description,       Field::status,     Field::priority,
                                  Field::type,     Field::category,          Field::severity,   Field::account,
                                  Field::contact,  Field::contract,          Field::assignee,   Field::in_charge,
                                  Field::team,     Field::channel,           Field::started_at, Field::due_at,
                                  Field::progress, Field::visible_to_client, Field::tags,       Field::requester_email};

void send(Request request, Value row) {
    request.header("ETag", guichet::entity_tag(row["version"].integer().value_or(0)));
    request.json(row);
}

}  // namespace

void list(const Call& call, Request request) {
    guichet::Problems problems{call.ctx};
    const Parameters parameters{request.query_string()};
    Filter filter;
    check_names(
        call, parameters, [&](std::string_view name) { return takes(call, name); }, problems);
    filter.statuses = read_statuses(call, parameters, call.statuses.ids(), problems);
    read_filter(call, request, parameters, filter, problems);
    read_page(call, request, filter, problems);
    problems.throw_if_any();
    const auto page = list_for_api(call, filter);
    request.json(call.ctx.object().set("items", page.items).set("next", page.next.empty() ? std::nullopt : std::optional{page.next}));
}

void create(const Call& call, Request request) {
    const auto body = request.json();
    auto values = empty_values(call);
    values[Field::channel] = "api";
    TicketInput input{call, std::move(values)};
    input.read_json(body, kNewFields, {});
    input.check();
    input.problems().throw_if_any();
    const auto id = add(call, input.values());
    request.status(201);
    request.header("Location", "/api/v1/tickets/" + std::to_string(id));
    send(request, api_row(call, id));
}

void get(const Call& call, Request request) { send(request, api_row(call, request.id())); }

void apply(const Call& call, const Ticket& ticket, Value body) {
    TicketInput input{call, ticket.values};
    input.read_json(body, kPatchFields, {"version"});
    require_version(call, body, ticket, input.values());
    input.check();
    input.problems().throw_if_any();
    change(call, ticket, input.values());
}

void patch(const Call& call, Request request) {
    guichet::Tx tx{call.ctx};
    const auto ticket = load_for_update(call, request.id());
    require_update(ticket);
    require_match(call, request, ticket);
    apply(call, ticket, request.json());
    tx.commit();
    send(request, api_row(call, ticket.id));
}

void remove(const Call& call, Request request) {
    guichet::Tx tx{call.ctx};
    const auto ticket = load_for_update(call, request.id());
    require_delete(ticket);
    require_match(call, request, ticket);
    erase(call, ticket.id);
    tx.commit();
    request.status(204);
}

void step(const Call& call, Request request) {
    guichet::Tx tx{call.ctx};
    const auto ticket = load_for_update(call, request.id());
    require_update(ticket);
    require_match(call, request, ticket);
    change(call, ticket, after_step(call, step_of(request), ticket.values));
    tx.commit();
    send(request, api_row(call, ticket.id));
}

}  // namespace tickets::api
