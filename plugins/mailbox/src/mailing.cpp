#include "mailing.hpp"

#include "brakes.hpp"
#include "keys.hpp"

namespace mailbox {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::size_t kMostReferences = 11;  // the first, and the last ten

std::string_view text(Value data, std::string_view member) { return data[member].text().value_or(""); }

// The one that the conversation runs through; for a ticket that did not come by mail, the oldest one in use.
std::optional<Mailbox> answering_mailbox(Ctx ctx, int64_t ticket) {
    const auto rows = ctx.exec(
        "select b.id from mailbox b where b.active and b.validated_at is not null"
        " order by (select max(m.id) from inbound_mail m where m.mailbox_id = b.id and m.ticket_id = $1 and m.state = 'done') desc nulls "
        "last, b.id limit 1",
        ticket);
    return rows.empty() ? std::nullopt : find_mailbox(ctx, rows.i64(0, 0));
}

// Mails of the ticket that its recipient has seen or written, oldest first.
void add_thread(Ctx ctx, Value& data, int64_t ticket, const std::string& recipient) {
    const auto rows = ctx.exec(
        "select message_id, at, mine from (select message_id, received_at as at, true as mine from inbound_mail"
        " where ticket_id = $1 and from_address = $2 and message_id <> '' and state = 'done'"
        " union all select mail_message_id, created_at, false from mailing where ticket_id = $1 and recipient = $2"
        "  and mail_id is not null) m order by at",
        ticket, recipient);
    std::string last;
    auto references = ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows.boolean(i, 2)) last = rows.text(i, 0);
        if (i == 0 || i + kMostReferences - 1 >= rows.size()) references.push(rows.text(i, 0));
    }
    if (!last.empty()) data.set("in_reply_to", last);
    if (references.size() > 0) data.set("references", references);
}

void add_headers(Ctx ctx, Value& data, std::string_view kind, bool automatic) {
    auto headers = data["headers"].is_object() ? data["headers"] : ctx.object();
    headers.set("X-Loop", instance_id(ctx));
    if (!automatic) headers.set("Auto-Submitted", "no");
    else headers.set("Auto-Submitted", kind == "confirmation" ? "auto-replied" : "auto-generated").set("X-Auto-Response-Suppress", "All");
    data.set("headers", headers);
}

// It may have been deleted since: then the default one answers.
bool is_sender(Ctx ctx, const std::string& code) { return !ctx.exec("select 1 from core.mail_sender_v1 where code = $1", code).empty(); }

int64_t next_mailing(Ctx ctx) { return ctx.exec("select nextval(pg_get_serial_sequence('mailing', 'id'))").i64(0, 0); }

// An acknowledgement that comes back has nobody to come back to (RFC 3834, 3.3).
std::string return_path(const Mailbox& mailbox, const Keys& keys, std::string_view kind, int64_t mailing) {
    if (kind == "confirmation") return "<>";
    return mailbox.subaddress ? make_return_path(keys, mailbox.address, mailing) : std::string{};
}

}  // namespace

void dress(Ctx ctx, guichet::Event event) {
    auto data = event.data();
    const auto ticket = data["ticket_id"].integer().value_or(0);
    const auto message = data["message_id"].integer();
    const auto recipient = lower_case(text(data, "to"));
    const auto kind = std::string{text(data, "kind")};
    const bool automatic = data["automatic"].boolean().value_or(true);
    if (automatic)
        if (const auto why = stop_automatic(ctx, {kind, recipient, ticket})) event.veto(std::string{ctx.tr(*why)});
    const auto mailbox = answering_mailbox(ctx, ticket);
    const auto keys = token_keys(ctx);
    const auto id = next_mailing(ctx);
    const auto domain = mailbox ? mailbox->address.substr(mailbox->address.rfind('@') + 1) : std::string{};
    if (mailbox) {
        if (is_sender(ctx, mailbox->sender)) data.set("sender", mailbox->sender);
        data.set("reply_to", mailbox->subaddress ? make_reply_address(keys, mailbox->address, ticket) : mailbox->address);
        data.set("return_path", return_path(*mailbox, keys, kind, id));
        data.set("mail_message_id", [&] {
            const auto own = make_message_id(keys, ticket, message.value_or(id), id, domain);
            return own.substr(1, own.size() - 2);  // the event has it without <>
        }());
    }
    add_thread(ctx, data, ticket, recipient);
    add_headers(ctx, data, kind, automatic);
    auto own_id = std::string{text(data, "mail_message_id")};
    if (own_id.empty()) own_id = "mailing." + std::to_string(id);  // not ours: the queue chooses one
    ctx.exec(
        "insert into mailing (id, mailbox_id, ticket_id, ticket_message_id, kind, automatic, recipient, mail_message_id)"
        " overriding system value values ($1, $2::bigint, $3, $4::bigint, $5, $6, $7, $8)",
        id, mailbox ? std::optional{mailbox->id} : std::nullopt, ticket, message, kind, automatic, recipient, own_id);
}

void note_mail(Ctx ctx, guichet::Event event) {
    const auto data = event.data();
    ctx.exec(
        "update mailing set mail_id = $1::bigint, mail_message_id = $5 where id = (select max(id) from mailing where ticket_id = $2 and "
        "kind = $3 and recipient "
        "= $4 and mail_id is null)",
        data["mail_id"].integer(), data["ticket_id"].integer(), text(data, "kind"), lower_case(text(data, "to")),
        text(data, "mail_message_id"));
}

}  // namespace mailbox
