#include "link_page.hpp"

#include "link_store.hpp"
#include "ticket_page.hpp"
#include "toast.hpp"

namespace tickets {

using guichet::Request;
using guichet::Value;

namespace {

struct Wanted {
    Relation relation;
    int64_t other;
};

// Relation and other ticket as typed: by number or id. Empty when there are problems.
std::optional<Wanted> read_wanted(const Call& call, std::string_view relation, std::string_view typed, guichet::Problems& problems) {
    const auto found = find_relation(relation);
    if (!found) problems.add("relation", call.tr("Choose one of the list."));
    const auto name = guichet::one_line(typed);
    const auto other = name.empty() ? std::nullopt : find_ticket(call, name);
    if (!other) problems.add("ticket", call.tr(name.empty() ? "Enter the number of a ticket." : "There is no such ticket."));
    return found && other ? std::optional{Wanted{*found, *other}} : std::nullopt;
}

void answer(const Call& call, Request request, const Ticket& ticket) {
    if (!request.is_htmx()) return request.redirect(path_of(ticket.id) + "#h-links");
    toast(request, call.tr("Saved"));
    send_ticket(call, request, ticket, Trouble{});
}

}  // namespace

void link(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    const auto typed = request.form("ticket").value_or(""), relation = request.form("relation").value_or("");
    guichet::Problems problems{call.ctx};
    try {
        if (const auto wanted = read_wanted(call, relation, typed, problems)) add_link(call, ticket.id, wanted->relation, wanted->other);
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_INVALID) throw;
        problems.add(error.field(), error.what());
    }
    if (problems) {
        request.status(422);
        const auto entered = call.ctx.object().set("ticket", typed).set("relation", relation);
        return send_ticket(call, request, ticket, Trouble{.errors = problems.by_field(), .entered = entered});
    }
    answer(call, request, ticket);
}

void unlink(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    remove_link(call, ticket.id, request.id("link_id"));
    answer(call, request, ticket);
}

namespace api {
namespace {

Value shown(const Call& call, Value link) {
    auto other = call.ctx.object()
                     .set("id", link["ticket_id"])
                     .set("ref", link["ref"])
                     .set("subject", link["subject"])
                     .set("status", link["status"]["code"]);
    return call.ctx.object().set("id", link["id"]).set("relation", link["relation"]).set("ticket", other);
}

}  // namespace

void list_links(const Call& call, Request request) {
    const auto links = read_links(call, load(call, request.id()).id);
    auto items = call.ctx.array();
    for (std::size_t i = 0; i < links.size(); ++i) items.push(shown(call, links[i]));
    request.json(call.ctx.object().set("items", items));
}

void create_link(const Call& call, Request request) {
    const auto body = request.json();
    const auto ticket = load_editable(call, request.id());
    const auto given = body["ticket"];
    const auto other = given.integer() ? std::to_string(*given.integer()) : std::string{given.text().value_or("")};
    guichet::Problems problems{call.ctx};
    const auto wanted = read_wanted(call, body["relation"].text().value_or(""), other, problems);
    problems.throw_if_any();
    const auto id = add_link(call, ticket.id, wanted->relation, wanted->other);
    const auto links = read_links(call, ticket.id);
    for (std::size_t i = 0; i < links.size(); ++i)
        if (links[i]["id"].integer() == id) request.json(shown(call, links[i]));
    request.status(201);
}

void remove_link(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    tickets::remove_link(call, ticket.id, request.id("link_id"));
    request.status(204);
}

}  // namespace api
}  // namespace tickets
