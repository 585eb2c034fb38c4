#include "access_party.hpp"

#include <directory/accounts_v1.h>
#include <tickets/tickets_v1.h>

namespace public_form {

using guichet::Request;
using guichet::Value;

namespace {

std::optional<int64_t> number(Request request, std::string_view name) {
    const auto typed = request.form(name) ? request.form(name) : request.query(name);
    return guichet::to_integer(typed.value_or(""));
}

template <class Table>
Value find(guichet::Ctx ctx, std::string_view service, guichet_status (*Table::*slot)(void*, guichet_ctx*, int64_t, guichet_value**),
           int64_t id) {
    const auto table = ctx.service<Table>(service, 1, 0);
    if (!table) throw guichet::Error{GUICHET_E_UNAVAILABLE, "a module is switched off"};
    guichet_value* out = nullptr;
    table(slot, id, &out);
    return {ctx.raw(), out};
}

}  // namespace

AccessParty AccessParty::of(guichet::Ctx ctx, Request request) {
    AccessParty out;
    if (const auto ticket = number(request, "ticket_id")) {
        out.object = find(ctx, TICKETS_TICKETS, &tickets_tickets_v1::find, *ticket);
        out.ticket_id = ticket;
    } else if (const auto contact = number(request, "contact_id")) {
        out.object = find(ctx, DIRECTORY_ACCOUNTS, &directory_accounts_v1::find_contact, *contact);
        out.contact_id = contact;
    } else if (const auto account = number(request, "account_id")) {
        out.object = find(ctx, DIRECTORY_ACCOUNTS, &directory_accounts_v1::find_account, *account);
        out.account_id = account;
    } else {
        throw guichet::Error{GUICHET_E_NOT_FOUND, "whose access"};
    }
    return out;
}

std::string AccessParty::path() const {
    if (ticket_id) return "/tickets/" + std::to_string(*ticket_id);
    return contact_id ? "/contacts/" + std::to_string(*contact_id) : "/accounts/" + std::to_string(*account_id);
}

std::string_view AccessParty::name() const { return object[ticket_id ? "ref" : "name"].text().value_or(""); }

NewLink AccessParty::link() const {
    NewLink link;
    link.ticket_id = ticket_id, link.contact_id = contact_id;
    link.account_id = contact_id ? object["account_id"].integer() : account_id;
    return link;
}

void AccessParty::audit(guichet::Ctx ctx, std::string_view action) const {
    const auto id = ticket_id    ? "ticket/" + std::to_string(*ticket_id)
                    : contact_id ? "contact/" + std::to_string(*contact_id)
                                 : "account/" + std::to_string(*account_id);
    ctx.audit(action, id);
}

}  // namespace public_form
