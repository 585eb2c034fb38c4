#include "original.hpp"

#include "original_html.hpp"
#include "warnings.hpp"

#include <tickets/tickets_v1.h>

#include <guichet/sdk/query.hpp>

namespace mailbox {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kSelect =
    "select id, file_id, html_file_id, ticket_id, ticket_message_id, hint_ticket_id, from_address, from_name, subject, to_json(recipients) "
    "as recipients, quote,"
    " signature, to_json(warnings) as warnings, trust, class, sent_at, received_at from inbound_mail where ";

// Who may see the ticket may see the mail; of others nothing is said.
Value visible(Ctx ctx, int64_t id) {
    const auto rows = ctx.exec(std::string{kSelect} + "id = $1 and state = 'done' and ticket_id is not null", id);
    const auto tickets = ctx.service<tickets_tickets_v1>(TICKETS_TICKETS, 1, 0);
    if (rows.empty() || !tickets) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such mail"};
    guichet_value* out = nullptr;
    tickets(&tickets_tickets_v1::find, rows.row(0)["ticket_id"].integer().value_or(0), &out);
    return rows.row(0);
}

Value shown(Ctx ctx, Value row) {
    row.set("warnings", described_warnings(ctx, row["warnings"]));
    row.set("has_original", !row["file_id"].is_null());
    return row.set("has_html", !row["html_file_id"].is_null());
}

}  // namespace

void fill_mail_column(Ctx ctx, guichet::Cells cells) {
    const auto rows =
        ctx.exec(std::string{kSelect} + "ticket_message_id = any($1::bigint[]) and state = 'done'", guichet::array_literal(cells.ids()));
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto row = rows.row(r);
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (cells.id(i) == row["ticket_message_id"].integer())
                cells[i].render("original/below.html", ctx.object().set("mail", shown(ctx, row)));
    }
}

void show_origin(Ctx ctx, Value slot, guichet::Html out) {
    const auto rows = ctx.exec(std::string{kSelect} + "ticket_id = $1 and ticket_message_id is null and state = 'done' order by id limit 1",
                               slot["ticket_id"].integer().value_or(0));
    if (rows.empty()) return;
    out.render("original/origin.html", ctx.object().set("mail", shown(ctx, rows.row(0))));
}

void show_original(Ctx ctx, Request request) {
    const auto row = visible(ctx, request.id());
    const auto subject = row["subject"].text().value_or("");
    const bool remote = request.query("pictures") == "remote";
    request.page(
        "original/page.html",
        ctx.object().set("title", subject.empty() ? ctx.tr("(no subject)") : subject).set("mail", shown(ctx, row)).set("remote", remote));
}

void send_original_html(Ctx ctx, Request request) {
    const auto row = visible(ctx, request.id());
    const auto file = row["html_file_id"].integer();
    if (!file) throw guichet::Error{GUICHET_E_NOT_FOUND, "the mail has no HTML"};
    const bool remote = request.query("pictures") == "remote";
    request.send_foreign(with_pictures(ctx.read_file(*file), "/mailbox/mails/" + std::to_string(request.id()) + "/part?cid=", remote),
                         remote);
}

void send_original_raw(Ctx ctx, Request request) {
    const auto file = visible(ctx, request.id())["file_id"].integer();
    if (!file) throw guichet::Error{GUICHET_E_NOT_FOUND, "the original is not kept any more"};
    request.send_file(*file);
}

void send_original_part(Ctx ctx, Request request) {
    visible(ctx, request.id());
    const auto rows = ctx.exec("select file_id from inline_part where inbound_id = $1 and content_id = $2", request.id(),
                               request.query("cid").value_or(""));
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such part"};
    request.send_file(rows.i64(0, 0), true);
}

}  // namespace mailbox
