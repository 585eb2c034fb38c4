// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/email.hpp - what looks like an address that mail can be sent to.
#pragma once

#include <string_view>

namespace guichet {

// name@domain.tld, without display name, comment or second address.
inline bool is_email(std::string_view s) {
    const auto at = s.find('@');
    if (at == 0 || at == s.npos || at > 64 || s.size() > 254) return false;
    const auto domain = s.substr(at + 1);
    const bool dots =
        domain.find('.') != domain.npos && !domain.starts_with('.') && !domain.ends_with('.') && domain.find("..") == domain.npos;
    return dots && s.find_first_of(" ,;:<>()[]\\\"") == s.npos && domain.find('@') == domain.npos;
}

}  // namespace guichet
