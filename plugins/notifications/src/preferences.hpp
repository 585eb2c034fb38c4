// What a user wants to be told of, and how.
#pragma once

#include "occasion.hpp"

namespace notifications {

inline constexpr std::string_view kChannels[] = {"mail", "page", "none"};

// Of users who have chosen nothing: what the administrator's settings say.
std::string_view usual_channel(guichet::Ctx ctx, std::string_view occasion);
std::string_view channel_label(guichet::Ctx ctx, std::string_view channel);

struct Preferences {
    std::map<std::string, std::string> channels;  // by occasion; missing: the usual one
    bool digest = false;
};
// Of the current user.
Preferences read_preferences(guichet::Ctx ctx);
void store_preferences(guichet::Ctx ctx, const Preferences& preferences);

}  // namespace notifications
