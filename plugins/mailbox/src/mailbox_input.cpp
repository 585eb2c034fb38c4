#include "mailbox_input.hpp"

#include "warnings.hpp"

#include "incoming.hpp"

#include <guichet/sdk/query.hpp>

#include <algorithm>

namespace mailbox {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::string_view kTexts[] = {"name",   "address",    "protocol", "host",   "port",     "security",    "username", "ca_file",
                                       "folder", "afterwards", "moved_to", "sender", "language", "ticket_type", "team_id",  "authserv_id"};

constexpr std::string_view kSelect =
    "select b.id, b.name, b.address, b.protocol, b.host, b.port, b.security, b.username, b.password <> '' as has_password, b.ca_file, "
    "b.folder,"
    " b.afterwards, b.moved_to, b.sender, b.language, b.ticket_type, b.team_id, b.authserv_id, b.active, b.from_start, b.subaddress,"
    " b.code_sent_at, b.validated_at, b.fetched_at, b.failures, b.last_error, b.version,"
    " case when b.paused_until > clock_timestamp() then b.paused_until end as paused_until,"
    " (select count(*) from inbound_mail m where m.mailbox_id = b.id and m.state in ('received', 'deferred')) as waiting,"
    " (select count(*) from inbound_mail m where m.mailbox_id = b.id and m.state = 'quarantine') as in_quarantine,"
    " case when b.validated_at is null then 'unvalidated' when not b.active then 'off' when b.last_error <> '' then 'failing' else 'ready' "
    "end as state"
    " from mailbox b ";

Value readable(Ctx ctx, Value row) { return row.set("last_error", described_reason(ctx, row["last_error"].text().value_or(""))); }

bool one_of(std::string_view text, std::initializer_list<std::string_view> choices) {
    return std::ranges::find(choices, text) != choices.end();
}

bool is_host(std::string_view text) {
    return !text.empty() && text.size() <= 253 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
    });
}

bool is_folder(std::string_view text) {
    return !text.empty() && text.size() <= 200 &&
           std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; });
}

// Answers go to it, so that it must be one that every server takes; what follows "+" is ours.
bool is_usable_address(std::string_view text) {
    return guichet::is_email(text) && text.find('+') == text.npos && std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
}

int64_t to_port(std::string_view text) {
    const auto n = guichet::to_integer(text);
    return n && *n > 0 && *n <= 65535 ? *n : 0;
}

std::optional<int64_t> team_of(const MailboxInput& input) { return guichet::to_integer(input.text("team_id")); }

void check_server(Ctx ctx, const MailboxInput& input, guichet::Problems& problems) {
    if (!is_host(input.text("host"))) problems.add("host", ctx.tr("Enter the name of a server."));
    if (to_port(input.text("port")) == 0) problems.add("port", ctx.tr("A port is a number from 1 to 65535."));
    if (!one_of(input.text("security"), {"tls", "starttls", "none"})) problems.add("security", ctx.tr("Choose one of these."));
    if (input.text("security") == "none" && !is_loopback(input.text("host")))
        problems.add("security", ctx.tr("Only a server on this machine may be spoken to without encryption."));
    if (input.text("username").empty()) problems.add("username", ctx.tr("A login is needed."));
    if (input.text("ca_file").size() > 500) problems.add("ca_file", ctx.tr("Use at most 500 characters on one line."));
    if (!is_folder(input.text("folder")))
        problems.add("folder", ctx.tr("Use letters without accents, digits, blanks, points and slashes."));
    if (!one_of(input.text("afterwards"), {"seen", "move", "delete"})) problems.add("afterwards", ctx.tr("Choose one of these."));
    if (input.text("afterwards") != "move") return;
    if (input.text("protocol") == "pop3") problems.add("afterwards", ctx.tr("POP3 knows no folders: mails can stay or be deleted."));
    else if (!is_folder(input.text("moved_to")) || input.text("moved_to") == input.text("folder"))
        problems.add("moved_to", ctx.tr("Name another folder of the mailbox."));
}

bool exists(Ctx ctx, std::string_view sql, const auto& value) { return ctx.exec(sql, value).boolean(0, 0); }

