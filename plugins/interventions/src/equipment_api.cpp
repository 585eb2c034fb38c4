#include "equipment_api.hpp"

#include "access.hpp"
#include "equipment_store.hpp"
#include "record.hpp"

namespace interventions::equipment_api {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

void send(Ctx ctx, Request request, Value row) { send_object(ctx, request, kEquipmentObject, row); }
int64_t account_of(Value row) { return row["account_id"].integer().value_or(0); }

}  // namespace

void list(Ctx ctx, Request request) {
    Problems problems{ctx};
    const auto wants = read_page(ctx, request, kEquipmentSorts, problems);
    check_parameters(ctx, request, kEquipmentObject, {"q", "serial", "status", "account_id"}, problems);
    EquipmentFilter filter{.words = request.query("q").value_or(""),
                           .serial = request.query("serial").value_or(""),
                           .status = request.query("status").value_or(""),
                           .account_id = read_id(ctx, request, "account_id", problems)};
    filter.custom = guichet::read_field_filters(ctx, request, kEquipmentObject, guichet::kEveryAudience, problems);
    problems.throw_if_any();
    const auto page = list_equipment(ctx, filter, wants);
    for (std::size_t i = 0; i < page.items.size(); ++i) {
        auto row = page.items[i];
        row.set("custom", guichet::visible_fields(ctx, kEquipmentObject, guichet::kEveryAudience, row["custom"]));
    }
    request.json(ctx.object().set("items", page.items).set("next", page.next.empty() ? std::nullopt : std::optional{page.next}));
}

void get(Ctx ctx, Request request) { send(ctx, request, get_equipment(ctx, request.id())); }

void create(Ctx ctx, Request request) {
    Problems problems{ctx};
    Draft draft{ctx, kEquipment};
    draft.read_json(request.json(), problems, {});
    check_equipment(ctx, draft, problems);
    problems.throw_if_any();
    require_on_account(ctx, kUpdateAccount, draft.id("account_id"));
    const auto id = create_equipment(ctx, draft);
    request.status(201);
    request.header("Location", "/api/v1/equipment/" + std::to_string(id));
    send(ctx, request, get_equipment(ctx, id));
}

void patch(Ctx ctx, Request request) {
    const auto id = request.id();
    const auto row = get_equipment(ctx, id);
    require_on_account(ctx, kUpdateAccount, account_of(row));
    Problems problems{ctx};
    Draft draft{ctx, kEquipment, row};
    draft.read_json(request.json(), problems, {"version"});
    check_equipment(ctx, draft, problems);
    problems.throw_if_any();
    require_version(ctx, request, row, request.json());
    if (!update_equipment(ctx, draft, id, row["version"].integer().value_or(0))) throw_stale(ctx);
    send(ctx, request, get_equipment(ctx, id));
}

void remove(Ctx ctx, Request request) {
    const auto row = get_equipment(ctx, request.id());
    require_on_account(ctx, kDeleteAccount, account_of(row));
    require_version(ctx, request, row, {});
    delete_equipment(ctx, row);
    request.status(204);
}

}  // namespace interventions::equipment_api
