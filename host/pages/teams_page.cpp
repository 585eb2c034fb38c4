// Teams: who works together. Rights on "their team's data" and lists of teams follow them.
#include "abi/audit.hpp"
#include "auth/teams.hpp"
#include "base/strings.hpp"
#include "pages/changes.hpp"
#include "pages/ids.hpp"
#include "pages/routes.hpp"

namespace host::pages {
namespace {

using base::Value;
using web::Call;

constexpr std::string_view kPath = "/admin/teams";

std::string path_of(std::int64_t id) { return std::string{kPath} + '/' + std::to_string(id); }

std::string explain(Call& call, const base::Problem& problem) {
    if (problem.code == "team.name_taken") return call.tr("There is a team of this name already.");
    if (problem.code == "team.member") return call.tr("Choose one of the users.");
    if (problem.code == "team.unknown") return call.tr("This team is no longer there.");
    return call.tr("Give a name of at most 80 characters.");
}

Value* errors_of(Call& call, const base::Problems& problems) {
    auto* errors = Value::object(call.ctx.arena);
    for (const auto& problem : problems)
        errors->set(problem.path.empty() ? "name" : problem.path, std::string_view{explain(call, problem)});
    return errors;
}

// ----------------------------------------------------------------------------------------------- list

http::Response show_list(Call& call, const Value& errors, int status) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Teams")});
    auto* teams = data->add_array("teams");
    for (const auto& team : auth::read_teams(*call.site.pool.acquire())) {
        auto* row = teams->add_object({});
        row->set("id", team.id);
        row->set("name", std::string_view{team.name});
        row->set("active", team.active);
        row->set("members", team.members);
    }
    data->set("errors", &errors);
    data->set("entered", call.form_value("name"));
    return web::page(call, "teams.html", *data, status);
}

http::Response get_teams(Call& call) { return show_list(call, *Value::object(call.ctx.arena), 200); }

http::Response post_add(Call& call) {
    const std::string name{base::trim(call.form_value("name"))};
    db::Transaction transaction{call.site.pool};
    const auto added = auth::add_team(transaction.connection(), name);
    if (!added) return show_list(call, *errors_of(call, added.problems()), 422);
    core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.team_added", "team/" + name));
    transaction.commit();
    call.site.reference.invalidate();
    return web::redirect(path_of(*added) + "?done=added");
}

// ------------------------------------------------------------------------------------------- one team

struct Shown {
    std::string name, message;
    const Value* errors = nullptr;
    int status = 200;
};

http::Response show(Call& call, const auth::Team& team, const Shown& shown) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{team.name});
    data->set("id", team.id);
    data->set("team", std::string_view{team.name});
    data->set("active", team.active);
    data->set("name", std::string_view{shown.name});
    auto lease = call.site.pool.acquire();
    data->set("members",
              lease
                  ->exec("select u.id, u.name, u.login, u.active from core.team_member m join core.app_user u on u.id = m.user_id"
                         " where m.team_id = $1 order by lower(u.name), u.id",
                         {team.id})
                  .to_value(call.ctx.arena));
    data->set(
        "others",
        lease
            ->exec(
                "select u.id, u.name || ' (' || u.login || ')' as label from core.app_user u where u.active"
                " and not exists (select from core.team_member m where m.team_id = $1 and m.user_id = u.id) order by lower(u.name), u.id",
                {team.id})
            .to_value(call.ctx.arena));
    data->set("errors", shown.errors ? shown.errors : Value::object(call.ctx.arena));
    data->set("message", std::string_view{shown.message});
    return web::page(call, "team.html", *data, shown.status);
}

http::Response get_team(Call& call) {
    const auto team = auth::find_team(*call.site.pool.acquire(), to_id(call.param("id")));
    if (!team) return web::not_found(call);
    const auto done = call.request.query_value("done").value_or("");
    std::string message;
    if (done == "added") message = call.tr("The team is added. Say who is in it.");
    if (done == "saved") message = call.tr("The team is saved.");
    return show(call, *team, {team->name, message, nullptr, 200});
}

// One change of a team. make: of the transaction, gives problems; details: for the audit log.
template <class Make>
http::Response change(Call& call, Make&& make) {
    db::Transaction transaction{call.site.pool};
    const auto team = auth::find_team(transaction.connection(), to_id(call.param("id")));
    if (!team) return web::not_found(call);
    Changes changes;
    if (const base::Problems problems = make(transaction.connection(), *team, changes); !problems.empty())
        return show(call, *team,
                    {std::string{call.form_value("name").empty() ? std::string_view{team->name} : call.form_value("name")},
                     {},
                     errors_of(call, problems),
                     422});
    core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.team_changed", "team/" + team->name, changes.json()));
    transaction.commit();
    call.site.reference.invalidate();
    call.site.sessions.invalidate();
    return web::redirect(path_of(team->id) + "?done=saved");
}

http::Response post_rename(Call& call) {
    return change(call, [&](auto& connection, const auth::Team& team, Changes& changes) {
        const auto name = base::trim(call.form_value("name"));
        changes.add("name", team.name, name);
        return auth::rename_team(connection, team.id, name);
    });
}

http::Response post_active(Call& call) {
    return change(call, [&](auto& connection, const auth::Team& team, Changes& changes) {
        const bool active = call.form_value("active") == "1";
        changes.add("active", team.active ? "yes" : "no", active ? "yes" : "no");
        return auth::activate_team(connection, team.id, active);
    });
}

http::Response post_member(Call& call) {
    return change(call, [&](auto& connection, const auth::Team& team, Changes& changes) {
        const auto user = call.form_value("user");
        const bool member = call.form_value("member") == "1";
        changes.add("member", member ? "" : user, member ? user : "");
        return auth::set_member(connection, team.id, to_id(user), member);
    });
}

}  // namespace

std::vector<web::HostRoute> teams_routes() {
    const std::string permission = "core.users", path{kPath}, team = path + "/{id}";
    return {
        {"GET", path, permission, false, get_teams},
        {"POST", path, permission, false, post_add},
        {"GET", team, permission, false, get_team},
        {"POST", team, permission, false, post_rename},
        {"POST", team + "/active", permission, false, post_active},
        {"POST", team + "/members", permission, false, post_member},
    };
}

}  // namespace host::pages
