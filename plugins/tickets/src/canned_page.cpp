#include "canned_page.hpp"

#include "canned_input.hpp"
#include "message_input.hpp"
#include "people.hpp"
#include "requester.hpp"
#include "ticket_page.hpp"

namespace tickets {

using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kPath = "/admin/canned-replies";
constexpr int kOffered = 50;

struct Form {
    std::optional<int64_t> id;  // of one that exists
    TypedReply typed;
    int64_t version = 0;
    Value errors{};
};

std::optional<int64_t> id_of(Request request) { return request.param("id") ? std::optional{request.id()} : std::nullopt; }

Value placeholders(const Call& call) {
    auto out = call.ctx.array();
    for (const auto& [name, label] : kCannedPlaceholders)
        out.push(call.ctx.object().set("written", "{{" + std::string{name} + "}}").set("label", call.tr(label)));
    return out;
}

Value breadcrumb(const Call& call, std::string_view title) {
    auto out = call.ctx.array();
    return out.push(call.ctx.object().set("label", call.tr("Canned replies")).set("url", kPath))
        .push(call.ctx.object().set("label", title));
}

void send_form(const Call& call, Request request, const Form& form) {
    const auto title = call.tr(form.id ? "Edit a canned reply" : "Add a canned reply");
    auto data =
        call.ctx.object().set("title", title).set("breadcrumb", breadcrumb(call, title)).set("id", form.id).set("version", form.version);
    const auto& typed = form.typed;
    data.set("form", call.ctx.object().set("name", typed.name).set("body", typed.body).set("team", typed.team).set("active", typed.active));
    data.set("teams", options_of(call, Field::team, {})).set("placeholders", placeholders(call)).set("errors", form.errors);
    request.page("canned/form.html", data);
}

TypedReply stored(Value row) {
    const auto team = row["team"].integer();
    return {std::string{row["name"].text().value_or("")}, std::string{row["body"].text().value_or("")},
            team ? std::to_string(*team) : std::string{}, row["active"].boolean().value_or(true)};
}

TypedReply typed(Request request) {
    const auto text = [&](std::string_view name) { return std::string{request.form(name).value_or("")}; };
    return {text("name"), text("body"), text("team"), text("active") == "1"};
}

std::map<std::string_view, std::string> values_of(const Call& call, const Ticket& ticket) {
    const auto text = [&](std::string_view column) { return std::string{ticket.row[column].text().value_or("")}; };
    return {{"contact", text("contact_name")},
            {"account", text("account_name")},
            {"ref", text("ref")},
            {"subject", text("subject")},
            {"agent", own_name(call)}};
}

}  // namespace

void show_canned(const Call& call, Request request) {
    request.page("canned/list.html", call.ctx.object().set("title", call.tr("Canned replies")).set("replies", all_replies(call).value()));
}

void show_canned_form(const Call& call, Request request) {
    const auto id = id_of(request);
    if (!id) return send_form(call, request, {});
    const auto row = any_reply(call, *id);
    send_form(call, request, {id, stored(row), row["version"].integer().value_or(0)});
}

void save_canned(const Call& call, Request request) {
    const auto id = id_of(request);
    const auto row = id ? any_reply(call, *id) : Value{};
    const auto version = guichet::to_integer(request.form("version").value_or("")).value_or(0);
    guichet::Problems problems{call.ctx};
    const auto reply = check_reply(call, typed(request), row["team"].integer(), problems);
    try {
        if (!problems && id) change_reply(call, *id, version, reply);
        else if (!problems) add_reply(call, reply);
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_CONFLICT) throw;
        problems.add("name", error.what());
    }
    if (!problems) return request.redirect(kPath);
    request.status(422);
    send_form(call, request, {id, typed(request), id ? row["version"].integer().value_or(0) : 0, problems.by_field()});
}

void delete_canned(const Call& call, Request request) {
    const auto row = any_reply(call, request.id());
    if (request.form("confirmed") != "1")
        return request.page("canned/delete.html", call.ctx.object().set("title", call.tr("Delete this canned reply?")).set("reply", row));
    remove_reply(call, request.id());
    request.redirect(kPath);
}

void add_canned(const Call& call, std::string_view q, Value& data) { data.set("canned", offered_replies(call, q, kOffered).value()); }

void find_canned(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    auto data = call.ctx.object().set("ticket", call.ctx.object().set("id", ticket.id)).set("found", true);
    add_canned(call, guichet::one_line(request.query("canned_q").value_or("")).substr(0, 200), data);
    request.page("ticket/canned_list.html", data);
}

void insert_canned(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    const auto reply = offered_reply(call, guichet::to_integer(request.form("canned").value_or("")).value_or(0));
    auto draft = typed_draft(request);
    if (!draft.body.empty()) draft.body += "\n\n";
    draft.body += fill_placeholders(reply["body"].text().value_or(""), values_of(call, ticket));
    if (!request.is_htmx()) return send_ticket(call, request, ticket, Composing{draft});
    request.page("ticket/composer_text.html", call.ctx.object().set("draft", call.ctx.object().set("body", draft.body)));
}

}  // namespace tickets
