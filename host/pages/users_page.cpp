// Users: the list, and adding one. One user's own page: user_page.cpp.
#include "auth/profiles.hpp"
#include "auth/teams.hpp"
#include "base/strings.hpp"
#include "mail/address.hpp"
#include "pages/ids.hpp"
#include "pages/profile_name.hpp"
#include "pages/routes.hpp"
#include "pages/user_choices.hpp"

namespace host::pages {
namespace {

using base::Value;
using web::Call;

constexpr std::size_t kUsers = 50;

struct Filter {
    std::string q, state;  // state: "" = active, "inactive", "all"
    std::int64_t profile = 0, team = 0, after = 0;
    bool set() const { return !q.empty() || !state.empty() || profile || team; }
};

Filter read_filter(const http::Request& request) {
    const auto get = [&](std::string_view name) { return std::string{base::trim(request.query_value(name).value_or(""))}; };
    Filter f{get("q"), get("state"), to_id(get("profile")), to_id(get("team")), to_id(get("after"))};
    if (f.state != "inactive" && f.state != "all") f.state.clear();
    if (base::contains_nul(f.q) || !base::valid_utf8(f.q)) f.q.clear();
    return f;
}

db::Rows read_users(db::Connection& connection, const Filter& f) {
    return connection.exec(
        "select u.id, u.login, u.name, coalesce(u.email, '') as email, u.active, p.code as profile_code, p.name as profile,"
        " (select string_agg(t.name, ', ' order by lower(t.name)) from core.team_member m join core.team t on t.id = m.team_id and t.active"
        "  where m.user_id = u.id) as teams"
        " from core.app_user u join core.profile p on p.id = u.profile_id"
        " where ($1 = '' or strpos(lower(core.unaccent(concat_ws(' ', u.name, u.login, u.email))), lower(core.unaccent($1))) > 0)"
        " and ($2 = 'all' or u.active = ($2 <> 'inactive'))"
        " and ($3::bigint = 0 or u.profile_id = $3)"
        " and ($4::bigint = 0 or exists (select from core.team_member m where m.user_id = u.id and m.team_id = $4))"
        " and ($5::bigint = 0 or (lower(u.name), u.id) > (select lower(name), id from core.app_user where id = $5))"
        " order by lower(u.name), u.id limit $6",
        {f.q, f.state, f.profile, f.team, f.after, kUsers + 1});
}

void add_users(Call& call, Value& data, const db::Rows& rows) {
    auto* users = data.add_array("users");
    for (std::size_t r = 0; r < rows.size() && r < kUsers; ++r) {
        auto* user = rows.row_value(call.ctx.arena, r);
        const auto email = user->get("email")->as_string();
        user->set("profile",
                  std::string_view{profile_name(call, user->get("profile_code")->as_string(), user->get("profile")->as_string())});
        user->set("bad_email", !email.empty() && !mail::is_address(email));
        users->push(user);
    }
    if (rows.size() > kUsers) data.set("next", rows.i64(kUsers - 1, 0));
}

// All of them: the ones that one may look for.
void add_choices(Call& call, db::Connection& connection, Value& data) {
    auto* profiles = data.add_array("profiles");
    for (const auto& profile : auth::read_profiles(connection))
        profiles->push(choice(call, std::to_string(profile.id), profile_name(call, profile.code, profile.name)));
    auto* teams = data.add_array("teams");
    for (const auto& team : auth::read_teams(connection)) teams->push(choice(call, std::to_string(team.id), team.name));
}

http::Response get_users(Call& call) {
    const auto filter = read_filter(call.request);
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Users")});
    auto lease = call.site.pool.acquire();
    add_users(call, *data, read_users(*lease, filter));
    add_choices(call, *lease, *data);
    auto* shown = data->add_object("filter");
    shown->set("q", std::string_view{filter.q});
    shown->set("state", std::string_view{filter.state});
    shown->set("profile", std::string_view{filter.profile ? std::to_string(filter.profile) : ""});
    shown->set("team", std::string_view{filter.team ? std::to_string(filter.team) : ""});
    data->set("filtered", filter.set());
    data->set("first", filter.after == 0);
    return web::page(call, "users.html", *data);
}

}  // namespace

std::vector<web::HostRoute> users_routes() { return {{"GET", "/admin/users", "core.users", false, get_users}}; }

}  // namespace host::pages
