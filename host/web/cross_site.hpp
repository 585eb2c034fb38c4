// Requests that change something must come from our own pages (R52).
#pragma once

#include "config.hpp"
#include "http/message.hpp"

#include <string_view>

namespace host::web {

bool changes_something(std::string_view method) noexcept;  // not GET, HEAD, OPTIONS
// False for Sec-Fetch-Site cross-site / same-site and for an Origin that is not ours.
bool from_our_pages(const http::Request& request, const Config& config);
// The token in the form field "_csrf" or the header X-CSRF-Token is the expected one; an empty expectation never matches.
bool token_matches(const http::Request& request, const http::Pairs& form, std::string_view expected);

}  // namespace host::web
