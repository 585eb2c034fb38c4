#include "message_store.hpp"

#include "ticket_events.hpp"

namespace tickets {
namespace {

constexpr std::string_view kSelect =
    "select m.id, m.ticket_id, m.author_id, m.author_email, coalesce(author.name, (select c.name from directory.contact_v1 c where "
    "c.email_key = lower(m.author_email) "
    "and c.account_id = t.account_id order by c.id limit 1), nullif(m.author_name, ''), m.author_email) as author_name, m.automatic, "
    "m.body, m.visibility, "
    "m.to_user_id, recipient.name as to_name, m.by_mail, m.mailed_to, mail.state as mail_state, m.read_at, m.created_at from message m "
    "join ticket t on t.id = m.ticket_id "
    "left join core.user_v1 author on author.id = m.author_id left join core.user_v1 recipient on recipient.id = m.to_user_id "
    "left join core.mail_v1 mail on mail.id = m.mail_id where ";

guichet::Query count_after(const Call& call, int64_t ticket, int64_t message) {
    guichet::Query query{call.ctx};
    query.sql("select count(*) from message m where m.ticket_id = ").arg(ticket).sql(" and m.id > ").arg(message).sql(" and ");
    add_visible(query);
    return query;
}

}  // namespace

void add_visible(guichet::Query& query) {
    const auto me = query.ctx().user_id();
    query.sql("(m.visibility <> 'private' or m.author_id = ").arg(me).sql(" or m.to_user_id = ").arg(me).sql(")");
}

guichet::Rows read_messages(const Call& call, int64_t ticket, const std::optional<Cursor>& after, int limit) {
    guichet::Query query{call.ctx};
    query.sql(kSelect).sql("m.ticket_id = ").arg(ticket).sql(" and ");
    add_visible(query);
    if (after) query.sql(" and (m.created_at, m.id) < (").arg(guichet::Time{after->key}).sql(", ").arg(after->id).sql(")");
    return query.sql(" order by m.created_at desc, m.id desc limit ").arg(limit + 1).run();
}

guichet::Rows read_public_messages(const Call& call, int64_t ticket) {
    guichet::Query query{call.ctx};
    query.sql(kSelect).sql("m.visibility = 'public' and m.ticket_id = ").arg(ticket);
    return query.sql(" order by m.created_at desc, m.id desc limit 500").run();
}

guichet::Value read_message(const Call& call, int64_t id) {
    guichet::Query query{call.ctx};
    query.sql(kSelect).sql("m.id = ").arg(id).sql(" and ");
    add_visible(query);
    return query.run().row(0);
}

int64_t newest_message(const Call& call, int64_t ticket) {
    guichet::Query query{call.ctx};
    query.sql("select coalesce(max(m.id), 0) from message m where m.ticket_id = ").arg(ticket).sql(" and ");
    add_visible(query);
    return query.run().i64(0, 0);
}

int64_t messages_since(const Call& call, int64_t ticket, int64_t message) {
    auto query = count_after(call, ticket, message);
    return query.sql(" and m.author_id is distinct from ").arg(call.ctx.user_id()).run().i64(0, 0);
}

int64_t messages_after(const Call& call, int64_t ticket, int64_t message) { return count_after(call, ticket, message).run().i64(0, 0); }

int64_t add_message(const Call& call, int64_t ticket, const NewMessage& message) {
    guichet::Tx tx{call.ctx};
    guichet::Query query{call.ctx};
    query.sql(
        "insert into message (ticket_id, author_id, author_email, author_name, automatic, body, visibility, to_user_id, by_mail) values (");
    query.arg(ticket).sql(", ").arg(call.author()).sql("::bigint, nullif(").arg(message.author_email).sql("::text, ''), ");
    query.arg(message.author_name)
        .sql(", ")
        .arg(message.automatic)
        .sql("::boolean, ")
        .arg(message.body)
        .sql(", ")
        .arg(message.visibility)
        .sql(", ")
        .arg(message.to_user)
        .sql("::bigint, ")
        .arg(message.by_mail)
        .sql(") returning id");
    const auto id = query.run().i64(0, 0);
    if (message.visibility != "private")
        call.ctx.exec("update ticket set updated_at = now(), updated_by = $2::bigint where id = $1", ticket, call.author());
    message_added(call, id, ticket, message);
    tx.commit();
    return id;
}

}  // namespace tickets
