// Users and teams that another system knows: brought in without giving anybody access. Each function is one step of the caller's
// transaction. The rules are those of guichet/abi/administration.h.
#pragma once

#include "base/result.hpp"
#include "db/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::auth {

enum class Provisioned { created, known, left_out };

struct Outcome {
    std::optional<std::int64_t> id;  // none when it was left out
    Provisioned what = Provisioned::known;
};

struct KnownUser {
    std::string login, name, email, language;
    bool active = true;
};
// Problems as add_user() has them.
base::Result<Outcome> provision_user(db::Connection& connection, const KnownUser& user);
// Problems as add_team() has them; members that do not exist or are not active are passed over.
base::Result<Outcome> provision_team(db::Connection& connection, std::string_view name, const std::vector<std::int64_t>& members);

}  // namespace host::auth
