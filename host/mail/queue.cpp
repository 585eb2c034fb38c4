#include "mail/queue.hpp"

#include "base/json.hpp"
#include "base/random.hpp"
#include "base/strings.hpp"
#include "mail/address.hpp"

namespace host::mail {
namespace {

constexpr std::size_t kLongestSubject = 500;
constexpr std::size_t kLongestHeader = 900;  // with its name, below the 998 bytes of a line
constexpr std::size_t kMostReferences = 100;

void check_headers(const NewMail& mail, base::Problems& problems) {
    for (const auto& [name, value] : mail.headers)
        if (!may_add_header(name) || !is_header_text(value) || value.size() > kLongestHeader)
            problems.push_back({"mail.header", "this header cannot be sent: " + name.substr(0, 60), "headers"});
}

std::string to_json(const std::vector<std::pair<std::string, std::string>>& headers) {
    base::Arena arena;
    auto* object = base::Value::object(arena);
    for (const auto& [name, value] : headers) object->set(name, std::string_view{value});
    return base::to_json(*object);
}

std::string joined(const std::vector<std::string>& ids) {
    std::string out;
    for (const auto& id : ids) out += (out.empty() ? "" : " ") + id;
    return out;
}

}  // namespace

base::Problems check(const NewMail& mail) {
    base::Problems problems;
    const auto require = [&](bool holds, const char* member, const char* message) {
        if (!holds) problems.push_back({"mail.envelope", message, member});
    };
    require(is_address(mail.to_address), "to", "this address cannot be sent to");
    require(is_header_text(mail.to_name) && mail.to_name.size() <= 200, "to_name", "a name has one line and at most 200 bytes");
    require(mail.reply_to.empty() || is_address(mail.reply_to), "reply_to", "this address cannot be replied to");
    require(mail.return_path.empty() || mail.return_path == "<>" || is_address(mail.return_path), "return_path",
            "nothing can come back to this address");
    require(mail.message_id.empty() || is_message_id(mail.message_id), "message_id", "this is no message id");
    require(mail.in_reply_to.empty() || is_message_id(mail.in_reply_to), "in_reply_to", "this is no message id");
    require(mail.references.size() <= kMostReferences, "references", "there are too many");
    for (const auto& id : mail.references) require(is_message_id(id), "references", "one of them is no message id");
    require(!mail.subject.empty() && is_header_text(mail.subject) && mail.subject.size() <= kLongestSubject, "subject",
            "a subject has one line and at most 500 bytes");
    check_headers(mail, problems);
    return problems;
}

std::int64_t enqueue(db::Connection& transaction, const NewMail& mail) {
    const auto message_id = mail.message_id.empty() ? base::random_token(18) + "@" + std::string{domain_of(mail.to_address)} : mail.message_id;
    const auto row = transaction.exec(
        "insert into core.mail (sender, plugin_id, template_id, language, message_id, to_address, to_name, reply_to, in_reply_to, refs, "
        "headers,"
        " subject, text_body, html_body, request_id, created_by, return_path)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12, $13, $14, $15, $16::bigint, $17) returning id",
        {mail.sender, mail.plugin_id, mail.template_id, mail.language, message_id, mail.to_address, mail.to_name, mail.reply_to,
         mail.in_reply_to, joined(mail.references), to_json(mail.headers), mail.subject, mail.text, mail.html, mail.request_id,
         mail.created_by > 0 ? std::optional{mail.created_by} : std::nullopt, mail.return_path});
    const auto id = row.i64(0, 0);
    for (std::size_t i = 0; i < mail.files.size(); ++i)
        transaction.exec("insert into core.mail_attachment (mail_id, position, file_id) values ($1, $2::int, $3)", {id, i, mail.files[i]});
    return id;
}

bool note_bounce(db::Connection& transaction, std::int64_t mail_id, std::string_view message_id, std::string_view diagnostic) {
    return transaction
               .exec(
                   "update core.mail set state = 'bounced', error = $3 where (id = $1 or ($1 = 0 and message_id = $2)) and state in "
                   "('done', 'bounced')",
                   {mail_id, message_id, diagnostic})
               .affected() == 1;
}

const queue::Layout kMailQueue{"core.mail", "sender", "false", "", "", "", ""};

std::optional<Claimed> read_claimed(db::Pool& pool, const queue::Lease& lease) {
    const auto row = pool.exec(
        "select sender, to_address, to_name, reply_to, message_id, in_reply_to, refs, headers, subject, text_body, html_body, created_at, "
        "return_path"
        " from core.mail where id = $1 and fence = $2 and state = 'leased'",
        {lease.id, lease.fence});
    if (row.empty()) return std::nullopt;
    const auto text = [&](std::size_t column) { return std::string{row.text(0, column)}; };
    Claimed out{lease, text(0), text(12), {}, {}};
    auto& m = out.message;
    m.to_address = text(1);
    m.to_name = text(2);
    m.reply_to = text(3);
    m.message_id = text(4);
    m.in_reply_to = text(5);
    for (const auto id : base::split(row.text(0, 6), ' '))
        if (!id.empty()) m.references.emplace_back(id);
    base::Arena arena;
    const auto* headers = row.row_value(arena, 0)->get("headers");
    for (std::size_t i = 0; i < headers->size(); ++i) m.headers.emplace_back(headers->key(i), headers->at(i)->as_string());
    m.subject = text(8);
    m.text = text(9);
    m.html = text(10);
    m.date_us = row.time_us(0, 11);
    const auto files = pool.exec("select file_id from core.mail_attachment where mail_id = $1 order by position", {lease.id});
    for (std::size_t i = 0; i < files.size(); ++i) out.files.push_back(files.i64(i, 0));
    return out;
}

}  // namespace host::mail
