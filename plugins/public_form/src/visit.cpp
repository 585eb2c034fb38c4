#include "visit.hpp"

#include "customers.hpp"
#include "submission_store.hpp"
#include "token.hpp"

namespace public_form {

using guichet::Request;

namespace {

constexpr std::string_view kCookie = "visit";
constexpr int32_t kSeconds = 8 * 3600;

std::string text_of(guichet::Value value) { return std::string{value.text().value_or("")}; }

Grant grant_of(guichet::Value row) {
    Grant grant;
    grant.link_id = row["id"].integer().value_or(0);
    grant.ticket_id = row["ticket_id"].integer();
    grant.account_id = row["account_id"].integer();
    grant.of_contact = row["contact_id"].integer().has_value();
    grant.contact_id = grant.of_contact ? row["contact_id"].integer() : row["chosen_id"].integer();
    grant.email = text_of(row["email"]);
    grant.preview = row["preview"].boolean().value_or(false);
    return grant;
}

// The visit of the cookie, prolonged, or a new one.
int64_t open_visit(guichet::Ctx ctx, Request request) {
    auto token = std::string{request.cookie(kCookie).value_or("")};
    const auto known = is_token(token) ? ctx.exec(
                                             "update visit set expires_at = now() + make_interval(secs => $2)"
                                             " where token_hash = decode($1, 'hex') and expires_at > now() returning id",
                                             token_hash(token), static_cast<double>(kSeconds))
                                       : ctx.exec("select id from visit where false");
    const bool fresh = known.empty();
    if (fresh) token = random_token();
    request.set_cookie(kCookie, token, kSeconds);
    if (!fresh) return known.i64(0, 0);
    return ctx
        .exec("insert into visit (token_hash, expires_at) values (decode($1, 'hex'), now() + make_interval(secs => $2)) returning id",
              token_hash(token), static_cast<double>(kSeconds))
        .i64(0, 0);
}

}  // namespace

Visit::Visit(guichet::Ctx ctx, Request request) : ctx_{ctx}, token_{request.cookie(kCookie).value_or("")} {
    if (!is_token(token_)) return;
    const auto rows = ctx.exec(
        "select l.id, l.ticket_id, l.account_id, l.contact_id, l.email, l.preview, v.contact_id as chosen_id"
        " from visit s join visit_link v on v.visit_id = s.id join link l on l.id = v.link_id"
        " where s.token_hash = decode($1, 'hex') and s.expires_at > now()"
        " and l.revoked_at is null and (l.expires_at is null or l.expires_at > now()) order by v.opened_at desc, l.id desc limit 100",
        token_hash(token_));
    for (std::size_t i = 0; i < rows.size(); ++i) grants_.push_back(grant_of(rows.row(i)));
}

const Grant* Visit::customer() const {
    const auto it = std::ranges::find_if(grants_, &Grant::is_customer);
    return it == grants_.end() ? nullptr : &*it;
}

bool Visit::opens(const Grant& grant, int64_t ticket_id, guichet::Value ticket) const {
    if (grant.preview && grant.ticket_id) return grant.ticket_id == ticket_id;
    const bool merged = ticket["id"].integer() != ticket_id;
    const bool visible = ticket["visible_to_client"].boolean().value_or(false);
    if (grant.ticket_id) return *grant.ticket_id == ticket_id && (merged || visible);
    const bool his =
        grant.of_contact ? ticket["contact_id"].integer() == grant.contact_id : ticket["account_id"].integer() == grant.account_id;
    return !merged && visible && his && unconfirmed_claims(ctx_, {ticket_id}, grant.email).empty();
}

const Grant* Visit::of_ticket(int64_t ticket_id) const {
    if (grants_.empty()) return nullptr;
    const auto ticket = Customers{ctx_}.find(ticket_id);
    if (!ticket) return nullptr;
    // what changes things before what only looks
    const Grant* looking = nullptr;
    for (const auto& grant : grants_) {
        if (!opens(grant, ticket_id, ticket)) continue;
        if (!grant.preview) return &grant;
        looking = &grant;
    }
    return looking;
}

std::string Visit::form_key() const { return token_hash("form/" + token_); }

void Visit::check_form(Request request) const {
    const auto site = request.header("Sec-Fetch-Site").value_or("same-origin");
    if ((site == "same-origin" || site == "none") && same_secret(request.form("key").value_or(""), form_key())) return;
    throw guichet::Error{GUICHET_E_DENIED, "the form is not one of this visit"};
}

void Visit::choose_contact(const Grant& customer, int64_t contact_id) const {
    ctx_.exec(
        "update visit_link set contact_id = $3 from visit s where s.id = visit_id and s.token_hash = decode($1, 'hex') and link_id = $2",
        token_hash(token_), customer.link_id, contact_id);
}

std::optional<Grant> open_link(guichet::Ctx ctx, Request request, std::string_view token) {
    if (!is_token(token)) return std::nullopt;
    guichet::Tx tx{ctx};
    const auto links = ctx.exec(
        "update link set last_used_at = now() where token_hash = decode($1, 'hex') and revoked_at is null"
        " and (expires_at is null or expires_at > now()) returning id, ticket_id, account_id, contact_id, email, preview",
        token_hash(token));
    if (links.empty()) return std::nullopt;
    const auto grant = grant_of(links.row(0));
    ctx.exec("insert into visit_link (visit_id, link_id) values ($1, $2) on conflict (visit_id, link_id) do update set opened_at = now()",
             open_visit(ctx, request), grant.link_id);
    tx.commit();
    return grant;
}

void end_visit(guichet::Ctx ctx, Request request) {
    guichet::Tx tx{ctx};
    ctx.exec("delete from visit where token_hash = decode($1, 'hex')", token_hash(request.cookie(kCookie).value_or("")));
    tx.commit();
    request.set_cookie(kCookie, "", 0);
}

void forget_old_visits(guichet::Ctx ctx) { ctx.exec("delete from visit where expires_at < now()"); }

}  // namespace public_form
