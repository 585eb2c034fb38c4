// Texts that answers are begun with: for everybody, or for one team.
#pragma once

#include "call.hpp"

#include <map>

namespace tickets {

inline constexpr std::string_view kManageCanned = "tickets.canned_replies.manage";

struct CannedReply {
    std::string name, body;
    std::optional<int64_t> team;
    bool active = true;
};

// [{id, name, body, team, team_name, active, version}] by name: those the user may insert, whose name or text has every word of q.
guichet::Rows offered_replies(const Call& call, std::string_view q, int limit);
// All of them, for those who manage them.
guichet::Rows all_replies(const Call& call);
// Throws GUICHET_E_NOT_FOUND. The first: one that the user may insert.
guichet::Value offered_reply(const Call& call, int64_t id);
guichet::Value any_reply(const Call& call, int64_t id);

int64_t add_reply(const Call& call, const CannedReply& reply);
// Throws GUICHET_E_CONFLICT when somebody has saved it after the version.
void change_reply(const Call& call, int64_t id, int64_t version, const CannedReply& reply);
void remove_reply(const Call& call, int64_t id);

// Placeholders that a text may have, with the msgid of what they stand for.
extern const std::map<std::string_view, std::string_view> kCannedPlaceholders;
// Written like "{{x}}": those that are none, and "{{" that is not closed.
std::vector<std::string> unknown_placeholders(std::string_view body);
// A placeholder without a value is left empty.
std::string fill_placeholders(std::string_view body, const std::map<std::string_view, std::string>& values);

}  // namespace tickets
