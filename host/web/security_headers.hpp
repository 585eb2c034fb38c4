// The headers every answer carries (security.md 6.8, R10). What the answer already says is kept.
#pragma once

#include "http/message.hpp"

namespace host::web {

// Before them: other sites may show this answer in a frame. origins: separated by blanks, checked.
void allow_framing(http::Response& response, std::string_view origins);
void add_security_headers(http::Response& response, bool https, bool cacheable);

}  // namespace host::web
