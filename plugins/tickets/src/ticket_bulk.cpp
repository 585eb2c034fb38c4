#include "ticket_bulk.hpp"

#include "link_store.hpp"
#include "merge.hpp"
#include "tags.hpp"
#include "ticket_access.hpp"
#include "ticket_events.hpp"
#include "ticket_input.hpp"
#include "ticket_store.hpp"
#include "toast.hpp"
#include "transitions.hpp"

#include <algorithm>

namespace tickets {

using guichet::Request;
using guichet::Value;

namespace {

constexpr Field kSettable[] = {Field::assignee, Field::team, Field::status, Field::type, Field::priority};
constexpr std::string_view kStepNames[] = {"take", "resolve", "close"};

std::string first_problem(const guichet::Problems& problems) {
    const auto all = problems.by_field();
    return std::string{all[all.key(0)].text().value_or("")};
}

void store(const Call& call, const Ticket& ticket, TicketInput& input) {
    input.check();
    if (input.problems()) throw guichet::Error{GUICHET_E_INVALID, first_problem(input.problems())};
    change(call, ticket, input.values());
}

const Field* settable(std::string_view name) {
    const auto it = std::ranges::find_if(kSettable, [&](Field field) { return info(field).name == name; });
    return it == std::end(kSettable) ? nullptr : it;
}

// In a row it is offered where nobody is in charge: whoever was quicker keeps the ticket.
void require_free(const Call& call, const Ticket& ticket) {
    const auto assignee = ticket.values.id(Field::assignee);
    if (!assignee || assignee == call.author()) return;
    throw guichet::Error{GUICHET_E_CONFLICT, guichet::fill(call.tr("%1 was quicker and is in charge of this ticket."),
                                                           {ticket.row["assignee_name"].text().value_or("")})};
}

// One ticket, in the transaction of its own. The ticket was loaded for update.
void change_one(const Call& call, Request request, std::string_view what, const Ticket& ticket) {
    if (what == "delete") {
        require_delete(ticket);
        return erase(call, ticket.id);
    }
    require_update(ticket);
    if (request.form("take")) require_free(call, ticket);
    TicketInput input{call, ticket.values};
    if (what == "tag") input.set(Field::tags, with_tag(ticket.values[Field::tags], guichet::one_line(request.form("tag").value_or(""))));
    else if (const auto* field = settable(what)) input.read_form(request, {field, 1});
    else if (const auto* step = find_step(what)) input.replace(after_step(call, *step, ticket.values));
    store(call, ticket, input);
}

std::string message_of(const Call& call, const guichet::Error& error) {
    switch (error.code()) {
        case GUICHET_E_NOT_FOUND:
            return std::string{call.tr("There is no such ticket.")};
        case GUICHET_E_DENIED:
            return std::string{call.tr("You may not do this with this ticket.")};
        case GUICHET_E_INVALID:
        case GUICHET_E_CONFLICT:
        case GUICHET_E_VETO:
            return error.what();
        default:
            throw;
    }
}

std::string name_of(const Ticket& ticket) {
    return std::string{ticket.row["ref"].text().value_or("")} + " – " + ticket.values[Field::subject];
}

// {id, ok, message?, label?, path?}
Value outcome(const Call& call, Request request, std::string_view what, int64_t id, int64_t into) {
    auto out = call.ctx.object().set("id", id);
    try {
        if (what == "merge") {
            out.set("label", name_of(load(call, id))).set("path", path_of(id));
            merge_into(call, id, into);
            return out.set("ok", true);
        }
        guichet::Tx tx{call.ctx};
        const auto ticket = load_for_update(call, id);
        out.set("label", name_of(ticket));
        if (what != "delete") out.set("path", path_of(id));
        change_one(call, request, what, ticket);
        tx.commit();
        out.set("ok", true);
    } catch (const guichet::Error& error) {
        out.set("ok", false).set("message", message_of(call, error));
    }
    return out;
}

std::vector<int64_t> ids_of(Request request) {
    std::vector<int64_t> out;
    for (std::size_t i = 0; const auto text = request.form("ids", i); ++i) {
        const auto id = guichet::to_integer(*text);
        if (id && *id > 0 && std::ranges::find(out, *id) == out.end()) out.push_back(*id);
    }
    return out;
}

bool is_known(std::string_view what) {
    return what == "tag" || what == "merge" || what == "delete" || settable(what) ||
           std::ranges::find(kStepNames, what) != std::end(kStepNames);
}

// The ticket that the others go into, by its number or its id.
int64_t target(const Call& call, std::string_view typed) {
    if (const auto found = find_ticket(call, typed)) return *found;
    throw guichet::Error{GUICHET_E_INVALID, std::string{call.tr("There is no ticket of this number.")}, "into"};
}

// What is wrong with the request as a whole; nothing is changed then.
std::string obstacle(const Call& call, Request request, std::string_view what, const std::vector<int64_t>& ids) {
    if (!is_known(what)) return std::string{call.tr("Choose what to do with the tickets.")};
    if (ids.empty()) return std::string{call.tr("Select at least one ticket.")};
    if (ids.size() > kMostAtOnce) return guichet::fill(call.tr("Select at most %1 tickets."), {std::to_string(kMostAtOnce)});
    const auto tag = guichet::one_line(request.form("tag").value_or(""));
    if (what == "tag" && (tag.empty() || tag.find(',') != tag.npos)) return std::string{call.tr("Enter one tag, without a comma.")};
    return {};
}

std::string back_of(Request request) {
    const auto back = request.form("back").value_or("");
    return back == "/tickets" || back.starts_with("/tickets?") ? std::string{back} : "/tickets";
}

void ask(const Call& call, Request request, const std::vector<int64_t>& ids) {
    auto all = call.ctx.array();
    for (const auto id : ids) all.push(id);
    auto data = call.ctx.object().set("title", call.tr("Delete these tickets?")).set("ids", all).set("count", ids.size());
    request.page("list/delete_several.html", data.set("back", back_of(request)));
}

void answer(const Call& call, Request request, Value results) {
    int64_t done = 0;
    for (std::size_t i = 0; i < results.size(); ++i) done += results[i]["ok"].boolean().value_or(false);
    auto data = call.ctx.object().set("title", call.tr("Tickets")).set("results", results).set("back", back_of(request));
    request.page("list/bulk_done.html", data.set("done", done).set("refused", static_cast<int64_t>(results.size()) - done));
}

void refuse(const Call& call, Request request, std::string_view message) {
    request.status(422);
    request.page("list/bulk_done.html",
                 call.ctx.object().set("title", call.tr("Tickets")).set("message", message).set("back", back_of(request)));
}

// "Take charge" in a row: the list again, as it is now.
void take_one(const Call& call, Request request, int64_t id) {
    const auto result = outcome(call, request, "take", id, 0);
    if (!result["ok"].boolean().value_or(false)) return refuse(call, request, result["message"].text().value_or(""));
    if (!request.is_htmx()) return request.redirect(back_of(request));
    toast(request, call.tr("You are in charge of this ticket"));
    request.header(
        "HX-Location",
        guichet::to_json(call.ctx, call.ctx.object().set("path", back_of(request)).set("target", "#results").set("swap", "innerHTML")));
}

}  // namespace

void change_several(const Call& call, Request request) {
    if (const auto id = guichet::to_integer(request.form("take").value_or(""))) return take_one(call, request, *id);
    const auto what = request.form("do").value_or("");
    const auto ids = ids_of(request);
    if (const auto message = obstacle(call, request, what, ids); !message.empty()) return refuse(call, request, message);
    if (what == "delete" && request.form("confirmed") != "1") return ask(call, request, ids);
    int64_t into = 0;
    try {
        if (what == "merge") into = target(call, guichet::trim(request.form("into").value_or("")));
    } catch (const guichet::Error& error) {
        return refuse(call, request, error.what());
    }
    auto results = call.ctx.array();
    for (const auto id : ids)
        if (id != into) results.push(outcome(call, request, what, id, into));
    answer(call, request, results);
}

Value bulk_choices(const Call& call) {
    auto out = call.ctx.object().set("delete", call.ctx.can(kDelete));
    if (!call.ctx.can(kUpdate)) return out;
    auto fields = call.ctx.array(), steps = call.ctx.array();
    for (const auto field : kSettable)
        fields.push(call.ctx.object()
                        .set("name", info(field).name)
                        .set("label", call.tr(info(field).label))
                        .set("options", options_of(call, field, {})));
    for (const auto name : kStepNames) {
        const auto* step = find_step(name);
        steps.push(call.ctx.object().set("name", name).set("label", call.tr(step->label)).set("icon", step->icon));
    }
    return out.set("fields", fields).set("steps", steps).set("tag", true).set("merge", true);
}

}  // namespace tickets
