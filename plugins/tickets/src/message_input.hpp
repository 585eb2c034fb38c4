// What a form or a JSON body wants to be a message.
#pragma once

#include "message_store.hpp"

namespace tickets {

NewMessage check_message(const Call& call, std::string_view body, std::string_view visibility, std::string_view to_user,
                         guichet::Problems& problems);

}  // namespace tickets
