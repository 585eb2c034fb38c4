// Addresses and header texts that can be sent as they are shown and stored (security.md R47, R48). Any thread.
#pragma once

#include <string>
#include <string_view>

namespace host::mail {

// dot-atom@domain in ASCII, nothing else: no quoting, comments, source routes or second address.
bool is_address(std::string_view text);
std::string_view domain_of(std::string_view address);
// Valid UTF-8 without line breaks and other control characters.
bool is_header_text(std::string_view text);
// "abc.1@host", without <>.
bool is_message_id(std::string_view text);
// A header that a plugin may add: a token, and none of those that the host writes.
bool may_add_header(std::string_view name);

}  // namespace host::mail
