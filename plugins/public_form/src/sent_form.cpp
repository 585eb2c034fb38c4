#include "sent_form.hpp"

#include "token.hpp"

namespace public_form {

SentForm::SentForm(guichet::Ctx ctx, std::string_view token, std::string_view content)
    : ctx_{ctx}, form_hash_{token_hash(token)}, content_hash_{token_hash(content)} {}

SentForm::State SentForm::look() const {
    const auto rows = ctx_.exec("select encode(content_hash, 'hex') from sent_form where form_hash = decode($1, 'hex')", form_hash_);
    if (rows.empty()) return State::fresh;
    return rows.text(0, 0) == content_hash_ ? State::same : State::other;
}

bool SentForm::take() const {
    return !ctx_.exec(
                    "insert into sent_form (form_hash, content_hash) values (decode($1, 'hex'), decode($2, 'hex'))"
                    " on conflict do nothing returning 1",
                    form_hash_, content_hash_)
                .empty();
}

void SentForm::became(int64_t ticket_id, std::string_view ref) const {
    ctx_.exec("update sent_form set ticket_id = $2, ref = $3 where form_hash = decode($1, 'hex')", form_hash_, ticket_id, ref);
}

SentForm::Ticket SentForm::ticket() const {
    const auto rows = ctx_.exec("select coalesce(ticket_id, 0), ref from sent_form where form_hash = decode($1, 'hex')", form_hash_);
    return {rows.i64(0, 0), std::string{rows.text(0, 1)}};
}

void forget_sent_forms(guichet::Ctx ctx) { ctx.exec("delete from sent_form where sent_at < now() - interval '2 days'"); }

}  // namespace public_form
