// A user changes his own password: from his preferences, or because somebody else chose it.
#pragma once

#include "web/site.hpp"

namespace host::pages {

// Reads current_password, new_password and repeat_password. Empty: changed, his other sessions and API keys are gone (R17).
const base::Value& change_own_password(web::Call& call);

}  // namespace host::pages
