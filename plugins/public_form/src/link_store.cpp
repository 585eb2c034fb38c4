#include "link_store.hpp"

#include "token.hpp"

namespace public_form {

std::string add_link(guichet::Ctx ctx, const NewLink& link) {
    auto token = random_token();
    const auto user = ctx.user_id();
    ctx.exec(
        "insert into link (token_hash, ticket_id, account_id, contact_id, email, preview, created_by, expires_at)"
        " values (decode($1, 'hex'), $2, $3, $4, $5, $6, $7, now() + make_interval(days => $8::int))",
        token_hash(token), link.ticket_id, link.account_id, link.contact_id, link.email, link.preview,
        user > 0 ? std::optional{user} : std::nullopt, link.days);
    return token;
}

std::string ticket_path(std::string_view token) { return "/public/t/" + std::string{token}; }
std::string customer_path(std::string_view token) { return "/public/c/" + std::string{token}; }

namespace {

std::optional<int64_t> revoker(guichet::Ctx ctx) { return ctx.user_id() > 0 ? std::optional{ctx.user_id()} : std::nullopt; }

}  // namespace

void revoke_link(guichet::Ctx ctx, int64_t link_id, const NewLink& party) {
    const auto revoked = ctx.exec(
        "update link set revoked_at = coalesce(revoked_at, now()), revoked_by = coalesce(revoked_by, $2) where id = $1 and"
        " (ticket_id = $3 or contact_id = $5 or ($5::bigint is null and account_id = $4))",
        link_id, revoker(ctx), party.ticket_id, party.account_id, party.contact_id);
    if (revoked.affected() == 0) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such link"};
}

void revoke_links_of_ticket(guichet::Ctx ctx, int64_t ticket_id) {
    ctx.exec("update link set revoked_at = now(), revoked_by = $2 where ticket_id = $1 and revoked_at is null", ticket_id, revoker(ctx));
}

namespace {

constexpr std::string_view kLinks =
    "select id, contact_id, email, created_by, created_at, expires_at, revoked_at, last_used_at,"
    " revoked_at is null and (expires_at is null or expires_at > now()) as valid from link where not preview and ";

guichet::Value links(guichet::Ctx ctx, std::string_view condition, int64_t id) {
    guichet::Query query{ctx};
    return query.sql(kLinks).sql(condition).arg(id).sql(" order by id desc limit 50").run().value();
}

}  // namespace

guichet::Value links_of_ticket(guichet::Ctx ctx, int64_t ticket_id) { return links(ctx, "ticket_id = ", ticket_id); }
guichet::Value links_of_account(guichet::Ctx ctx, int64_t account_id) { return links(ctx, "account_id = ", account_id); }
guichet::Value links_of_contact(guichet::Ctx ctx, int64_t contact_id) { return links(ctx, "contact_id = ", contact_id); }

}  // namespace public_form
