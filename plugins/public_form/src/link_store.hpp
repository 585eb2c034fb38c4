// Links that let customers in. Inside of a Tx where they write.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

struct NewLink {
    std::optional<int64_t> ticket_id{}, account_id{}, contact_id{};
    std::string_view email{};  // where it is sent; "" when it is handed over
    bool preview = false;
    std::optional<int64_t> days{};  // until it expires; never without
};

// The token: it is known here once, and never again.
std::string add_link(guichet::Ctx ctx, const NewLink& link);
std::string ticket_path(std::string_view token);    // "/public/t/…"
std::string customer_path(std::string_view token);  // "/public/c/…"

// One of this ticket, account or contact; visits that came with it end. GUICHET_E_NOT_FOUND when it has no such link.
void revoke_link(guichet::Ctx ctx, int64_t link_id, const NewLink& party);
void revoke_links_of_ticket(guichet::Ctx ctx, int64_t ticket_id);

// [{id, contact_id, email, created_by, created_at, expires_at, revoked_at, last_used_at, valid}], newest first.
guichet::Value links_of_ticket(guichet::Ctx ctx, int64_t ticket_id);
guichet::Value links_of_account(guichet::Ctx ctx, int64_t account_id);
guichet::Value links_of_contact(guichet::Ctx ctx, int64_t contact_id);

}  // namespace public_form