void check_tickets(Ctx ctx, const MailboxInput& input, guichet::Problems& problems) {
    if (!one_of(input.text("language"), {"fr", "en"})) problems.add("language", ctx.tr("Choose one of these."));
    if (const auto& sender = input.text("sender");
        !sender.empty() && !exists(ctx, "select exists (select from core.mail_sender_v1 where code = $1)", sender))
        problems.add("sender", ctx.tr("Choose one of these."));
    if (const auto& type = input.text("ticket_type"); !type.empty()) {
        const auto types = ctx.list("tickets.type");
        bool found = false;
        for (std::size_t i = 0; i < types.size(); ++i) found |= types[i]["code"].text() == type;
        if (!found) problems.add("ticket_type", ctx.tr("Choose one of these."));
    }
    if (input.text("team_id").empty()) return;
    const auto team = team_of(input);
    if (!team || !exists(ctx, "select exists (select from core.team_v1 where id = $1)", *team))
        problems.add("team_id", ctx.tr("Choose one of these."));
}

// Of columns that are texts, in the order of kTexts without port and team_id.
void require_unique(Ctx ctx, std::optional<int64_t> id, const MailboxInput& input) {
    if (!ctx.exec("select 1 from mailbox where lower(address) = lower($1) and id is distinct from $2::bigint", input.text("address"), id)
             .empty())
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Another mailbox has this address.")}, "address"};
}

void store_password(Ctx ctx, int64_t id, const MailboxInput& input) {
    if (input.password) ctx.exec("update mailbox set password = $2 where id = $1", id, seal_password(ctx, id, *input.password));
}

}  // namespace

MailboxInput new_mailbox(Ctx ctx) {
    MailboxInput out;
    for (const auto name : kTexts) out.texts.emplace(name, "");
    out.texts["protocol"] = "imap";
    out.texts["port"] = "993";
    out.texts["security"] = "tls";
    out.texts["folder"] = "INBOX";
    out.texts["afterwards"] = "seen";
    out.texts["language"] = ctx.language();
    return out;
}

MailboxInput stored_mailbox(Value row) {
    MailboxInput out;
    for (const auto name : kTexts) {
        const auto number = row[name].integer();
        out.texts.emplace(name, number ? std::to_string(*number) : std::string{row[name].text().value_or("")});
    }
    out.active = row["active"].boolean().value_or(true);
    out.from_start = row["from_start"].boolean().value_or(false);
    return out;
}

MailboxInput read_form(guichet::Request request) {
    MailboxInput out;
    for (const auto name : kTexts) out.texts.emplace(name, request.form(name).value_or(""));
    out.active = request.form("active").has_value();
    out.from_start = request.form("from_start").has_value();
    const auto password = std::string{request.form("password").value_or("")};
    if (!password.empty()) out.password = password;
    if (request.form("forget_password")) out.password = std::string{};
    return out;
}

void apply_json(Ctx ctx, Value json, MailboxInput& input, guichet::Problems& problems) {
    const auto wrong = ctx.tr("This has the wrong type.");
    for (std::size_t i = 0; i < json.size(); ++i) {
        const auto key = json.key(i);
        const auto value = json[key];
        if (key == "active" || key == "from_start") {
            if (!value.boolean()) problems.add(key, wrong);
            else (key == "active" ? input.active : input.from_start) = *value.boolean();
        } else if (key == "password") {
            if (!value.is_null() && !value.text()) problems.add(key, wrong);
            else input.password = std::string{value.text().value_or("")};
        } else if (const auto it = input.texts.find(key); it == input.texts.end()) {
            problems.add(key, ctx.tr("There is no such member."));
        } else if (value.is_null()) {
            it->second.clear();
        } else if ((key == "port" || key == "team_id") && value.integer()) {
            it->second = std::to_string(*value.integer());
        } else if (value.text() && key != "port" && key != "team_id") {
            it->second = *value.text();
        } else {
            problems.add(key, wrong);
        }
    }
}

void check(Ctx ctx, MailboxInput& input, guichet::Problems& problems) {
    for (auto& [name, text] : input.texts) text = guichet::one_line(text);
    input.texts["address"] = lower_case(input.text("address"));
    if (input.text("name").empty()) problems.add("name", ctx.tr("A name is needed."));
    if (guichet::count_characters(input.text("name")) > 120) problems.add("name", ctx.tr("Use at most 120 characters on one line."));
    if (!is_usable_address(input.text("address"))) problems.add("address", ctx.tr("This is no e-mail address."));
    if (!one_of(input.text("protocol"), {"imap", "pop3", "none"})) problems.add("protocol", ctx.tr("Choose one of these."));
    if (input.text("authserv_id").size() > 253 || input.text("authserv_id").find_first_of(" ;") != std::string::npos)
        problems.add("authserv_id", ctx.tr("Enter the name of a server."));
    if (input.text("protocol") == "none") {
        if (input.text("port").empty()) input.texts["port"] = "993";
        if (!one_of(input.text("security"), {"tls", "starttls", "none"})) input.texts["security"] = "tls";
        if (!one_of(input.text("afterwards"), {"seen", "move", "delete"})) input.texts["afterwards"] = "seen";
    } else {
        check_server(ctx, input, problems);
    }
    check_tickets(ctx, input, problems);
}

