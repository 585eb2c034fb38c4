// Whose access an agent arranges: an account, a contact or a ticket that he may see himself.
#pragma once

#include "link_store.hpp"

namespace public_form {

struct AccessParty {
    // Of the fields account_id, contact_id or ticket_id of the form or the address. GUICHET_E_NOT_FOUND when the user does not see it.
    static AccessParty of(guichet::Ctx ctx, guichet::Request request);

    std::optional<int64_t> account_id, contact_id, ticket_id;  // one of them; with contact_id only the contact
    guichet::Value object;                                     // as the services give it
    std::string path() const;                                  // of its page
    std::string_view name() const;
    NewLink link() const;
    void audit(guichet::Ctx ctx, std::string_view action) const;
};

}  // namespace public_form
