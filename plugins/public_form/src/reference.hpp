// What a request is about, as the address of the form says: the code of a label that somebody has scanned. Other plugins know it.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

// Parameter "ref" of the address; "" when it is none.
std::string_view reference_of(guichet::Request request);
// The whole address of the form with a reference. GUICHET_E_INVALID when it is none.
std::string address_of(guichet::Ctx ctx, std::string_view reference);
// What stands above the form (event public_form.reference_shown); "" when no plugin knows the reference.
std::string_view reference_label(guichet::Ctx ctx, std::string_view reference);
// Inside the Tx that has added the ticket (event public_form.request_received).
void tell_of_request(guichet::Ctx ctx, int64_t ticket_id, std::string_view reference);

}  // namespace public_form
