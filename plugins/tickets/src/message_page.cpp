#include "message_page.hpp"

#include "message_input.hpp"
#include "message_post.hpp"
#include "requester.hpp"
#include "ticket_page.hpp"
#include "toast.hpp"

namespace tickets {

using guichet::Request;

namespace {

std::string page_of(const Ticket& ticket, std::string_view place) { return path_of(ticket.id) + std::string{place}; }

void show_again(const Call& call, Request request, const Ticket& ticket, const Composing& composing) {
    return request.is_htmx() ? send_conversation(call, request, ticket, &composing) : send_ticket(call, request, ticket, composing);
}

// A reply that crosses another one is looked at again before it leaves.
bool is_overtaken(const Call& call, Request request, const Ticket& ticket, const Draft& draft) {
    const auto seen = guichet::to_integer(request.form("seen").value_or(""));
    return draft.visibility == "public" && seen && messages_since(call, ticket.id, *seen) > 0;
}

}  // namespace

void send_message(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    const auto draft = typed_draft(request);
    guichet::Problems problems{call.ctx};
    const auto message = check_message(call, draft, problems);
    if (message.visibility == "public" && !requester_of(ticket))
        problems.add("visibility", call.tr("There is no e-mail address to reply to."));
    if (problems) {
        request.status(422);
        return show_again(call, request, ticket, {draft, problems.by_field()});
    }
    if (is_overtaken(call, request, ticket, draft)) {
        request.status(409);
        return show_again(call, request, ticket, {draft, {}, false, true});
    }
    int64_t id = 0;
    try {
        id = post_message(call, ticket, message, request);
    } catch (const guichet::Error& error) {
        const bool vetoed = error.code() == GUICHET_E_VETO;
        if (!vetoed && (error.code() != GUICHET_E_INVALID || error.field().empty())) throw;
        request.status(422);
        const std::string_view field = error.field().empty() ? std::string_view{"body"} : error.field();
        return show_again(call, request, ticket, {draft, call.ctx.object().set(field, error.what())});
    }
    if (!request.is_htmx()) return request.redirect(page_of(ticket, "#m-" + std::to_string(id)));
    toast(request, call.tr("Message sent"));
    send_conversation(call, request, ticket, nullptr);
}

void preview_message(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    const auto draft = typed_draft(request);
    if (!request.is_htmx()) return send_ticket(call, request, ticket, Composing{draft, {}, true});
    request.page("ticket/preview.html", call.ctx.object().set("preview", true).set("draft", call.ctx.object().set("body", draft.body)));
}

void keep_draft(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    auto draft = typed_draft(request);
    if (draft.visibility != "public" && draft.visibility != "private") draft.visibility = "team";
    save_draft(call, ticket.id, draft);
    if (!request.is_htmx()) return request.redirect(page_of(ticket, "#h-composer"));
    auto data = call.ctx.object().set("kept", !draft.body.empty());
    add_news(call, ticket.id, guichet::to_integer(request.form("seen").value_or("")).value_or(0), data);
    // What is on the page already is not said again.
    if (request.form("news") == data["news"].text() && (request.form("kept") == "1") == !draft.body.empty()) return request.status(204);
    request.page("ticket/news.html", data);
}

void drop_draft(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    remove_draft(call, ticket.id);
    if (!request.is_htmx()) return request.redirect(page_of(ticket, "#h-composer"));
    send_conversation(call, request, ticket, nullptr);
}

}  // namespace tickets
