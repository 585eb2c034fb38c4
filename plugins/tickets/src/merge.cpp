#include "merge.hpp"

#include "history.hpp"
#include "link_store.hpp"
#include "message_store.hpp"
#include "tags.hpp"
#include "ticket_events.hpp"
#include "ticket_input.hpp"
#include "transitions.hpp"
#include "watchers.hpp"

namespace tickets {
namespace {

[[noreturn]] void refuse(const Call& call, std::string_view field, std::string_view msgid) {
    throw guichet::Error{GUICHET_E_INVALID, std::string{call.tr(msgid)}, std::string{field}};
}

// The description becomes a message: of the customer when he has written it and sees the ticket, of the team otherwise.
void keep_description(const Call& call, const Ticket& from, int64_t into) {
    if (from.values[Field::description].empty()) return;
    const bool public_one = from.values[Field::visible_to_client] == "true";
    call.ctx.exec(
        "insert into message (ticket_id, author_id, author_email, author_name, body, visibility, created_at)"
        " select $2, t.created_by, case when t.created_by is null then coalesce(nullif(t.requester_email, ''), '–') end, t.requester_name,"
        "  left(t.subject || E'\\n\\n' || t.description, 50000), $3, t.created_at from ticket t where t.id = $1",
        from.id, into, public_one ? "public" : "team");
}

void move_content(const Call& call, int64_t from, int64_t into) {
    call.ctx.exec("update message set ticket_id = $2 where ticket_id = $1", from, into);
    call.ctx.exec("update attachment set ticket_id = $2 where ticket_id = $1", from, into);
    move_watchers(call, from, into);
}

void add_tags(const Call& call, const Ticket& from, const Ticket& into) {
    auto values = into.values;
    values[Field::tags] = joined_tags(into.values[Field::tags], from.values[Field::tags]);
    change(call, into, values);
}

void point_to(const Call& call, int64_t from, int64_t into) {
    call.ctx.exec("update ticket set merged_into = $2, version = version + 1 where id = $1", from, into);
    call.ctx.exec("update ticket set updated_at = now(), updated_by = $2::bigint where id = $1", into, call.author());
    note_history(call, from, "merged_into", "", std::to_string(into));
    note_history(call, into, "merged", "", std::to_string(from));
    merged(call, from, into);
}

Values values_of_part(const Call& call, const Ticket& whole, std::string_view subject) {
    auto values = empty_values(call);
    for (const auto field : {Field::account, Field::contact, Field::contract, Field::type, Field::priority, Field::category,
                             Field::severity, Field::team, Field::channel, Field::visible_to_client, Field::requester_email})
        values[field] = whole.values[field];
    values[Field::subject] = guichet::one_line(subject);
    return values;
}

void require_messages(const Call& call, int64_t ticket, const std::vector<int64_t>& messages) {
    if (messages.empty()) refuse(call, "messages", "Choose at least one message.");
    guichet::Query query{call.ctx};
    query.sql("select count(*) from message m where m.ticket_id = ")
        .arg(ticket)
        .sql(" and m.id = any(")
        .arg(guichet::array_literal(messages));
    query.sql("::bigint[]) and ");
    add_visible(query);
    if (query.run().i64(0, 0) != static_cast<int64_t>(messages.size())) refuse(call, "messages", "One of the messages is no longer there.");
}

}  // namespace

void require_mergeable(const Call& call, const Ticket& from, const Ticket& into) {
    if (from.id == into.id) refuse(call, "into", "A ticket is not merged into itself.");
    const auto a = from.values.id(Field::account), b = into.values.id(Field::account);
    if (a && b && *a != *b) refuse(call, "into", "The tickets belong to different accounts.");
}

void merge_into(const Call& call, int64_t from, int64_t into) {
    if (from == into) refuse(call, "into", "A ticket is not merged into itself.");
    guichet::Tx tx{call.ctx};
    const auto [merged_one, target] = load_both(call, from, into);
    require_mergeable(call, merged_one, target);
    keep_description(call, merged_one, into);
    move_content(call, from, into);
    add_tags(call, merged_one, target);
    change(call, merged_one, closed(call, merged_one.values));
    point_to(call, from, into);
    tx.commit();
}

int64_t split(const Call& call, int64_t ticket, const std::vector<int64_t>& messages, std::string_view subject) {
    guichet::Tx tx{call.ctx};
    const auto whole = load_for_update(call, ticket);
    require_update(whole);
    require_messages(call, ticket, messages);
    TicketInput input{call, values_of_part(call, whole, subject)};
    input.check_fields();
    input.problems().throw_if_any();
    const auto part = add(call, input.values());
    const auto ids = guichet::array_literal(messages);
    call.ctx.exec("update message set ticket_id = $2 where id = any($1::bigint[])", ids, part);
    call.ctx.exec("update attachment set ticket_id = $2 where message_id = any($1::bigint[])", ids, part);
    relate(call, part, ticket);
    note_history(call, ticket, "split", "", std::to_string(part));
    note_history(call, part, "split_from", "", std::to_string(ticket));
    tx.commit();
    return part;
}

}  // namespace tickets
