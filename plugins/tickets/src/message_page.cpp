#include "message_page.hpp"

#include "message_input.hpp"
#include "ticket_page.hpp"
#include "toast.hpp"

namespace tickets {

void send_message(const Call& call, guichet::Request request) {
    const auto ticket = load(call, request.id());
    require_update(ticket);
    const auto visibility = request.form("visibility").value_or("");
    // The recipient of the form is looked at for private messages only: its select is always there.
    const auto to_user = visibility == "private" ? request.form("to_user").value_or("") : "";
    guichet::Problems problems{call.ctx};
    const auto message = check_message(call, request.form("body").value_or(""), visibility, to_user, problems);
    if (problems) {
        request.status(422);
        const Draft draft{message.body, message.visibility, std::string{request.form("to_user").value_or("")}, problems.by_field()};
        return request.is_htmx() ? send_conversation(call, request, ticket, draft) : send_ticket(call, request, ticket, draft);
    }
    const auto id = add_message(call, ticket.id, message);
    if (!request.is_htmx()) return request.redirect("/tickets/" + std::to_string(ticket.id) + "#m-" + std::to_string(id));
    toast(request, call.tr("Message sent"));
    send_conversation(call, request, ticket, {});
}

}  // namespace tickets
