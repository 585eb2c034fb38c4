#include "pack_api.hpp"

#include "pack_input.hpp"
#include "rest.hpp"

namespace timesheet::api {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

Value pack_value(Ctx ctx, Value row) {
    auto out = ctx.object();
    for (const auto name :
         {"id", "contract_id", "account_id", "seconds", "used", "starts_on", "ends_on", "note", "created_at", "updated_at", "version"})
        out.set(name, row[name]);
    return out;
}

Pack stored(Value row) {
    const auto text = [&](std::string_view name) { return std::string{row[name].text().value_or("")}; };
    return {row["contract_id"].integer().value_or(0),
            row["account_id"].integer().value_or(0),
            row["seconds"].integer().value_or(0),
            text("starts_on"),
            text("ends_on"),
            text("note")};
}

}  // namespace

void list_packs(Ctx ctx, Request request) {
    guichet::Problems problems{ctx};
    check_parameters(ctx, request, {"contract_id", "limit", "cursor"}, problems);
    const auto limit = read_limit(ctx, request, problems);
    const auto contract = read_id(ctx, request, "contract_id", problems), before = read_id(ctx, request, "cursor", problems);
    problems.throw_if_any();
    const auto rows = timesheet::list_packs(ctx, contract, before, limit + 1);
    auto items = ctx.array();
    for (std::size_t i = 0; i < rows.size() && i < static_cast<std::size_t>(limit); ++i) items.push(pack_value(ctx, rows[i]));
    const bool more = rows.size() > items.size();
    send_page(ctx, request, items, more ? std::to_string(items[items.size() - 1]["id"].integer().value_or(0)) : std::string{});
}

void create_pack(Ctx ctx, Request request) {
    const auto body = request.json();
    guichet::Problems problems{ctx};
    const auto id = body["contract_id"].integer();
    const auto contract = id ? find_contract(ctx, *id) : std::nullopt;
    if (!contract) problems.add("contract_id", ctx.tr("There is no such contract."));
    Pack pack;
    read_pack(ctx, body, {"contract_id"}, pack, problems);
    problems.throw_if_any();
    pack.contract = contract->id;
    pack.account = contract->account;
    send_created(ctx, request, "/api/v1/hour-packs", pack_value(ctx, load_pack(ctx, add_pack(ctx, pack))));
}

void get_pack(Ctx ctx, Request request) { send_object(ctx, request, pack_value(ctx, load_pack(ctx, request.id()))); }

void patch_pack(Ctx ctx, Request request) {
    const auto body = request.json();
    const auto row = load_pack(ctx, request.id());
    const auto version = read_version(ctx, request, body, row["version"].integer().value_or(0));
    guichet::Problems problems{ctx};
    auto pack = stored(row);
    read_pack(ctx, body, {"version"}, pack, problems);
    problems.throw_if_any();
    change_pack(ctx, request.id(), version, pack);
    send_object(ctx, request, pack_value(ctx, load_pack(ctx, request.id())));
}

void delete_pack(Ctx ctx, Request request) {
    remove_pack(ctx, load_pack(ctx, request.id()));
    request.status(204);
}

}  // namespace timesheet::api
