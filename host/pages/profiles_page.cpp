// Profiles: what their users may do, module by module (S0-03, S0-04). For administrators only.
#include "abi/audit.hpp"
#include "auth/profiles.hpp"
#include "base/strings.hpp"
#include "pages/changes.hpp"
#include "pages/ids.hpp"
#include "pages/profile_name.hpp"
#include "pages/rights_form.hpp"
#include "pages/routes.hpp"

namespace host::pages {
namespace {

using base::Value;
using web::Call;

constexpr std::string_view kPath = "/admin/profiles";

std::string path_of(std::int64_t id) { return std::string{kPath} + '/' + std::to_string(id); }

std::string explain(Call& call, const base::Problem& problem) {
    if (problem.code == "profile.name_taken") return call.tr("There is a profile of this name already.");
    if (problem.code == "profile.used") return call.tr("Users have this profile. Give them another one first.");
    if (problem.code == "profile.stale")
        return call.tr("Somebody else has changed this profile meanwhile. What you chose is shown: save again to keep it.");
    if (problem.code == "profile.unknown") return call.tr("This profile is no longer there.");
    return call.tr("Give a name of at most 80 characters.");
}

Value* errors_of(Call& call, const base::Problems& problems) {
    auto* errors = Value::object(call.ctx.arena);
    for (const auto& problem : problems)
        if (!problem.path.empty()) errors->set(problem.path, std::string_view{explain(call, problem)});
    return errors;
}

// ----------------------------------------------------------------------------------------------- list

http::Response show_list(Call& call, std::string_view message, std::string_view problem, const Value& errors, int status) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Profiles")});
    auto* profiles = data->add_array("profiles");
    auto* copies = data->add_array("copies");
    auto lease = call.site.pool.acquire();
    for (const auto& profile : auth::read_profiles(*lease)) {
        auto* row = profiles->add_object({});
        row->set("id", profile.id);
        row->set("name", std::string_view{profile_name(call, profile.code, profile.name)});
        row->set("everything", profile.everything);
        row->set("users", profile.users);
        if (profile.everything) continue;
        auto* option = copies->add_object({});
        option->set("value", std::string_view{std::to_string(profile.id)});
        option->set("label", std::string_view{profile_name(call, profile.code, profile.name)});
    }
    data->set("message", message);
    data->set("problem", problem);
    data->set("errors", &errors);
    auto* entered = data->add_object("entered");
    for (const auto* name : {"name", "copy_of"}) entered->set(name, call.form_value(name));
    return web::page(call, "profiles.html", *data, status);
}

http::Response get_list(Call& call) {
    const auto done = call.request.query_value("done").value_or("");
    return show_list(call, done == "deleted" ? call.tr("The profile is deleted.") : std::string{}, {}, *Value::object(call.ctx.arena), 200);
}

http::Response post_add(Call& call) {
    db::Transaction transaction{call.site.pool};
    const auto added = auth::add_profile(transaction.connection(), base::trim(call.form_value("name")), to_id(call.form_value("copy_of")));
    if (!added) return show_list(call, {}, {}, *errors_of(call, added.problems()), 422);
    core::audit(transaction.connection(),
                abi::audit_line(call.ctx, "core.profile_added", "profile/" + auth::find_profile(transaction.connection(), *added)->code));
    transaction.commit();
    return web::redirect(path_of(*added) + "?done=added");
}

// ---------------------------------------------------------------------------------------- one profile

struct Shown {
    std::string name;
    const auth::Levels* levels;
    const Value* errors = nullptr;
    std::string message, problem;
    int status = 200;
};

http::Response show(Call& call, const auth::Profile& profile, const Shown& shown) {
    const auto* errors = shown.errors ? shown.errors : Value::object(call.ctx.arena);
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{profile_name(call, profile.code, profile.name)});
    data->set("id", profile.id);
    data->set("name", std::string_view{shown.name});
    data->set("everything", profile.everything);
    data->set("version", profile.version);
    data->set("users", profile.users);
    const auto* modules = profile.everything ? Value::array(call.ctx.arena) : rights_form(call, *shown.levels, *errors);
    std::string names;
    for (std::size_t i = 0; i < modules->size(); ++i) names.append(i ? "," : "").append(modules->at(i)->get("id")->as_string());
    data->set("modules", modules);
    data->set("module_names", std::string_view{names});
    data->set("errors", errors);
    data->set("message", std::string_view{shown.message});
    data->set("problem", std::string_view{shown.problem});
    return web::page(call, "profile.html", *data, shown.status);
}

