// Who asks, when proxies stand before this host (security.md R14). Any thread.
#pragma once

#include "http/message.hpp"

#include <span>
#include <string>

namespace host::web {

// The address of the connection; when that is a trusted proxy, the last one in X-Forwarded-For that is none. What cannot be read
// as an address ends the search: what stands before it is nobody's word.
std::string client_address(const http::Request& request, std::span<const std::string> trusted_proxies);

}  // namespace host::web
