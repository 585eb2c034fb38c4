// What people can be told of. The ids stand in rules, notices, preferences, settings and names of mail templates.
#pragma once

#include <guichet/sdk/plugin.hpp>

#include <array>
#include <map>

namespace notifications {

struct OccasionInfo {
    std::string_view id;
    std::string_view label;  // msgid
    std::string_view icon;
    std::string_view channel;  // unless the administrator or the user says otherwise
};
// When one event brings two of them, a person is told of the first one.
extern const std::array<OccasionInfo, 8> kOccasions;
const OccasionInfo* find_occasion(std::string_view id);

struct Occasion {
    std::string_view id;
    int64_t ticket = 0;
    std::optional<int64_t> message{};
    guichet::Value data;  // {assignee} | {from, to: codes of statuses} | {merged: number of the ticket} | {author: name} of messages and of
                          // tickets that no user has added | {text: by language, users} of another module
    bool worth_a_mail = true;  // a note is, when its author has said so; what a machine has written is not
};

// None for what nobody is told of.
std::vector<Occasion> read_occasions(guichet::Ctx ctx, guichet::Event event);

}  // namespace notifications
