#include "inbox.hpp"

#include "conversation.hpp"
#include "message_store.hpp"
#include "ticket_access.hpp"

namespace tickets {

using guichet::Value;

namespace {

constexpr int kShown = 6;
constexpr std::size_t kExcerpt = 160;  // characters

std::string excerpt(std::string_view body) {
    const auto text = guichet::one_line(body);
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80 && ++characters > kExcerpt) return text.substr(0, i) + "…";
    return text;
}

bool may_see(const Call& call, int64_t ticket) {
    guichet::Query query{call.ctx};
    query.sql("select from ticket t where t.id = ").arg(ticket).sql(" and ");
    Access{query.ctx(), kRead}.add_any(query);
    return !query.run().empty();
}

// On the first page, or at the top of the one that begins with it.
std::string place_of(const Call& call, Value message) {
    const auto id = message["id"].integer().value_or(0), ticket = message["ticket_id"].integer().value_or(0);
    std::string out = path_of(ticket);
    if (messages_after(call, ticket, id) >= kShownMessages)
        out += "?messages=" + encode({"messages", message["created_at"].time().value_or(guichet::Time{0}).us, id + 1, ""});
    return out + "#m-" + std::to_string(id);
}

}  // namespace

void show_inbox(const Call& call, Value, guichet::Html out) {
    guichet::Query query{call.ctx};
    query.sql("select m.id, m.body, m.created_at, m.read_at is null as unread, author.name as author_name, case when coalesce(");
    Access{query.ctx(), kRead}.add_any(query);
    query
        .sql(
            ", false) then t.ref end as ref from message m join ticket t on t.id = m.ticket_id left join core.user_v1 author on author.id "
            "= m.author_id"
            " where m.to_user_id = ")
        .arg(call.ctx.user_id())
        .sql(" order by m.created_at desc, m.id desc limit ")
        .arg(kShown);
    const auto rows = query.run().value();
    auto messages = call.ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto row = rows[i];
        messages.push(row.set("excerpt", excerpt(row["body"].text().value_or(""))));
    }
    out.render("widgets/inbox.html", call.ctx.object().set("messages", messages));
}

void open_message(const Call& call, guichet::Request request) {
    auto message = read_message(call, request.id());
    if (!message) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such message"};
    const auto ticket = message["ticket_id"].integer().value_or(0);
    if (may_see(call, ticket)) return request.redirect(place_of(call, message));
    if (message["to_user_id"].integer() != call.ctx.user_id()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such message"};
    mark_messages_read(call, ticket);
    request.page("message.html", call.ctx.object().set("title", call.tr("Private message")).set("m", message));
}

void mark_messages_read(const Call& call, int64_t ticket) {
    call.ctx.exec("update message set read_at = now() where ticket_id = $1 and to_user_id = $2 and read_at is null", ticket,
                  call.ctx.user_id());
}

}  // namespace tickets