int64_t add_mailbox(Ctx ctx, const MailboxInput& input) {
    guichet::Tx tx{ctx};
    require_unique(ctx, std::nullopt, input);
    const auto id =
        ctx.exec(
               "insert into mailbox (name, address, protocol, host, port, security, username, ca_file, folder, afterwards, moved_to, "
               "sender, language, ticket_type,"
               " authserv_id, team_id, active, from_start, created_by, updated_by) values ($1, $2, $3, $4, $5::int, $6, $7, $8, $9, $10, "
               "$11, $12, $13, $14, $15,"
               " $16::bigint, $17, $18, $19, $19) returning id",
               input.text("name"), input.text("address"), input.text("protocol"), input.text("host"), to_port(input.text("port")),
               input.text("security"), input.text("username"), input.text("ca_file"), input.text("folder"), input.text("afterwards"),
               input.text("moved_to"), input.text("sender"), input.text("language"), input.text("ticket_type"), input.text("authserv_id"),
               team_of(input), input.active, input.from_start, ctx.user_id())
            .i64(0, 0);
    store_password(ctx, id, input);
    ctx.audit("mailbox.mailbox_added", "mailbox/" + std::to_string(id), ctx.object().set("address", input.text("address")));
    tx.commit();
    return id;
}

void change_mailbox(Ctx ctx, int64_t id, std::optional<int64_t> version, const MailboxInput& input) {
    guichet::Tx tx{ctx};
    require_unique(ctx, id, input);
    const auto changed = ctx.exec(
        "with before as (select * from mailbox where id = $1 for update) update mailbox b set name = $2, address = $3, protocol = $4, host "
        "= $5, port = $6::int,"
        " security = $7, username = $8, ca_file = $9, folder = $10, afterwards = $11, moved_to = $12, sender = $13, language = $14, "
        "ticket_type = $15,"
        " authserv_id = $16, team_id = $17::bigint, active = $18, from_start = $19, updated_by = $20, updated_at = now(), version = "
        "b.version + 1,"
        " validated_at = case when before.address = $3 then b.validated_at end, code = case when before.address = $3 then b.code else '' "
        "end,"
        " subaddress = before.address = $3 and b.subaddress, failures = 0, paused_until = null, last_error = '',"
        " uidvalidity = case when (before.host, before.username, before.folder) = ($5, $8, $10) then b.uidvalidity else 0 end,"
        " last_uid = case when (before.host, before.username, before.folder) = ($5, $8, $10) then b.last_uid else 0 end,"
        " fetched_at = case when (before.host, before.username, before.folder) = ($5, $8, $10) then b.fetched_at end"
        " from before where b.id = before.id and ($21::bigint is null or b.version = $21)",
        id, input.text("name"), input.text("address"), input.text("protocol"), input.text("host"), to_port(input.text("port")),
        input.text("security"), input.text("username"), input.text("ca_file"), input.text("folder"), input.text("afterwards"),
        input.text("moved_to"), input.text("sender"), input.text("language"), input.text("ticket_type"), input.text("authserv_id"),
        team_of(input), input.active, input.from_start, ctx.user_id(), version);
    if (changed.affected() == 0)
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Somebody else changed this meanwhile. Load the page again.")},
                             "version"};
    store_password(ctx, id, input);
    ctx.audit("mailbox.mailbox_changed", "mailbox/" + std::to_string(id), ctx.object().set("address", input.text("address")));
    tx.commit();
}

void remove_mailbox(Ctx ctx, int64_t id) {
    guichet::Tx tx{ctx};
    if (exists(ctx, "select exists (select from inbound_mail where mailbox_id = $1)", id))
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Mails came in through this mailbox: switch it off instead.")}};
    const auto rows = ctx.exec("delete from mailbox where id = $1 returning address", id);
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such mailbox"};
    ctx.audit("mailbox.mailbox_deleted", "mailbox/" + std::to_string(id), ctx.object().set("address", rows.text(0, 0)));
    tx.commit();
}

Value mailbox_row(Ctx ctx, int64_t id) {
    const auto rows = ctx.exec(std::string{kSelect} + "where b.id = $1", id);
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such mailbox"};
    return readable(ctx, rows.row(0));
}

Value mailbox_rows(Ctx ctx) {
    const auto rows = ctx.exec(std::string{kSelect} + "order by lower(b.name), b.id limit 200");
    auto out = ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i) out.push(readable(ctx, rows.row(i)));
    return out;
}

}  // namespace mailbox
