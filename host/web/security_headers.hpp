// The headers every answer carries (security.md 6.8, R10). What the answer already says is kept.
#pragma once

#include "http/message.hpp"

namespace host::web {

void add_security_headers(http::Response& response, bool https, bool cacheable);

}  // namespace host::web
