// What a well-formed head must also say before its request is served (security.md R01 to R04, R13).
#pragma once

#include "http/message.hpp"
#include "http/public_hosts.hpp"

namespace host::http {

constexpr std::string_view kMethods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

// Fills path and query. Throws Refusal 400, 405, 421 or 501.
void check_head(Request& request, bool http_1_0, const PublicHosts& hosts);

}  // namespace host::http
