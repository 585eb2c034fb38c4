#include "designation.hpp"

#include "access.hpp"
#include "duration.hpp"
#include "equipment_store.hpp"
#include "others.hpp"
#include "record.hpp"

namespace interventions {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kUpdateTicket = "tickets.ticket.update";

std::string path_of(int64_t ticket_id) { return "/tickets/" + std::to_string(ticket_id); }

Value need_ticket(Ctx ctx, int64_t id) {
    const auto ticket = find_ticket(ctx, id);
    if (!ticket) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such ticket"};
    return ticket;
}

Value checked(Ctx ctx, Value ticket, int64_t equipment_id) {
    guichet::Query query{ctx};
    query.sql("select e.id, e.label, e.account_id from equipment e where e.id = ").arg(equipment_id);
    add_account_access(query, "e.account_id", kReadAccount);
    const auto rows = query.run();
    if (!rows.empty() && ticket["account_id"].integer() == rows.i64(0, 2)) return rows.row(0);
    throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("This is not an equipment of the ticket’s account.")}, "equipment_id"};
}

// The contract of the equipment when it runs and is not the ticket's yet.
Value proposed_contract(Ctx ctx, Value ticket, Value equipment) {
    const auto id = equipment["contract_id"].integer();
    if (!id || ticket["contract_id"].integer() == id) return {};
    const auto contract = contract_of(ctx, equipment["account_id"].integer().value_or(0), *id);
    return contract["runs_today"].boolean().value_or(false) ? contract : Value{};
}

}  // namespace

Value equipment_of_ticket(Ctx ctx, int64_t ticket_id) {
    const auto rows = ctx.exec("select equipment_id from ticket_equipment where ticket_id = $1", ticket_id);
    if (rows.empty()) return {};
    try {
        return get_equipment(ctx, rows.i64(0, 0));
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_NOT_FOUND) throw;
        return {};
    }
}

Value tickets_of(Ctx ctx, int64_t equipment_id) {
    const auto rows =
        ctx.exec("select ticket_id from ticket_equipment where equipment_id = $1 order by ticket_id desc limit 50", equipment_id);
    std::vector<int64_t> ids;
    for (std::size_t i = 0; i < rows.size(); ++i) ids.push_back(rows.i64(i, 0));
    const auto tickets = visible_tickets(ctx, ids);
    const auto statuses =
        ctx.exec("select code, coalesce(labels ->> $1::text, code) as label, color from tickets.status_v1", ctx.language()).value();
    for (std::size_t i = 0; i < tickets.size(); ++i) {
        auto ticket = tickets[i];
        for (std::size_t s = 0; s < statuses.size(); ++s)
            if (statuses[s]["code"].text() == ticket["status"].text())
                ticket.set("status_label", statuses[s]["label"]).set("status_color", statuses[s]["color"]);
    }
    return tickets;
}

void designate(Ctx ctx, int64_t ticket_id, int64_t equipment_id) {
    guichet::Tx tx{ctx};
    const auto ticket = need_ticket(ctx, ticket_id);
    require_ticket_update(ctx, ticket_id);
    const auto had = ctx.exec(
        "select e.id, e.label from ticket_equipment d join equipment e on e.id = d.equipment_id where d.ticket_id = $1", ticket_id);
    if ((had.empty() ? 0 : had.i64(0, 0)) == equipment_id) return;
    const auto row = equipment_id ? checked(ctx, ticket, equipment_id) : Value{};
    if (row) {
        ctx.exec(
            "insert into ticket_equipment (ticket_id, equipment_id, set_by) values ($1, $2, $3::bigint)"
            " on conflict (ticket_id) do update set equipment_id = excluded.equipment_id, set_by = excluded.set_by, set_at = now()",
            ticket_id, equipment_id, author(ctx));
        const std::string name{row["label"].text().value_or("")};
        note_on_ticket(ctx, ticket_id, "designated the equipment " + name, "a désigné l’équipement " + name);
    } else {
        ctx.exec("delete from ticket_equipment where ticket_id = $1", ticket_id);
        const std::string name{had.text(0, 1)};
        note_on_ticket(ctx, ticket_id, "removed the equipment " + name, "a retiré l’équipement " + name);
    }
    ctx.after("interventions.equipment_designated", 1, "ticket/" + std::to_string(ticket_id),
              ctx.object().set("ticket_id", ticket_id).set("equipment_id", row ? std::optional{equipment_id} : std::nullopt));
    tx.commit();
}

void choose(Ctx ctx, Request request) {
    const auto ticket = request.id();
    try {
        designate(ctx, ticket, guichet::to_integer(request.form("equipment_id").value_or("")).value_or(0));
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_INVALID) throw;
        request.status(422);
        return request.page("partials/question.html",
                            ctx.object().set("title", ctx.tr("Equipment")).set("reason", e.what()).set("back", path_of(ticket)));
    }
    request.redirect(path_of(ticket) + "#h-equipment");
}

void use_contract(Ctx ctx, Request request) {
    const auto ticket = need_ticket(ctx, request.id());
    const auto contract = proposed_contract(ctx, ticket, equipment_of_ticket(ctx, request.id()));
    if (contract) change_ticket(ctx, request.id(), ctx.object().set("contract_id", contract["id"]));
    request.redirect(path_of(request.id()));
}

void api_get(Ctx ctx, Request request) {
    (void)need_ticket(ctx, request.id());
    const auto equipment = equipment_of_ticket(ctx, request.id());
    request.json(ctx.object().set("equipment_id", equipment["id"].integer()).set("duration", duration_of_ticket(ctx, request.id())));
}

void api_put(Ctx ctx, Request request) {
    const auto wanted = request.json()["equipment_id"];
    if (!wanted || (!wanted.is_null() && !wanted.integer()))
        throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("This must be a whole number.")}, "equipment_id"};
    designate(ctx, request.id(), wanted.integer().value_or(0));
    api_get(ctx, request);
}

void ticket_widget(Ctx ctx, Value data, guichet::Html out) {
    const auto id = data["ticket_id"].integer();
    const auto ticket = id ? find_ticket(ctx, *id) : Value{};
    if (!ticket) return;
    auto card = ctx.object().set("ticket_id", *id).set("account_id", ticket["account_id"]).set("may_update", ctx.can(kUpdateTicket));
    const auto equipment = equipment_of_ticket(ctx, *id);
    if (equipment) {
        present_equipment(ctx, ctx.array().push(equipment));
        card.set("equipment", equipment).set("contract", proposed_contract(ctx, ticket, equipment));
    }
    if (const auto account = ticket["account_id"].integer())
        card.set("options", equipment_options(ctx, *account, equipment["id"].integer().value_or(0)))
            .set("chosen", as_text(equipment["id"]));
    const auto seconds = duration_of_ticket(ctx, *id);
    out.render("ticket/equipment.html", card.set("duration", seconds ? std::optional{hours_and_minutes(seconds)} : std::nullopt));
}

}  // namespace interventions
