#include "ticket_service.hpp"

#include "history.hpp"
#include "ticket_access.hpp"
#include "ticket_api.hpp"
#include "ticket_store.hpp"

namespace tickets {
namespace {

constexpr std::size_t kMostAtOnce = 1000;

void check_number(std::size_t n, const char* what) {
    if (n > kMostAtOnce) throw guichet::Error{GUICHET_E_INVALID, std::string{"too many "} + what + " at once"};
}

guichet::Rows visible(guichet::Ctx ctx, const std::vector<int64_t>& ids) {
    guichet::Query query{ctx};
    query.sql("select v.*, t.version from unnest(")
        .arg(guichet::array_literal(ids))
        .sql(
            "::bigint[]) with ordinality as wanted (id, place)"
            " join ticket t on t.id = wanted.id join ticket_v1 v on v.id = t.id where ");
    Access{ctx, kRead}.add_any(query);
    return query.sql(" order by wanted.place").run();
}

}  // namespace

void find_for_others(guichet::Ctx ctx, int64_t ticket_id, guichet_value** out) {
    const auto rows = visible(ctx, {ticket_id});
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such ticket"};
    *out = rows.row(0).raw();
}

void visible_for_others(guichet::Ctx ctx, const int64_t* ids, size_t n, guichet_value** out) {
    check_number(n, "tickets");
    *out = visible(ctx, {ids, ids + n}).value().raw();
}

void readers_for_others(guichet::Ctx ctx, int64_t ticket_id, const int64_t* user_ids, size_t n, guichet_value** out) {
    check_number(n, "users");
    guichet::Query query{ctx};
    query.sql("select u.id from core.user_v1 u join ticket t on t.id = ").arg(ticket_id).sql(" where u.active and u.id = any(");
    query.arg(guichet::array_literal(std::vector<int64_t>{user_ids, user_ids + n})).sql("::bigint[]) and ");
    add_readable_by(query, "u.id");
    const auto rows = query.sql(" order by u.id").run();
    auto users = ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i) users.push(rows.i64(i, 0));
    *out = users.raw();
}

void message_for_others(guichet::Ctx ctx, int64_t message_id, guichet_value** out) {
    guichet::Query query{ctx};
    query
        .sql(
            "select m.id, m.ticket_id, m.body, m.visibility, m.author_id is null and coalesce(m.author_email, '') <> '' as from_customer, "
            "m.author_id,"
            " coalesce(u.name, nullif(m.author_name, ''), m.author_email, '') as author_name, m.created_at from message m join ticket t on "
            "t.id = m.ticket_id"
            " left join core.user_v1 u on u.id = m.author_id where m.visibility <> 'private' and m.id = ")
        .arg(message_id)
        .sql(" and ");
    Access{ctx, kRead}.add_any(query);
    const auto rows = query.run();
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such message"};
    *out = rows.row(0).raw();
}

void update_for_others(const Call& call, int64_t ticket_id, guichet::Value changes) {
    guichet::Tx tx{call.ctx};
    const auto ticket = load_for_update(call, ticket_id);
    require_update(ticket);
    api::apply(call, ticket, changes);
    tx.commit();
}

void note_for_others(const Call& call, int64_t ticket_id, guichet::Value texts) {
    note_history(call, load(call, ticket_id).id, "note", {}, std::string{guichet::to_json(call.ctx, texts)});
}

}  // namespace tickets
