#include "auth/profiles.hpp"

#include "base/strings.hpp"

#include <algorithm>

namespace host::auth {
namespace {

constexpr std::size_t kLongestName = 80;

base::Problems unknown() { return {{"profile.unknown", "there is no such profile", {}}}; }

// With its number of active users.
constexpr std::string_view kProfilesSql =
    "select p.id, p.code, p.name, p.everything, p.version, (select count(*) from core.app_user u where u.profile_id = p.id and u.active)"
    " from core.profile p where $1::bigint = 0 or p.id = $1 order by p.everything desc, lower(p.name)";

std::vector<Profile> read(db::Connection& connection, std::int64_t id) {
    const auto rows = connection.exec(kProfilesSql, {id});
    std::vector<Profile> out;
    for (std::size_t r = 0; r < rows.size(); ++r)
        out.push_back({rows.i64(r, 0), std::string{rows.text(r, 1)}, std::string{rows.text(r, 2)}, rows.boolean(r, 3), rows.i64(r, 4),
                       rows.i64(r, 5)});
    return out;
}

base::Problems check_name(db::Connection& connection, std::string_view name, std::int64_t own_id) {
    if (name.empty() || base::count_code_points(name) > kLongestName) return {{"profile.name", "a name has 1 to 80 characters", "name"}};
    if (!connection.exec("select from core.profile where lower(name) = lower($1) and id <> $2", {name, own_id}).empty())
        return {{"profile.name_taken", "there is a profile of this name", "name"}};
    return {};
}

}  // namespace

std::vector<Profile> read_profiles(db::Connection& connection) { return read(connection, 0); }

std::optional<Profile> find_profile(db::Connection& connection, std::int64_t id) {
    auto found = id == 0 ? std::vector<Profile>{} : read(connection, id);
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

Levels read_levels(db::Connection& connection, std::int64_t profile_id) {
    const auto rows = connection.exec("select permission, level from core.profile_grant where profile_id = $1", {profile_id});
    Levels out;
    for (std::size_t r = 0; r < rows.size(); ++r) out[std::string{rows.text(r, 0)}] = static_cast<Level>(rows.i64(r, 1));
    return out;
}

bool covers(db::Connection& connection, const Principal& who, std::int64_t profile_id) {
    if (who.everything) return true;
    const auto profile = find_profile(connection, profile_id);
    if (!profile || profile->everything) return false;
    return std::ranges::all_of(read_levels(connection, profile_id),
                               [&](const auto& given) { return given.second <= who.level(given.first); });
}

base::Result<std::int64_t> add_profile(db::Connection& connection, std::string_view name, std::int64_t copy_of) {
    if (auto problems = check_name(connection, name, 0); !problems.empty()) return problems;
    if (copy_of != 0 && !find_profile(connection, copy_of)) return base::Problem{"profile.unknown", "there is no such profile", "copy_of"};
    const auto added = connection.exec(
        "with made as (select coalesce(nullif(trim('_' from left(regexp_replace(lower(core.unaccent($1)), '[^a-z0-9]+', '_', 'g'), 30)), "
        "''),"
        " 'profile') as code), numbered as (select c from made, generate_series(1, 1000) n,"
        " lateral (select code || case when n = 1 then '' else '_' || n end as c) t"
        " where not exists (select from core.profile where code = c) order by n limit 1)"
        " insert into core.profile (code, name) select c, $1 from numbered returning id",
        {name});
    const auto id = added.i64(0, 0);
    connection.exec(
        "insert into core.profile_grant (profile_id, permission, level) select $1, permission, level from core.profile_grant"
        " where profile_id = $2",
        {id, copy_of});
    return id;
}

base::Problems rename_profile(db::Connection& connection, std::int64_t id, std::string_view name) {
    if (auto problems = check_name(connection, name, id); !problems.empty()) return problems;
    return connection.exec("update core.profile set name = $2 where id = $1", {id, name}).affected() > 0 ? base::Problems{} : unknown();
}

base::Problems delete_profile(db::Connection& connection, std::int64_t id) {
    if (connection.exec("select from core.profile where id = $1 and not everything for update", {id}).empty()) return unknown();
    if (!connection.exec("select from core.app_user where profile_id = $1 limit 1", {id}).empty())
        return {{"profile.used", "users have this profile", {}}};
    connection.exec("delete from core.profile where id = $1", {id});
    return {};
}

base::Result<std::vector<LevelChange>> set_levels(db::Connection& connection, std::int64_t id, std::int64_t version, const Levels& levels) {
    if (connection.exec("update core.profile set version = version + 1 where id = $1 and version = $2 and not everything", {id, version})
            .affected() == 0)
        return base::Problem{"profile.stale", "the profile was changed meanwhile", {}};
    const auto before = read_levels(connection, id);
    std::vector<LevelChange> changes;
    for (const auto& [permission, level] : levels) {
        const auto stored = before.find(permission);
        const auto from = stored == before.end() ? Level::none : stored->second;
        if (from == level) continue;
        connection.exec(
            "insert into core.profile_grant (profile_id, permission, level) values ($1, $2, $3)"
            " on conflict (profile_id, permission) do update set level = excluded.level",
            {id, permission, static_cast<int>(level)});
        changes.push_back({permission, from, level});
    }
    return changes;
}

}  // namespace host::auth
