#include "choose_party.hpp"

#include "directory.hpp"
#include "ticket_store.hpp"

namespace tickets {

using guichet::Request;
using guichet::Value;

namespace {

struct Choice {
    Field field;
    std::string_view title, name, hint;  // members of what is offered
    std::string_view nothing;            // when there is nothing to choose
};

void send(const Call& call, Request request, const Ticket& ticket, const Choice& choice, Value offered) {
    auto rows = call.ctx.array();
    for (std::size_t i = 0; i < offered.size(); ++i)
        rows.push(call.ctx.object()
                      .set("id", offered[i]["id"])
                      .set("name", offered[i][choice.name])
                      .set("hint", offered[i][choice.hint])
                      .set("chosen", offered[i]["id"].integer() == ticket.values.id(choice.field)));
    auto breadcrumb = call.ctx.array();
    breadcrumb.push(call.ctx.object().set("label", call.tr("Tickets")).set("url", "/tickets"));
    breadcrumb.push(call.ctx.object().set("label", ticket.row["ref"]).set("url", path_of(ticket.id)));
    breadcrumb.push(call.ctx.object().set("label", call.tr(choice.title)));
    auto data = call.ctx.object().set("breadcrumb", breadcrumb);
    data.set("title", call.tr(choice.title)).set("ticket", ticket.row).set("field", info(choice.field).name).set("rows", rows);
    data.set("nothing", call.tr(choice.nothing)).set("searchable", choice.field == Field::account);
    data.set("q", request.query("q").value_or(""));
    request.page(request.is_htmx() ? "choose/results.html" : "choose/page.html", data);
}

}  // namespace

void choose_account(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    send(call, request, ticket, {Field::account, "Choose the account", "name", "town", "No account matches."},
         directory::accounts(call.ctx, guichet::one_line(request.query("q").value_or(""))));
}

void choose_contact(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    const auto account = ticket.values.id(Field::account);
    send(call, request, ticket, {Field::contact, "Choose the contact", "name", "email", "The account has no contact."},
         account ? directory::contacts_of(call.ctx, *account) : Value{});
}

void choose_contract(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    const auto account = ticket.values.id(Field::account);
    send(call, request, ticket, {Field::contract, "Choose the contract", "ref", "label", "The account has no running contract."},
         account ? directory::running_contracts_of(call.ctx, *account) : Value{});
}

}  // namespace tickets
