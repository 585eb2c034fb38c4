// Private feeds: who has the address reads, until it is revoked. Only a hash of its token is kept.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace calendar {

// A feed whose maker may still read what it shows.
struct Feed {
    int64_t id = 0, user_id = 0;
    std::optional<int64_t> team_id;
    std::string name;  // of the user or the team
};

// Inside a transaction. The token, which is not seen again. team_id: of a team, else the user's own.
std::string add_feed(guichet::Ctx ctx, std::optional<int64_t> team_id);
void revoke_feed(guichet::Ctx ctx, int64_t feed_id);
// [{id, team, created_at, read_at}] of who acts.
guichet::Value feeds_of_user(guichet::Ctx ctx);
std::optional<Feed> find_feed(guichet::Ctx ctx, std::string_view token);

}  // namespace calendar
