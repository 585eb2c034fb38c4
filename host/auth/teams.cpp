#include "auth/teams.hpp"

#include "base/strings.hpp"

namespace host::auth {
namespace {

constexpr std::size_t kLongestName = 80;

base::Problems done_or_unknown(const db::Rows& rows) {
    if (rows.affected() > 0) return {};
    return {{"team.unknown", "there is no such team", {}}};
}

std::vector<Team> read(db::Connection& connection, std::int64_t id) {
    const auto rows = connection.exec(
        "select id, name, active, (select count(*) from core.team_member m join core.app_user u on u.id = m.user_id and u.active where "
        "m.team_id = t.id)"
        " from core.team t where $1::bigint = 0 or id = $1 order by lower(name), id",
        {id});
    std::vector<Team> out;
    for (std::size_t r = 0; r < rows.size(); ++r)
        out.push_back({rows.i64(r, 0), std::string{rows.text(r, 1)}, rows.boolean(r, 2), rows.i64(r, 3)});
    return out;
}

base::Problems check_name(db::Connection& connection, std::string_view name, std::int64_t own_id) {
    if (name.empty() || base::count_code_points(name) > kLongestName) return {{"team.name", "a name has 1 to 80 characters", "name"}};
    if (!connection.exec("select from core.team where lower(name) = lower($1) and id <> $2", {name, own_id}).empty())
        return {{"team.name_taken", "there is a team of this name", "name"}};
    return {};
}

}  // namespace

std::vector<Team> read_teams(db::Connection& connection) { return read(connection, 0); }

std::optional<Team> find_team(db::Connection& connection, std::int64_t id) {
    auto found = id == 0 ? std::vector<Team>{} : read(connection, id);
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

base::Result<std::int64_t> add_team(db::Connection& connection, std::string_view name) {
    if (auto problems = check_name(connection, name, 0); !problems.empty()) return problems;
    const auto added = connection.exec("insert into core.team (name) values ($1) on conflict (name) do nothing returning id", {name});
    if (added.empty()) return base::Problem{"team.name_taken", "there is a team of this name", "name"};
    return added.i64(0, 0);
}

base::Problems rename_team(db::Connection& connection, std::int64_t id, std::string_view name) {
    if (auto problems = check_name(connection, name, id); !problems.empty()) return problems;
    return done_or_unknown(connection.exec("update core.team set name = $2 where id = $1", {id, name}));
}

base::Problems activate_team(db::Connection& connection, std::int64_t id, bool active) {
    return done_or_unknown(connection.exec("update core.team set active = $2 where id = $1", {id, active}));
}

base::Problems set_member(db::Connection& connection, std::int64_t id, std::int64_t user_id, bool member) {
    if (!member) {
        connection.exec("delete from core.team_member where team_id = $1 and user_id = $2", {id, user_id});
        return {};
    }
    const auto added = connection.exec(
        "insert into core.team_member (team_id, user_id) select $1, id from core.app_user where id = $2 and active"
        " on conflict (team_id, user_id) do update set user_id = excluded.user_id",
        {id, user_id});
    if (added.affected() > 0) return {};
    return {{"team.member", "there is no such user", "user"}};
}

}  // namespace host::auth
