#include "notices.hpp"

#include <guichet/sdk/custom_fields.hpp>

namespace notifications {

using guichet::Value;

void add_notices(guichet::Ctx ctx, const Cause& cause, const Occasion& occasion, const std::vector<Reader>& readers) {
    for (const auto& reader : readers)
        ctx.exec(
            "insert into notice (delivery_id, user_id, address, event, ticket_id, message_id, actor_id, data, mail)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9) on conflict (delivery_id, user_id, address) do nothing",
            cause.delivery, reader.user, reader.address, occasion.id, occasion.ticket, occasion.message, cause.actor,
            guichet::to_json(ctx, occasion.data), reader.mail);
}

int64_t count_unread(guichet::Ctx ctx) {
    return ctx.exec("select count(*) from notice where user_id = $1 and read_at is null", ctx.user_id()).i64(0, 0);
}

Value read_feed(guichet::Ctx ctx, bool unread_only, std::optional<int64_t> before) {
    return ctx
        .exec(
            "select n.id, n.user_id, n.event, n.ticket_id, n.message_id, n.actor_id, n.data, n.created_at, n.read_at is null as unread,"
            " a.name as actor_name, w.name as assignee_name from notice n left join core.user_v1 a on a.id = n.actor_id"
            " left join core.user_v1 w on w.id = (n.data ->> 'assignee')::bigint"
            " where n.user_id = $1 and (not $2 or n.read_at is null) and ($3::bigint is null or n.id < $3) order by n.id desc limit $4",
            ctx.user_id(), unread_only, before, kNoticesPerPage + 1)
        .value();
}

Value read_notice(guichet::Ctx ctx, int64_t id) {
    const auto rows = ctx.exec("select id, ticket_id, message_id, data from notice where id = $1 and user_id = $2", id, ctx.user_id());
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such notification"};
    return rows.row(0);
}

void mark_read(guichet::Ctx ctx, int64_t id) {
    ctx.exec("update notice set read_at = now() where id = $1 and user_id = $2 and read_at is null", id, ctx.user_id());
}

void mark_all_read(guichet::Ctx ctx, int64_t newest) {
    ctx.exec("update notice set read_at = now() where user_id = $1 and id <= $2 and read_at is null", ctx.user_id(), newest);
}

void mark_ticket_read(guichet::Ctx ctx, int64_t ticket) {
    ctx.exec("update notice set read_at = now() where user_id = $1 and ticket_id = $2 and read_at is null", ctx.user_id(), ticket);
}

}  // namespace notifications
