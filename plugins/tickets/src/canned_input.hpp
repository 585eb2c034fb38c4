// What a form or a JSON body wants a canned reply to be.
#pragma once

#include "canned_store.hpp"

namespace tickets {

// team: "" for everybody, else the id or name of a team, or the one that is stored.
struct TypedReply {
    std::string name, body, team;
    bool active = true;
};

CannedReply check_reply(const Call& call, const TypedReply& typed, std::optional<int64_t> stored_team, guichet::Problems& problems);

}  // namespace tickets
