#include "pack_page.hpp"

#include "local_time.hpp"
#include "pack_input.hpp"
#include "work_form.hpp"

namespace timesheet {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

std::string contract_path(int64_t id) { return "/contracts/" + std::to_string(id); }

Contract contract_of(Ctx ctx, std::optional<int64_t> id) {
    const auto found = id ? find_contract(ctx, *id) : std::nullopt;
    if (!found) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such contract"};
    return *found;
}

// row: the pack that exists; empty for a new one.
void send_form(Ctx ctx, Request request, const Contract& contract, Value row, const TypedPack& typed, Value errors) {
    const auto title = ctx.tr(row ? "Edit a pack of hours" : "Add a pack of hours");
    auto trail = ctx.array();
    trail.push(ctx.object().set("label", contract.account_name).set("url", "/accounts/" + std::to_string(contract.account)));
    trail.push(ctx.object().set("label", contract.ref).set("url", contract_path(contract.id))).push(ctx.object().set("label", title));
    auto form =
        ctx.object().set("hours", typed.hours).set("starts_on", typed.starts_on).set("ends_on", typed.ends_on).set("note", typed.note);
    auto data = ctx.object().set("title", title).set("breadcrumb", trail).set("form", form).set("errors", errors);
    data.set("contract", ctx.object().set("id", contract.id).set("ref", contract.ref).set("label", contract.label));
    if (row) data.set("id", row["id"]).set("version", row["version"]);
    request.page("pack/form.html", data);
}

}  // namespace

void show_new_pack(Ctx ctx, Request request) {
    const auto contract = contract_of(ctx, guichet::to_integer(request.query("contract_id").value_or("")));
    send_form(ctx, request, contract, {}, {{}, today(ctx), {}, {}}, ctx.object());
}

void add_typed_pack(Ctx ctx, Request request) {
    const auto contract = contract_of(ctx, guichet::to_integer(request.form("contract_id").value_or("")));
    const auto typed = typed_pack(request);
    Pack pack{contract.id, contract.account, 0, {}, {}, {}};
    guichet::Problems problems{ctx};
    read_pack(ctx, typed, pack, problems);
    try {
        if (!problems) add_pack(ctx, pack);
    } catch (const guichet::Error& error) {
        show_refusal(error, problems);
    }
    if (!problems) return request.redirect(contract_path(contract.id));
    request.status(422);
    send_form(ctx, request, contract, {}, typed, problems.by_field());
}

void show_pack_form(Ctx ctx, Request request) {
    const auto row = load_pack(ctx, request.id());
    send_form(ctx, request, contract_of(ctx, row["contract_id"].integer()), row, show_pack(ctx, row), ctx.object());
}

void save_pack(Ctx ctx, Request request) {
    const auto row = load_pack(ctx, request.id());
    const auto contract = contract_of(ctx, row["contract_id"].integer());
    const auto typed = typed_pack(request);
    Pack pack{contract.id, contract.account, 0, {}, {}, {}};
    guichet::Problems problems{ctx};
    read_pack(ctx, typed, pack, problems);
    try {
        if (!problems) change_pack(ctx, request.id(), guichet::to_integer(request.form("version").value_or("")).value_or(0), pack);
    } catch (const guichet::Error& error) {
        show_refusal(error, problems);
    }
    if (!problems) return request.redirect(contract_path(contract.id));
    request.status(422);
    send_form(ctx, request, contract, row, typed, problems.by_field());
}

void delete_pack(Ctx ctx, Request request) {
    const auto row = load_pack(ctx, request.id());
    const auto contract = contract_of(ctx, row["contract_id"].integer());
    if (request.form("confirmed") != "1")
        return request.page("pack/delete.html", ctx.object().set("title", ctx.tr("Delete this pack of hours?")).set("id", row["id"]));
    remove_pack(ctx, row);
    request.redirect(contract_path(contract.id));
}

}  // namespace timesheet
