#include "draft_store.hpp"

#include "message_store.hpp"

namespace tickets {

Draft read_draft(const Call& call, int64_t ticket) {
    const auto rows = call.ctx.exec(
        "select body, visibility, coalesce(to_user_id::text, ''), by_mail, updated_at from draft"
        " where ticket_id = $1 and user_id = $2",
        ticket, call.ctx.user_id());
    if (rows.empty()) return {};
    return {std::string{rows.text(0, 0)}, std::string{rows.text(0, 1)}, std::string{rows.text(0, 2)}, rows.boolean(0, 3), rows.time(0, 4)};
}

void save_draft(const Call& call, int64_t ticket, const Draft& draft) {
    if (draft.body.empty()) return remove_draft(call, ticket);
    call.ctx.exec(
        "insert into draft (ticket_id, user_id, body, visibility, to_user_id, by_mail) values ($1, $2, left($3::text, $4::int), $5, "
        "$6::bigint, $7)"
        " on conflict (ticket_id, user_id) do update set body = excluded.body, visibility = excluded.visibility,"
        " to_user_id = excluded.to_user_id, by_mail = excluded.by_mail, updated_at = now()",
        ticket, call.ctx.user_id(), draft.body, static_cast<int64_t>(kLongestMessage), draft.visibility, guichet::to_integer(draft.to_user),
        draft.by_mail);
}

void remove_draft(const Call& call, int64_t ticket) {
    call.ctx.exec("delete from draft where ticket_id = $1 and user_id = $2", ticket, call.ctx.user_id());
}

std::vector<std::string> writing_colleagues(const Call& call, int64_t ticket) {
    const auto rows = call.ctx.exec(
        "select u.name from draft d join core.user_v1 u on u.id = d.user_id where d.ticket_id = $1 and d.user_id <> $2"
        " and d.visibility <> 'private' and d.updated_at > now() - interval '10 minutes' order by d.updated_at desc limit 5",
        ticket, call.ctx.user_id());
    std::vector<std::string> out;
    for (std::size_t i = 0; i < rows.size(); ++i) out.emplace_back(rows.text(i, 0));
    return out;
}

}  // namespace tickets
