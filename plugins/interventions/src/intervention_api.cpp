#include "intervention_api.hpp"

#include "access.hpp"
#include "intervention_page.hpp"
#include "intervention_store.hpp"
#include "line_store.hpp"
#include "record.hpp"
#include "step.hpp"

namespace interventions::intervention_api {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

void send(Ctx ctx, Request request, int64_t id) { send_object(ctx, request, kInterventionObject, get_intervention(ctx, id)); }

void send_created(Ctx ctx, Request request, int64_t id) {
    request.status(201);
    request.header("Location", "/api/v1/interventions/" + std::to_string(id));
    send(ctx, request, id);
}

Value row_to_change(Ctx ctx, Request request) { return intervention_page::row_to_change(ctx, request); }

}  // namespace

void list(Ctx ctx, Request request) {
    Problems problems{ctx};
    const auto wants = read_page(ctx, request, kInterventionSorts, problems);
    check_parameters(ctx, request, kInterventionObject, {"q", "status", "account_id", "ticket_id", "equipment_id", "technician"}, problems);
    InterventionFilter filter{.words = request.query("q").value_or(""), .status = request.query("status").value_or("")};
    filter.account_id = read_id(ctx, request, "account_id", problems);
    filter.ticket_id = read_id(ctx, request, "ticket_id", problems);
    filter.equipment_id = read_id(ctx, request, "equipment_id", problems);
    filter.technician = request.query("technician") == "me" ? std::optional{ctx.user_id()} : read_id(ctx, request, "technician", problems);
    filter.custom = guichet::read_field_filters(ctx, request, kInterventionObject, guichet::kEveryAudience, problems);
    problems.throw_if_any();
    const auto page = list_interventions(ctx, filter, wants);
    for (std::size_t i = 0; i < page.items.size(); ++i) {
        auto row = page.items[i];
        row.set("custom", guichet::visible_fields(ctx, kInterventionObject, guichet::kEveryAudience, row["custom"]));
    }
    request.json(ctx.object().set("items", page.items).set("next", page.next.empty() ? std::nullopt : std::optional{page.next}));
}

void get(Ctx ctx, Request request) { send(ctx, request, request.id()); }

void create(Ctx ctx, Request request) {
    Problems problems{ctx};
    Draft draft{ctx, kIntervention};
    draft.read_json(request.json(), problems, {"technicians"});
    draft.check(problems);
    check_intervention(ctx, draft, problems);
    const auto technicians = read_technicians(ctx, request.json(), problems);
    problems.throw_if_any();
    send_created(ctx, request, create_intervention(ctx, draft, technicians.value_or(std::vector<int64_t>{})));
}

void create_from_ticket(Ctx ctx, Request request) { send_created(ctx, request, create_for_ticket(ctx, request.id())); }

void patch(Ctx ctx, Request request) {
    const auto row = row_to_change(ctx, request);
    Problems problems{ctx};
    Draft draft{ctx, kIntervention, row};
    draft.read_json(request.json(), problems, {"technicians", "version"});
    draft.check(problems);
    check_intervention(ctx, draft, problems);
    const auto technicians = read_technicians(ctx, request.json(), problems);
    problems.throw_if_any();
    require_version(ctx, request, row, request.json());
    if (!update_intervention(ctx, draft, technicians, request.id(), row["version"].integer().value_or(0))) throw_stale(ctx);
    send(ctx, request, request.id());
}

void remove(Ctx ctx, Request request) {
    const auto row = get_intervention(ctx, request.id());
    require(ctx, kDelete, request.id());
    require_version(ctx, request, row, {});
    delete_intervention(ctx, row);
    request.status(204);
}

void step(Ctx ctx, Request request) {
    const auto* step = find_step(request.param("step").value_or(""));
    if (!step) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such step"};
    require_version(ctx, request, row_to_change(ctx, request), {});
    take_step(ctx, *step, request.id());
    send(ctx, request, request.id());
}

void list_lines(Ctx ctx, Request request) {
    (void)get_intervention(ctx, request.id());
    request.json(ctx.object().set("items", lines_of(ctx, request.id())).set("next", std::nullopt));
}

void create_line(Ctx ctx, Request request) {
    (void)row_to_change(ctx, request);
    Problems problems{ctx};
    auto draft = new_line(ctx, request.id());
    draft.read_json(request.json(), problems, {});
    if (draft.id("intervention_id") != request.id()) problems.add("intervention_id", ctx.tr("This cannot be changed."));
    check_line(ctx, draft, problems);
    problems.throw_if_any();
    const auto id = interventions::create_line(ctx, draft);
    request.status(201);
    request.json(get_line(ctx, request.id(), id));
}

void patch_line(Ctx ctx, Request request) {
    (void)row_to_change(ctx, request);
    const auto row = get_line(ctx, request.id(), request.id("line_id"));
    Problems problems{ctx};
    Draft draft{ctx, kLine, row};
    draft.read_json(request.json(), problems, {"version"});
    check_line(ctx, draft, problems);
    problems.throw_if_any();
    require_version(ctx, request, row, request.json());
    if (!update_line(ctx, draft, row, row["version"].integer().value_or(0))) throw_stale(ctx);
    request.json(get_line(ctx, request.id(), request.id("line_id")));
}

void remove_line(Ctx ctx, Request request) {
    (void)row_to_change(ctx, request);
    delete_line(ctx, get_line(ctx, request.id(), request.id("line_id")));
    request.status(204);
}

}  // namespace interventions::intervention_api
