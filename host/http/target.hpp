// The request target: which bytes may be in it and what path and query it means.
#pragma once

#include "http/message.hpp"

namespace host::http {

// Fills path, query_string and query from request.target; the header must be there, for the Host of an
// absolute target. Throws Refusal 400.
void resolve_target(Request& request);

}  // namespace host::http
