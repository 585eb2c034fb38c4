// Links that let a customer see a quote and answer it (security.md R29).
#pragma once

#include "quote_store.hpp"

namespace quotes {

// 256 random bits as 43 characters of [A-Za-z0-9_-]; known here once. It works until the quote's last day is over. Inside of a Tx.
std::string add_link(guichet::Ctx ctx, int64_t quote_id, std::string_view email);
std::string link_path(std::string_view token);  // "/public/quotes/…"

struct OpenedLink {
    int64_t id, quote_id;
};
// Nothing when there is no such link, it was revoked or is over.
std::optional<OpenedLink> open_link(guichet::Ctx ctx, std::string_view token);

// Of a quote: [{id, email, created_at, expires_at, revoked_at, last_used_at, valid}], the newest first.
guichet::Value links_of(guichet::Ctx ctx, int64_t quote_id);
void revoke_links(guichet::Ctx ctx, int64_t quote_id);  // inside of a Tx

// Whether this network address has guessed too often, and one more guess.
bool guesses_too_often(guichet::Ctx ctx, std::string_view client);
void count_guess(guichet::Ctx ctx, std::string_view client);
void forget_guesses(guichet::Ctx ctx);  // inside of a Tx

}  // namespace quotes
