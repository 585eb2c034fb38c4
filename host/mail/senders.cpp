#include "mail/senders.hpp"

namespace host::mail {
namespace {

#define GUICHET_SENDER_COLUMNS "code, name, address, reply_to, host, port, security, username, ca_file, password"

Sender to_sender(const db::Rows& rows, std::size_t row) {
    Sender s;
    s.code = rows.text(row, 0);
    s.name = rows.text(row, 1);
    s.address = rows.text(row, 2);
    s.reply_to = rows.text(row, 3);
    s.server.host = rows.text(row, 4);
    s.server.port = static_cast<std::uint16_t>(rows.i64(row, 5));
    s.server.security = to_security(rows.text(row, 6)).value_or(Server::Security::starttls);
    s.server.username = rows.text(row, 7);
    s.server.ca_file = rows.text(row, 8);
    s.has_password = !rows.text(row, 9).empty();
    return s;
}

std::string place_of(std::string_view code) { return "mail_sender/" + std::string{code} + "/password"; }

}  // namespace

std::string_view to_text(Server::Security security) {
    switch (security) {
        case Server::Security::tls: return "tls";
        case Server::Security::none: return "none";
        default: return "starttls";
    }
}

std::optional<Server::Security> to_security(std::string_view text) {
    using Security = Server::Security;
    for (const auto security : {Security::starttls, Security::tls, Security::none})
        if (to_text(security) == text) return security;
    return std::nullopt;
}

std::vector<Sender> Senders::all() const {
    const auto rows = pool_.exec("select " GUICHET_SENDER_COLUMNS " from core.mail_sender order by position, code");
    std::vector<Sender> out;
    for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(to_sender(rows, i));
    return out;
}

std::optional<Sender> Senders::find(std::string_view code) const {
    const auto rows = pool_.exec("select " GUICHET_SENDER_COLUMNS " from core.mail_sender where $1 in (code, '') order by position, code limit 1", {code});
    if (rows.empty()) return std::nullopt;
    auto sender = to_sender(rows, 0);
    if (sender.has_password) sender.server.password = secrets_.open(rows.text(0, 9), place_of(sender.code)).value_or("");
    return sender;
}
#undef GUICHET_SENDER_COLUMNS

void Senders::save(db::Connection& transaction, const Sender& s, const std::optional<std::string>& password) const {
    transaction.exec(
        "insert into core.mail_sender (code, name, address, reply_to, host, port, security, username, ca_file, position)"
        " values ($1, $2, $3, $4, $5, $6::int, $7, $8, $9, (select coalesce(max(position), 0) + 1 from core.mail_sender))"
        " on conflict (code) do update set name = excluded.name, address = excluded.address, reply_to = excluded.reply_to, host = excluded.host,"
        " port = excluded.port, security = excluded.security, username = excluded.username, ca_file = excluded.ca_file, updated_at = now(),"
        " failures = 0, paused_until = null, last_error = ''",
        {s.code, s.name, s.address, s.reply_to, s.server.host, std::int64_t{s.server.port}, to_text(s.server.security), s.server.username, s.server.ca_file});
    if (!password) return;
    const auto sealed = password->empty() ? std::string{} : secrets_.seal(*password, place_of(s.code));
    transaction.exec("update core.mail_sender set password = $2 where code = $1", {s.code, sealed});
}

void Senders::remove(db::Connection& transaction, std::string_view code) const {
    transaction.exec("update core.mail set sender = '' where sender = $1 and state in ('ready', 'held', 'leased')", {code});
    transaction.exec("delete from core.mail_sender where code = $1", {code});
}

void Senders::make_default(db::Connection& transaction, std::string_view code) const {
    transaction.exec("update core.mail_sender set position = (select min(position) - 1 from core.mail_sender) where code = $1", {code});
}

std::vector<std::string> Senders::ready() const {
    const auto rows = pool_.exec("select code, paused_until is null or paused_until <= clock_timestamp() from core.mail_sender order by position, code");
    std::vector<std::string> out;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!rows.boolean(i, 1)) continue;
        if (i == 0) out.emplace_back();
        out.emplace_back(rows.text(i, 0));
    }
    return out;
}

void Senders::answered(std::string_view code) const {
    pool_.exec("update core.mail_sender set failures = 0, paused_until = null, last_error = '' where code = $1 and failures > 0", {code});
}

void Senders::failed(std::string_view code, std::string_view why) const {
    pool_.exec("update core.mail_sender set failures = failures + 1, last_error = $2, paused_until = case when failures >= 2 then"
               " clock_timestamp() + least(interval '10 min', interval '30 s' * power(2, least(failures - 2, 10))) end where code = $1",
               {code, why});
}

}  // namespace host::mail
