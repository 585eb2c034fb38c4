#include "auth/provisioning.hpp"

#include "auth/teams.hpp"
#include "auth/users.hpp"

namespace host::auth {
namespace {

// Somebody outside must not be able to become another by his address: only one who is active and alone with it is the same.
constexpr const char* kFind =
    "with by_login as (select id, active, password_hash from core.app_user where lower(login) = lower($1)),"
    " by_email as (select min(id) as id from core.app_user where active and $2 <> '' and lower(email) = lower($2) having count(*) = 1)"
    " select id, active, password_hash is not null from by_login"
    " union all select u.id, u.active, u.password_hash is not null from core.app_user u join by_email e on e.id = u.id"
    " where not exists (select from by_login) limit 1";

std::int64_t reading_profile(db::Connection& connection) {
    const auto rows = connection.exec("select id from core.profile where not everything order by code <> 'reader', id limit 1");
    return rows.empty() ? 0 : rows.i64(0, 0);
}

}  // namespace

base::Result<Outcome> provision_user(db::Connection& connection, const KnownUser& known) {
    const auto found = connection.exec(kFind, {known.login, known.email});
    if (!found.empty()) {
        const auto id = found.i64(0, 0);
        const bool active = found.boolean(0, 1), may_log_in = found.boolean(0, 2);
        if (active && !known.active && !may_log_in)
            if (auto problems = set_active(connection, id, false); !problems.empty()) return problems;
        return Outcome{id, Provisioned::known};
    }
    if (!known.active) return Outcome{std::nullopt, Provisioned::left_out};
    User user;
    user.login = known.login;
    user.name = known.name.empty() ? known.login : known.name;
    user.email = known.email;
    user.language = known.language;
    user.profile_id = reading_profile(connection);
    auto added = add_user(connection, user, {});
    if (!added) return added.problems();
    return Outcome{*added, Provisioned::created};
}

base::Result<Outcome> provision_team(db::Connection& connection, std::string_view name, const std::vector<std::int64_t>& members) {
    Outcome outcome;
    const auto found = connection.exec("select id from core.team where lower(name) = lower($1) order by active desc, id limit 1", {name});
    if (found.empty()) {
        auto added = add_team(connection, name);
        if (!added) return added.problems();
        outcome = {*added, Provisioned::created};
    } else {
        outcome = {found.i64(0, 0), Provisioned::known};
    }
    for (const auto member : members) (void)set_member(connection, *outcome.id, member, true);
    return outcome;
}

}  // namespace host::auth
