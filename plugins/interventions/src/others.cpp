#include "others.hpp"

#include <directory/accounts_v1.h>
#include <tickets/tickets_v1.h>

namespace interventions {

using guichet::Ctx;
using guichet::Value;

namespace {

template <class Table>
guichet::Service<Table> need(Ctx ctx, std::string_view id, uint16_t minor) {
    const auto service = ctx.service<Table>(id, 1, minor);
    if (!service) throw guichet::Error{GUICHET_E_UNAVAILABLE, std::string{id} + " is not there"};
    return service;
}

template <class Table, class Slot>
Value find(Ctx ctx, std::string_view service, Slot slot, int64_t id) {
    guichet_value* out = nullptr;
    try {
        need<Table>(ctx, service, 0)(slot, id, &out);
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_NOT_FOUND) throw;
        return {};
    }
    return {ctx.raw(), out};
}

}  // namespace

Value find_account(Ctx ctx, int64_t id) {
    return find<directory_accounts_v1>(ctx, DIRECTORY_ACCOUNTS, &directory_accounts_v1::find_account, id);
}
Value find_contact(Ctx ctx, int64_t id) {
    return find<directory_accounts_v1>(ctx, DIRECTORY_ACCOUNTS, &directory_accounts_v1::find_contact, id);
}
Value find_ticket(Ctx ctx, int64_t id) { return find<tickets_tickets_v1>(ctx, TICKETS_TICKETS, &tickets_tickets_v1::find, id); }

Value contract_of(Ctx ctx, int64_t account_id, int64_t contract_id) {
    const auto rows =
        ctx.exec("select id, ref, label, account_id, status, runs_today from directory.contract_v1 where id = $1 and account_id = $2",
                 contract_id, account_id);
    return rows.empty() ? Value{} : rows.row(0);
}

Value contract_options(Ctx ctx, int64_t account_id, int64_t chosen) {
    return ctx
        .exec(
            "select id::text as value, ref || ' – ' || label as label from directory.contract_v1"
            " where account_id = $1 and (runs_today or id = $2) order by ref, id limit 200",
            account_id, chosen)
        .value();
}

Value visible_tickets(Ctx ctx, const std::vector<int64_t>& ids) {
    if (ids.empty()) return ctx.array();
    guichet_value* out = nullptr;
    need<tickets_tickets_v1>(ctx, TICKETS_TICKETS, 0)(&tickets_tickets_v1::visible, ids.data(), ids.size(), &out);
    return {ctx.raw(), out};
}

// Nothing is changed; whether it could be is asked all the same.
void require_ticket_update(Ctx ctx, int64_t ticket_id) { change_ticket(ctx, ticket_id, ctx.object()); }

void change_ticket(Ctx ctx, int64_t ticket_id, Value members) {
    need<tickets_tickets_v1>(ctx, TICKETS_TICKETS, 2)(&tickets_tickets_v1::update, ticket_id, members.raw());
}

void note_on_ticket(Ctx ctx, int64_t ticket_id, std::string_view english, std::string_view french) {
    need<tickets_tickets_v1>(ctx, TICKETS_TICKETS, 2)(&tickets_tickets_v1::note, ticket_id,
                                                      ctx.object().set("en", english).set("fr", french).raw());
}

}  // namespace interventions
