// Tickets that came through the form, and what is known of the address that was typed into it (security.md R59).
#pragma once

#include "recognise.hpp"

namespace public_form {

// known: sent by somebody who came with a link of his own.
void add_submission(guichet::Ctx ctx, int64_t ticket_id, std::string_view email, const Recognised& who, bool known);
// {email, state, confirmed}; empty when the ticket did not come through the form.
guichet::Value submission_of(guichet::Ctx ctx, int64_t ticket_id);
// Who uses the link in a mail to this address can read it.
void confirm_submission(guichet::Ctx ctx, int64_t ticket_id, std::string_view email);
// Whether some ticket of this address was confirmed.
bool is_confirmed(guichet::Ctx ctx, std::string_view email);
// The ids of those whose customer was recognised by an address that nobody has confirmed. Who came with a link that was mailed to
// that very address reads it, so nothing of it is a claim to him; a link that was handed over ("") says nothing of any address.
std::vector<int64_t> unconfirmed_claims(guichet::Ctx ctx, const std::vector<int64_t>& ticket_ids, std::string_view mailed_to);

}  // namespace public_form
