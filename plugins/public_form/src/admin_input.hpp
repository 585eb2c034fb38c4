// The form of the administrators' page: as it is stored, as it was typed, and into the settings.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

// {open, attachments, customers_may_close, customers_may_reopen, name, accent, origins, link_days, fastest_s,
//  texts: [{language, label, welcome, thanks, legal, closed}], helps: [{category, label, texts: [{language, label, body}]}]}
guichet::Value stored_form(guichet::Ctx ctx);
guichet::Value typed_form(guichet::Ctx ctx, guichet::Request request);
void check_form(guichet::Ctx ctx, guichet::Request request, guichet::Value form, guichet::Problems& problems);
// Inside a Tx.
void store_form(guichet::Ctx ctx, guichet::Request request, guichet::Value form);

}  // namespace public_form
