#include "merge_page.hpp"

#include "link_store.hpp"
#include "merge.hpp"
#include "message_store.hpp"
#include "ticket_access.hpp"
#include "ticket_events.hpp"
#include "ticket_query.hpp"

namespace tickets {

using guichet::Request;
using guichet::Value;

namespace {

constexpr int kMostMessages = 100;  // offered to be split off: the newest ones

Value page_data(const Call& call, const Ticket& ticket, std::string_view title) {
    auto breadcrumb = call.ctx.array();
    breadcrumb.push(call.ctx.object().set("label", call.tr("Tickets")).set("url", "/tickets"));
    breadcrumb.push(call.ctx.object().set("label", ticket.row["ref"]).set("url", path_of(ticket.id)));
    breadcrumb.push(call.ctx.object().set("label", call.tr(title)));
    return call.ctx.object().set("title", call.tr(title)).set("breadcrumb", breadcrumb).set("ticket", ticket.row);
}

std::string name_with_account(const Ticket& ticket) {
    const auto account = ticket.row["account_name"].text().value_or("");
    auto out = std::string{ticket.row["ref"].text().value_or("")} + " – " + ticket.values[Field::subject];
    return account.empty() ? out : out.append(" (").append(account).append(")");
}

void send_merge(const Call& call, Request request, const Ticket& ticket, std::string_view into, guichet::Problems& problems) {
    if (problems) request.status(422);
    request.page("ticket/merge.html",
                 page_data(call, ticket, "Merge into another ticket").set("into", into).set("errors", problems.by_field()));
}

// Selected in the form, as typed: what is no number is no message of the ticket.
std::vector<int64_t> chosen(Request request) {
    std::vector<int64_t> out;
    for (std::size_t i = 0; const auto id = request.form("message", i); ++i) out.push_back(guichet::to_integer(*id).value_or(0));
    return out;
}

void send_split(const Call& call, Request request, const Ticket& ticket, const std::vector<int64_t>& selected, std::string_view subject,
                guichet::Problems& problems) {
    const auto rows = read_messages(call, ticket.id, std::nullopt, kMostMessages).value();
    auto messages = call.ctx.array();
    for (std::size_t i = 0; i < rows.size() && i < kMostMessages; ++i) {
        const auto id = rows[i]["id"].integer().value_or(0);
        auto row = rows[i];
        messages.push(row.set("checked", std::ranges::find(selected, id) != selected.end()));
    }
    if (problems) request.status(422);
    auto data = page_data(call, ticket, "Split the ticket").set("messages", messages).set("subject", subject);
    request.page("ticket/split.html", data.set("errors", problems.by_field()));
}

// Errors that belong beside a field of the form.
template <class Action>
void try_with(guichet::Problems& problems, std::string_view field, Action action) {
    try {
        action();
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_INVALID && error.code() != GUICHET_E_VETO && error.code() != GUICHET_E_CONFLICT) throw;
        problems.add(error.field().empty() ? field : error.field(), error.what());
    }
}

}  // namespace

void show_merge(const Call& call, Request request) {
    guichet::Problems problems{call.ctx};
    send_merge(call, request, load_editable(call, request.id()), guichet::one_line(request.query("into").value_or("")), problems);
}

void merge(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    const auto typed = guichet::one_line(request.form("into").value_or(""));
    guichet::Problems problems{call.ctx};
    const auto into = typed.empty() ? std::nullopt : find_ticket(call, typed);
    if (!into) problems.add("into", call.tr(typed.empty() ? "Enter the number of a ticket." : "There is no such ticket."));
    if (!problems) try_with(problems, "into", [&] { require_mergeable(call, ticket, load(call, *into)); });
    if (!problems && request.form("confirmed") != "1") {
        const auto target = load(call, *into);
        auto data = page_data(call, ticket, "Merge these tickets?").set("into", target.id);
        data.set("name", name_with_account(ticket)).set("target", name_with_account(target));
        return request.page("ticket/merge_confirm.html", data);
    }
    if (!problems) try_with(problems, "into", [&] { merge_into(call, ticket.id, *into); });
    if (problems) return send_merge(call, request, ticket, typed, problems);
    request.redirect(path_of(*into));
}

void show_split(const Call& call, Request request) {
    guichet::Problems problems{call.ctx};
    std::vector<int64_t> selected;
    if (const auto message = guichet::to_integer(request.query("message").value_or(""))) selected.push_back(*message);
    const auto ticket = load_editable(call, request.id());
    send_split(call, request, ticket, selected, ticket.values[Field::subject], problems);
}

void split_off(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    const auto messages = chosen(request);
    const auto subject = guichet::one_line(request.form("subject").value_or(""));
    guichet::Problems problems{call.ctx};
    if (subject.empty()) problems.add("subject", call.tr("Enter a title."));
    int64_t part = 0;
    if (!problems) try_with(problems, "messages", [&] { part = split(call, ticket.id, messages, subject); });
    if (problems) return send_split(call, request, ticket, messages, subject, problems);
    request.redirect(path_of(part));
}

namespace api {

void merge(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    const auto given = request.json()["into"];
    const auto typed = given.integer() ? std::to_string(*given.integer()) : guichet::one_line(given.text().value_or(""));
    const auto into = typed.empty() ? std::nullopt : find_ticket(call, typed);
    if (!into) throw guichet::Error{GUICHET_E_INVALID, std::string{call.tr("There is no such ticket.")}, "into"};
    merge_into(call, ticket.id, *into);
    request.json(api_row(call, *into));
}

void split(const Call& call, Request request) {
    call.ctx.require(kCreate);
    const auto ticket = load_editable(call, request.id());
    const auto body = request.json();
    std::vector<int64_t> messages;
    for (std::size_t i = 0; i < body["messages"].size(); ++i) messages.push_back(body["messages"][i].integer().value_or(0));
    const auto part = tickets::split(call, ticket.id, messages, body["subject"].text().value_or(""));
    request.status(201);
    request.header("Location", "/api/v1/tickets/" + std::to_string(part));
    request.json(api_row(call, part));
}

}  // namespace api
}  // namespace tickets
