#include "attachment_page.hpp"

#include "attachment_store.hpp"
#include "ticket_page.hpp"
#include "toast.hpp"

namespace tickets {

using guichet::Request;
using guichet::Value;

namespace {

void send_documents(const Call& call, Request request, const Ticket& ticket, Value errors) {
    if (!request.is_htmx() && errors) {
        Trouble trouble;
        trouble.errors = errors;
        return send_ticket(call, request, ticket, trouble);
    }
    if (!request.is_htmx()) return request.redirect(path_of(ticket.id) + "#h-attachments");
    auto data = call.ctx.object().set("ticket", ticket.row).set("may_update", ticket.may_update).set("errors", errors).set("own", true);
    add_documents(call, ticket, data);
    request.page("ticket/attachments.html", data);
}

Value problem(const Call& call, std::string_view message) { return call.ctx.object().set("document", message); }

}  // namespace

Value add_documents(const Call& call, const Ticket& ticket, Value& data) {
    const auto files = read_attachments(call, ticket.id);
    data.set("attachments", files.value()).set("attachments_count", static_cast<int64_t>(files.size()));
    return data["attachments"];
}

void attach(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    Value errors;
    try {
        if (request.upload(0)) add_attachments(call, request, ticket.id, std::nullopt);
        else errors = problem(call, call.tr("Choose a file."));
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_INVALID || error.field() != "file") throw;
        errors = problem(call, error.what());
    }
    if (errors) request.status(422);
    else if (request.is_htmx()) toast(request, call.tr("Documents added"));
    send_documents(call, request, ticket, errors);
}

void delete_attachment(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    const auto file = request.id("file_id");
    require_attachment(call, ticket.id, file);
    if (request.form("confirmed") != "1")
        return request.page("ticket/delete_attachment.html",
                            call.ctx.object().set("title", call.tr("Delete this document?")).set("id", ticket.id).set("file", file));
    remove_attachment(call, ticket.id, file);
    if (request.is_htmx()) toast(request, call.tr("Document deleted"));
    send_documents(call, request, ticket, {});
}

void open_attachment(const Call& call, Request request) {
    const auto ticket = load(call, request.id());
    const auto file = request.id("file_id");
    require_attachment(call, ticket.id, file);
    request.send_file(file, request.query("inline") == "1");
}

}  // namespace tickets
