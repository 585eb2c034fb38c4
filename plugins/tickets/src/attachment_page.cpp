#include "attachment_page.hpp"

#include "attachment_store.hpp"
#include "ticket_page.hpp"

namespace tickets {

void attach(const Call& call, guichet::Request request) {
    const auto ticket = load(call, request.id());
    require_update(ticket);
    if (!request.upload(0)) {
        guichet::Problems problems{call.ctx};
        problems.add("file", call.tr("Choose a file."));
        request.status(422);
        Trouble trouble;
        trouble.errors = problems.by_field();
        return send_ticket(call, request, ticket, trouble);
    }
    add_attachments(call, request, ticket.id, std::nullopt);
    request.redirect("/tickets/" + std::to_string(ticket.id) + "#h-attachments");
}

void open_attachment(const Call& call, guichet::Request request) {
    const auto ticket = load(call, request.id());
    const auto file = request.id("file_id");
    require_attachment(call, ticket.id, file);
    request.send_file(file, request.query("inline") == "1");
}

}  // namespace tickets
