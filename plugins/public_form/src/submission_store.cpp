#include "submission_store.hpp"

namespace public_form {

namespace {

std::vector<int64_t> ids(const guichet::Rows& rows) {
    std::vector<int64_t> out;
    for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(rows.i64(i, 0));
    return out;
}

}  // namespace

void add_submission(guichet::Ctx ctx, int64_t ticket_id, std::string_view email, const Recognised& who, bool known) {
    const std::string_view state = known ? "known" : who.several ? "several" : who.account_id ? "claimed" : "unknown";
    ctx.exec("insert into submission (ticket_id, email, state) values ($1, $2, $3)", ticket_id, email, state);
}

guichet::Value submission_of(guichet::Ctx ctx, int64_t ticket_id) {
    const auto rows =
        ctx.exec("select email, state, confirmed_at is not null as confirmed from submission where ticket_id = $1", ticket_id);
    return rows.empty() ? guichet::Value{} : rows.row(0);
}

void confirm_submission(guichet::Ctx ctx, int64_t ticket_id, std::string_view email) {
    ctx.exec("update submission set confirmed_at = coalesce(confirmed_at, now()) where ticket_id = $1 and email = $2", ticket_id, email);
}

bool is_confirmed(guichet::Ctx ctx, std::string_view email) {
    return ctx.exec("select exists (select from submission where email = $1 and (confirmed_at is not null or state = 'known'))", email)
        .boolean(0, 0);
}

std::vector<int64_t> unconfirmed_claims(guichet::Ctx ctx, const std::vector<int64_t>& ticket_ids, std::string_view mailed_to) {
    return ids(
        ctx.exec("select ticket_id from submission where ticket_id = any($1::bigint[]) and state = 'claimed' and confirmed_at is null"
                 " and email <> $2",
                 guichet::array_literal(ticket_ids), mailed_to));
}

}  // namespace public_form
