// How a profile is called: those that come with Guichet in the reader's language, until somebody gives them another name.
#pragma once

#include "web/site.hpp"

#include <string>
#include <string_view>

namespace host::pages {

inline std::string profile_name(const web::Call& call, std::string_view code, std::string_view name) {
    constexpr std::pair<std::string_view, std::string_view> kOurs[] = {
        {"administrator", "Administrator"}, {"manager", "Manager"}, {"agent", "Agent"}, {"reader", "Read only"}};
    for (const auto& ours : kOurs)
        if (ours == std::pair{code, name}) return call.tr(name);
    return std::string{name};
}

}  // namespace host::pages
