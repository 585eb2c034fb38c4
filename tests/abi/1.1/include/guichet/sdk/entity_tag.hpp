// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/entity_tag.hpp - ETag and If-Match of objects that count their versions.
#pragma once

#include "request.hpp"
#include "text.hpp"

namespace guichet {

inline std::string entity_tag(int64_t version) { return "\"v" + std::to_string(version) + '"'; }

// True without If-Match; else when it is "*" or lists the tag of this version (RFC 9110, 13.1.1: strong comparison).
inline bool if_match(const Request& request, int64_t version) {
    const auto header = request.header("If-Match");
    if (!header) return true;
    const auto tag = entity_tag(version);
    for (auto rest = *header; !rest.empty();) {
        const auto comma = std::min(rest.find(','), rest.size());
        const auto item = trim(rest.substr(0, comma));
        if (item == "*" || item == tag) return true;
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return false;
}

}  // namespace guichet
