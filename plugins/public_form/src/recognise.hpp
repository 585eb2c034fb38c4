// Whose address it is (row S2-10): exactly his, contacts before accounts. Of who may see every account.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

struct Recognised {
    std::optional<int64_t> account_id, contact_id;
    bool several = false;  // nobody was chosen among them
};

// The normalised address; "" when it is none.
std::string normalised_email(std::string_view typed);
Recognised recognise(guichet::Ctx ctx, std::string_view email);

}  // namespace public_form
