// Tickets in the search box of the site: by words of their title or by number, as the user may see them.
#pragma once

#include "call.hpp"

namespace tickets {

void search(const Call& call, std::string_view query, std::size_t limit, guichet::Value hits);

}  // namespace tickets
