#include "mailbox_store.hpp"

namespace mailbox {

using guichet::Ctx;

namespace {

std::string place(int64_t mailbox) { return "mailbox/" + std::to_string(mailbox); }

std::string text(guichet::Value row, std::string_view column) { return std::string{row[column].text().value_or("")}; }

Server::Security to_security(std::string_view text) {
    return text == "none" ? Server::Security::none : text == "starttls" ? Server::Security::starttls : Server::Security::tls;
}

Inbox::Afterwards to_afterwards(std::string_view text) {
    return text == "move" ? Inbox::Afterwards::move : text == "delete" ? Inbox::Afterwards::remove : Inbox::Afterwards::seen;
}

Server server_of(Ctx ctx, guichet::Value row) {
    Server out;
    out.protocol = text(row, "protocol") == "pop3" ? Server::Protocol::pop3 : Server::Protocol::imap;
    out.host = text(row, "host");
    out.port = static_cast<std::uint16_t>(row["port"].integer().value_or(0));
    out.security = to_security(text(row, "security"));
    out.username = text(row, "username");
    if (const auto sealed = text(row, "password"); !sealed.empty()) {
        const auto password = ctx.unseal(sealed, place(row["id"].integer().value_or(0)));
        out.password = password.value_or("");
        out.password_lost = !password;
    }
    out.ca_file = text(row, "ca_file");
    out.folder = text(row, "folder");
    return out;
}

}  // namespace

std::optional<Mailbox> find_mailbox(Ctx ctx, int64_t id) {
    const auto rows =
        ctx.exec("select *, to_char(fetched_at at time zone 'UTC', 'YYYY-MM-DD') as fetched_day from mailbox where id = $1", id);
    if (rows.empty()) return std::nullopt;
    const auto row = rows.row(0);
    Mailbox out;
    out.id = id;
    for (const auto& [column, member] : {std::pair{"name", &out.name},
                                         {"address", &out.address},
                                         {"protocol", &out.protocol},
                                         {"sender", &out.sender},
                                         {"language", &out.language},
                                         {"ticket_type", &out.ticket_type},
                                         {"authserv_id", &out.authserv_id},
                                         {"code", &out.code},
                                         {"moved_to", &out.moved_to},
                                         {"fetched_day", &out.fetched_day}})
        *member = text(row, column);
    out.team = row["team_id"].integer();
    out.server = server_of(ctx, row);
    out.afterwards = to_afterwards(text(row, "afterwards"));
    out.from_start = row["from_start"].boolean().value_or(false);
    out.active = row["active"].boolean().value_or(false);
    out.subaddress = row["subaddress"].boolean().value_or(false);
    out.validated = !row["validated_at"].is_null();
    out.ever_fetched = !row["fetched_at"].is_null();
    out.validity = static_cast<uint32_t>(row["uidvalidity"].integer().value_or(0));
    out.last_uid = static_cast<uint32_t>(row["last_uid"].integer().value_or(0));
    return out;
}

Mailbox load_mailbox(Ctx ctx, int64_t id) {
    auto out = find_mailbox(ctx, id);
    if (!out) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such mailbox"};
    return *std::move(out);
}

std::optional<int64_t> mailbox_named(Ctx ctx, std::string_view name_or_address) {
    const auto rows = ctx.exec(
        "select id from mailbox where lower(address) = lower($1) or name = $1 order by lower(address) = lower($1) desc, id limit 1",
        name_or_address);
    return rows.empty() ? std::nullopt : std::optional{rows.i64(0, 0)};
}

std::vector<int64_t> due_mailboxes(Ctx ctx) {
    const auto rows = ctx.exec(
        "select id from mailbox where active and protocol <> 'none' and coalesce(paused_until, '-infinity') <= clock_timestamp() order by "
        "fetched_at nulls first, id");
    std::vector<int64_t> out;
    for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(rows.i64(i, 0));
    return out;
}

bool is_own_address(Ctx ctx, std::string_view address) {
    return ctx
        .exec(
            "select exists (select from mailbox where lower(address) = lower($1)) or exists (select from core.mail_sender_v1 where "
            "lower(address) = lower($1))",
            address)
        .boolean(0, 0);
}

std::string seal_password(Ctx ctx, int64_t mailbox, std::string_view password) {
    return password.empty() ? std::string{} : std::string{ctx.seal(password, place(mailbox))};
}

void note_fetched(Ctx ctx, int64_t mailbox) {
    ctx.exec("update mailbox set fetched_at = clock_timestamp(), failures = 0, paused_until = null, last_error = '' where id = $1",
             mailbox);
}

void note_failed(Ctx ctx, int64_t mailbox, std::string_view why) {
    ctx.exec(
        "update mailbox set failures = failures + 1, last_error = $2,"
        " paused_until = clock_timestamp() + least(interval '15 minutes', interval '30 seconds' * power(2, least(failures, 10))) where id "
        "= $1",
        mailbox, why);
}

void note_position(Ctx ctx, int64_t mailbox, uint32_t validity, uint32_t last_uid) {
    ctx.exec("update mailbox set uidvalidity = $2, last_uid = $3 where id = $1", mailbox, validity, last_uid);
}

}  // namespace mailbox
