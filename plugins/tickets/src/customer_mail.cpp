#include "customer_mail.hpp"

#include "history.hpp"

namespace tickets {

using guichet::Value;

namespace {

std::string_view language_of(const Ticket& ticket) {
    const auto own = ticket.row["language"].text().value_or("");
    return own.empty() ? ticket.row["contact_language"].text().value_or("") : own;
}

// RFC 3834: mail of machines says so, what a person wrote says that it is none.
Value headers_of(const Call& call, const CustomerMail& mail) {
    auto headers = call.ctx.object().set("Auto-Submitted", mail.automatic() ? "auto-replied" : "no");
    if (mail.automatic()) headers.set("X-Auto-Response-Suppress", "All");
    return headers;
}

Value mailing(const Call& call, const Ticket& ticket, const CustomerMail& mail) {
    auto data = call.ctx.object()
                    .set("kind", mail.kind)
                    .set("automatic", mail.automatic())
                    .set("ticket_id", ticket.id)
                    .set("message_id", mail.message)
                    .set("to", mail.to.email)
                    .set("language", language_of(ticket))
                    .set("references", call.ctx.array())
                    .set("headers", headers_of(call, mail));
    for (const auto member : {"public_url", "sender", "reply_to", "return_path", "mail_message_id", "in_reply_to"}) data.set(member, "");
    call.ctx.before("tickets.customer_mailing", 1, "ticket/" + std::to_string(ticket.id), data);
    return data;
}

Value envelope_of(const Call& call, const CustomerMail& mail, Value data) {
    auto attachments = call.ctx.array();
    for (const auto id : mail.files) attachments.push(id);
    auto envelope = call.ctx.object()
                        .set("to", mail.to.email)
                        .set("to_name", mail.automatic() ? "" : mail.to.name)  // nobody makes machines send his words (R58)
                        .set("attachments", attachments)
                        .set("references", data["references"])
                        .set("headers", data["headers"]);
    constexpr std::pair<std::string_view, std::string_view> kSame[] = {{"language", "language"},          {"sender", "sender"},
                                                                       {"reply_to", "reply_to"},          {"return_path", "return_path"},
                                                                       {"message_id", "mail_message_id"}, {"in_reply_to", "in_reply_to"}};
    for (const auto& [name, member] : kSame)
        if (const auto text = data[member].text().value_or(""); !text.empty()) envelope.set(name, text);
    return envelope;
}

int64_t send(const Call& call, const Ticket& ticket, const CustomerMail& mail, Value data) {
    auto values = mail.values;
    values.set("ref", ticket.row["ref"]).set("public_url", data["public_url"]);
    if (mail.kind != "confirmation") values.set("subject", ticket.row["subject"]).set("contact", mail.to.name);
    const auto id = call.ctx.send_mail("tickets." + std::string{mail.kind}, envelope_of(call, mail, data), values);
    if (id == 0) return 0;
    call.ctx.after("tickets.customer_mailed", 1, "ticket/" + std::to_string(ticket.id),
                   call.ctx.object()
                       .set("ticket_id", ticket.id)
                       .set("message_id", mail.message)
                       .set("kind", mail.kind)
                       .set("to", mail.to.email)
                       .set("mail_id", id)
                       .set("mail_message_id", call.ctx.exec("select message_id from core.mail_v1 where id = $1", id).text(0, 0)));
    return id;
}

bool wants(const Call& call, std::string_view setting) { return call.ctx.settings()[setting].boolean().value_or(true); }

// Whom a machine may write to about the ticket: not another machine, and nobody who did not write himself.
std::optional<Requester> told_by_machine(const Ticket& ticket) {
    const auto& channel = ticket.values[Field::channel];
    if (channel != "web" && channel != "email") return std::nullopt;
    return ticket.row["automatic"].boolean().value_or(false) ? std::nullopt : requester_of(ticket);
}

void tell(const Call& call, guichet::Event event, std::string_view kind) {
    guichet::Tx tx{call.ctx};
    try {
        const auto ticket = load(call, event.data()["id"].integer().value_or(0));
        const auto to = told_by_machine(ticket);
        if (to && ticket.row["merged_into"].is_null()) queue_mail(call, ticket, {kind, *to, call.ctx.object()});
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_NOT_FOUND && !is_address_problem(error)) throw;
    }
    tx.commit();
}

}  // namespace

bool is_address_problem(const guichet::Error& error) { return error.code() == GUICHET_E_INVALID && error.field().starts_with("to"); }

int64_t queue_mail(const Call& call, const Ticket& ticket, const CustomerMail& mail) {
    try {
        return send(call, ticket, mail, mailing(call, ticket, mail));
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_VETO || !mail.automatic()) throw;
        note_history(call, ticket.id, "mail_withheld", "", error.what());
        return 0;
    }
}

void confirm_ticket(const Call& call, guichet::Event event) {
    if (wants(call, "confirm_new_tickets")) tell(call, event, "confirmation");
}

void tell_closing(const Call& call, guichet::Event event) {
    const auto data = event.data();
    const auto by_customer =
        call.ctx.exec("select from change where ticket_id = $1 and version = $2::int and field = 'status' and by_email is not null",
                      data["id"].integer().value_or(0), data["version"].integer().value_or(0));
    if (by_customer.empty() && wants(call, "tell_closing")) tell(call, event, "closed");
}

}  // namespace tickets