std::optional<auth::Profile> find(Call& call, db::Connection& connection) {
    return auth::find_profile(connection, to_id(call.param("id")));
}

http::Response get_profile(Call& call) {
    auto lease = call.site.pool.acquire();
    const auto profile = find(call, *lease);
    if (!profile) return web::not_found(call);
    const auto levels = auth::read_levels(*lease, profile->id);
    const auto done = call.request.query_value("done").value_or("");
    std::string message;
    if (done == "added") message = call.tr("The profile is added. Say what its users may do.");
    if (done == "saved") message = call.tr("The profile is saved. It counts from the next page on.");
    return show(call, *profile, {profile_name(call, profile->code, profile->name), &levels, nullptr, message, {}, 200});
}

// Both or none of the two: the name, and what it gives.
base::Problems save(Call& call, db::Connection& connection, const auth::Profile& profile, std::string_view name,
                    const auth::Levels& levels) {
    Changes changes;
    if (name != profile_name(call, profile.code, profile.name)) {
        if (auto problems = auth::rename_profile(connection, profile.id, name); !problems.empty()) return problems;
        changes.add("name", profile.name, name);
    }
    if (!profile.everything) {
        const auto set = auth::set_levels(connection, profile.id, to_id(call.form_value("version")), levels);
        if (!set) return set.problems();
        for (const auto& change : *set) changes.add(change.permission, auth::to_text(change.from), auth::to_text(change.to));
    }
    if (!changes.empty())
        core::audit(connection, abi::audit_line(call.ctx, "core.profile_changed", "profile/" + profile.code, changes.json()));
    return {};
}

http::Response post_profile(Call& call) {
    db::Transaction transaction{call.site.pool};
    const auto profile = find(call, transaction.connection());
    if (!profile) return web::not_found(call);
    auto* errors = Value::object(call.ctx.arena);
    const std::string name{base::trim(call.form_value("name"))};
    const auto levels = profile->everything ? auth::Levels{} : read_rights(call, *errors);
    if (errors->size() > 0) return show(call, *profile, {name, &levels, errors, {}, {}, 422});
    if (const auto problems = save(call, transaction.connection(), *profile, name, levels); !problems.empty()) {
        const bool stale = problems.front().code == "profile.stale";
        return show(call, *profile,
                    {name, &levels, errors_of(call, problems), {}, stale ? explain(call, problems.front()) : "", stale ? 409 : 422});
    }
    transaction.commit();
    call.site.sessions.invalidate();
    return web::redirect(path_of(profile->id) + "?done=saved");
}

http::Response post_delete(Call& call) {
    db::Transaction transaction{call.site.pool};
    const auto profile = find(call, transaction.connection());
    if (!profile) return web::not_found(call);
    if (const auto problems = auth::delete_profile(transaction.connection(), profile->id); !problems.empty())
        return show_list(call, {}, explain(call, problems.front()), *Value::object(call.ctx.arena), 422);
    core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.profile_deleted", "profile/" + profile->code));
    transaction.commit();
    return web::redirect(std::string{kPath} + "?done=deleted");
}

}  // namespace

std::vector<web::HostRoute> profiles_routes() {
    const std::string permission = "core.profiles", path{kPath};
    return {
        {"GET", path, permission, false, get_list},
        {"POST", path, permission, false, post_add},
        {"GET", path + "/{id}", permission, false, get_profile},
        {"POST", path + "/{id}", permission, false, post_profile},
        {"POST", path + "/{id}/delete", permission, false, post_delete},
    };
}

}  // namespace host::pages
