// One user, as an administrator edits him: who he is, what he may do, his password and API keys, whether he may come in.
#include "abi/audit.hpp"
#include "auth/profiles.hpp"
#include "auth/users.hpp"
#include "base/random.hpp"
#include "base/strings.hpp"
#include "mail/address.hpp"
#include "pages/changes.hpp"
#include "pages/ids.hpp"
#include "pages/password_problem.hpp"
#include "pages/profile_name.hpp"
#include "pages/routes.hpp"
#include "pages/user_choices.hpp"

#include <algorithm>

namespace host::pages {
namespace {

using base::Value;
using web::Call;

constexpr std::string_view kPath = "/admin/users";
constexpr std::size_t kGeneratedPassword = 12;  // bytes, 16 characters

std::string path_of(std::int64_t id) { return std::string{kPath} + '/' + std::to_string(id); }

std::string explain(Call& call, const base::Problem& problem) {
    if (problem.code == "login_invalid") return call.tr("A login has 1 to 80 letters without accents, digits or . _ @ -");
    if (problem.code == "login_taken") return call.tr("There is a user of this login already.");
    if (problem.code == "name_invalid") return call.tr("Enter a name of at most 120 characters.");
    if (problem.code == "email_invalid") return call.tr("This is no e-mail address.");
    if (problem.code == "language_unknown") return call.tr("Choose one of the languages.");
    if (problem.code == "profile_unknown") return call.tr("Choose one of the profiles.");
    if (problem.code == "team_unknown") return call.tr("One of the teams is no longer there.");
    if (problem.code == "last_administrator")
        return call.tr("Nobody would be left who may do everything. Make somebody else an administrator first.");
    if (problem.code == "user_stale")
        return call.tr("Somebody else has changed this user meanwhile. What you entered is shown: save again to keep it.");
    return password_problem(call, problem);
}

Value* errors_of(Call& call, const base::Problems& problems) {
    auto* errors = Value::object(call.ctx.arena);
    for (const auto& problem : problems)
        if (!problem.path.empty()) errors->set(problem.path, std::string_view{explain(call, problem)});
    return errors;
}

struct Shown {
    std::string message, problem, new_password;
    const Value* errors = nullptr;
    int status = 200;
};

void add_form(Call& call, db::Connection& connection, Value& data, const auth::User& user, const Shown& shown) {
    data.set("id", user.id);
    data.set("version", user.version);
    auto* form = data.add_object("form");
    form->set("login", std::string_view{user.login});
    form->set("name", std::string_view{user.name});
    form->set("email", std::string_view{user.email});
    form->set("language", std::string_view{user.language});
    form->set("profile", std::string_view{user.profile_id ? std::to_string(user.profile_id) : ""});
    data.set("languages", language_choices(call));
    data.set("profiles", profile_choices(call, connection, user.profile_id));
    data.set("teams", team_choices(call, connection, user.teams));
    data.set("errors", shown.errors ? shown.errors : Value::object(call.ctx.arena));
    data.set("message", std::string_view{shown.message});
    data.set("problem", std::string_view{shown.problem});
    data.set("new_password", std::string_view{shown.new_password});
}

http::Response show_new(Call& call, const auth::User& user, const Shown& shown) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Add a user")});
    auto lease = call.site.pool.acquire();
    add_form(call, *lease, *data, user, shown);
    return web::page(call, "user_new.html", *data, shown.status);
}

http::Response show(Call& call, const auth::User& stored, const auth::User& entered, const Shown& shown) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{stored.name});
    auto lease = call.site.pool.acquire();
    add_form(call, *lease, *data, entered, shown);
    data->set("name", std::string_view{stored.name});
    data->set("login", std::string_view{stored.login});
    data->set("active", stored.active);
    data->set("password_due", stored.password_due);
    data->set("is_self", stored.id == call.ctx.principal.user_id);
    data->set("may_manage", auth::covers(*lease, call.ctx.principal, stored.profile_id));
    data->set("no_email", stored.email.empty());
    data->set("bad_email", !stored.email.empty() && !mail::is_address(stored.email));
    data->set(
        "keys",
        lease->exec("select id, label, created_at from core.api_key where user_id = $1 and revoked_at is null order by id", {stored.id})
            .to_value(call.ctx.arena));
    return web::page(call, "user.html", *data, shown.status);
}

// --- who he is ---

auth::User read_form(Call& call, auth::User user) {
    const auto get = [&](std::string_view name) { return std::string{base::trim(call.form_value(name))}; };
    user.login = get("login");
    user.name = get("name");
    user.email = get("email");
    user.language = get("language");
    user.profile_id = to_id(get("profile"));
    user.version = to_id(get("version"));
    user.teams.clear();
    for (const auto& [name, value] : call.form)
        if (const auto id = to_id(value); name == "teams" && std::ranges::find(user.teams, id) == user.teams.end())
            user.teams.push_back(id);
    return user;
}

// All that is wrong at once: the rules of users, and addresses, languages, and that nobody gives rights that he has not.
base::Problems check(Call& call, db::Connection& connection, const auth::User& user, std::int64_t profile_before) {
    auto problems = auth::check_user(connection, user);
    if (!user.email.empty() && !mail::is_address(user.email)) problems.push_back({"email_invalid", "no e-mail address", "email"});
    if (!user.language.empty() && std::ranges::find(i18n::kLanguages, user.language) == std::end(i18n::kLanguages))
        problems.push_back({"language_unknown", "no such language", "language"});
    if (user.profile_id != profile_before && !auth::covers(connection, call.ctx.principal, user.profile_id))
        problems.push_back({"profile_unknown", "not a profile he may give", "profile"});
    return problems;
}

std::string profile_label(Call& call, db::Connection& connection, std::int64_t id) {
    const auto profile = auth::find_profile(connection, id);
    return profile ? profile_name(call, profile->code, profile->name) : std::string{};
}

void add_changes(Call& call, db::Connection& connection, const auth::User& from, const auth::User& to, Changes& changes) {
    const auto teams = [&](const auth::User& user) {
        std::string out;
        for (const auto id : user.teams) out.append(out.empty() ? "" : ", ").append(std::to_string(id));
        return out;
    };
    changes.add("login", from.login, to.login);
    changes.add("name", from.name, to.name);
    changes.add("email", from.email, to.email);
    changes.add("language", from.language, to.language);
    if (from.profile_id != to.profile_id)
        changes.add("profile", profile_label(call, connection, from.profile_id), profile_label(call, connection, to.profile_id));
    changes.add("teams", teams(from), teams(to));
}

http::Response get_new(Call& call) { return show_new(call, {}, {}); }

http::Response post_new(Call& call) {
    auto user = read_form(call, {});
    user.password_due = call.form_value("password_due") == "1";
    const auto typed = call.form_value("password");
    const auto generated = typed.empty() ? base::random_token(kGeneratedPassword) : std::string{};
    db::Transaction transaction{call.site.pool};
    auto problems = check(call, transaction.connection(), user, 0);
    if (!typed.empty())
        for (auto& problem : auth::check_password(typed, {user.login, user.name, user.email})) problems.push_back(std::move(problem));
    const auto added = problems.empty()
                           ? auth::add_user(transaction.connection(), user, typed.empty() ? std::string_view{generated} : typed)
                           : base::Result<std::int64_t>{std::move(problems)};
    if (!added) return show_new(call, user, {{}, {}, {}, errors_of(call, added.problems()), 422});
    core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.user_added", "user/" + user.login));
    transaction.commit();
    call.site.reference.invalidate();
    if (!typed.empty()) return web::redirect(path_of(*added) + "?done=added");
    const auto stored = auth::read_user(*call.site.pool.acquire(), *added);
    return show(call, *stored, *stored, {call.tr("The user is added."), {}, generated, nullptr, 200});
}

std::string done_message(Call& call) {
    const auto done = call.request.query_value("done").value_or("");
    if (done == "added") return call.tr("The user is added.");
    if (done == "saved") return call.tr("The user is saved. It counts from the next page on.");
    if (done == "deactivated") return call.tr("The user can no longer log in. Sessions are closed and API keys revoked.");
    if (done == "activated") return call.tr("The user can log in again.");
    if (done == "revoked") return call.tr("The API key is revoked.");
    if (done == "password") return call.tr("The password is changed. Sessions are closed and API keys revoked.");
    return {};
}

http::Response get_user(Call& call) {
    const auto user = auth::read_user(*call.site.pool.acquire(), to_id(call.param("id")));
    if (!user) return web::not_found(call);
    return show(call, *user, *user, {done_message(call), {}, {}, nullptr, 200});
}

http::Response denied(Call& call, const auth::User& user) {
    return show(call, user, user,
                {{}, call.tr("This user may do more than you. Only an administrator can change this one."), {}, nullptr, 403});
}

// What every change begins with. Run by the routes below; f is given the transaction and the user as stored.
template <class F>
http::Response change(Call& call, F&& f) {
    db::Transaction transaction{call.site.pool};
    const auto user = auth::read_user(transaction.connection(), to_id(call.param("id")));
    if (!user) return web::not_found(call);
    if (!auth::covers(transaction.connection(), call.ctx.principal, user->profile_id)) return denied(call, *user);
    auto response = f(transaction, *user);
    call.site.sessions.invalidate();
    call.site.reference.invalidate();
    return response;
}

http::Response post_user(Call& call) {
    return change(call, [&](db::Transaction& transaction, const auth::User& stored) {
        const auto entered = read_form(call, stored);
        auto problems = check(call, transaction.connection(), entered, stored.profile_id);
        if (problems.empty()) problems = auth::update_user(transaction.connection(), entered);
        if (!problems.empty()) {
            const bool stale = problems.front().code == "user_stale";
            auto shown = entered;
            if (stale) shown.version = stored.version;
            return show(call, stored, shown,
                        {{}, stale ? explain(call, problems.front()) : "", {}, errors_of(call, problems), stale ? 409 : 422});
        }
        Changes changes;
        add_changes(call, transaction.connection(), stored, entered, changes);
        if (!changes.empty())
            core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.user_changed", "user/" + stored.login, changes.json()));
        transaction.commit();
        return web::redirect(path_of(stored.id) + "?done=saved");
    });
}

// --- whether he may come in ---

http::Response post_active(Call& call) {
    return change(call, [&](db::Transaction& transaction, const auth::User& user) {
        const bool active = call.form_value("active") == "1";
        if (!active && user.id == call.ctx.principal.user_id)
            return show(call, user, user, {{}, call.tr("You cannot deactivate yourself."), {}, nullptr, 422});
        if (const auto problems = auth::set_active(transaction.connection(), user.id, active); !problems.empty())
            return show(call, user, user, {{}, explain(call, problems.front()), {}, nullptr, 422});
        core::audit(transaction.connection(),
                    abi::audit_line(call.ctx, active ? "core.user_activated" : "core.user_deactivated", "user/" + user.login));
        transaction.commit();
        return web::redirect(path_of(user.id) + (active ? "?done=activated" : "?done=deactivated"));
    });
}

http::Response post_password(Call& call) {
    return change(call, [&](db::Transaction& transaction, const auth::User& user) {
        const auto typed = call.form_value("password");
        const auto fresh = typed.empty() ? base::random_token(kGeneratedPassword) : std::string{typed};
        if (const auto problems = auth::check_password(fresh, {user.login, user.name, user.email}); !problems.empty())
            return show(call, user, user, {{}, {}, {}, errors_of(call, problems), 422});
        const bool is_self = user.id == call.ctx.principal.user_id;
        auth::set_password(transaction.connection(), user.id, fresh, is_self ? call.ctx.principal.session_id : 0,
                           !is_self && call.form_value("password_due") == "1");
        core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.password_reset", "user/" + user.login));
        transaction.commit();
        if (!typed.empty()) return web::redirect(path_of(user.id) + "?done=password");
        return show(call, user, user,
                    {call.tr("The password is changed. Sessions are closed and API keys revoked."), {}, fresh, nullptr, 200});
    });
}

http::Response post_revoke(Call& call) {
    return change(call, [&](db::Transaction& transaction, const auth::User& user) {
        if (!auth::revoke_api_key(transaction.connection(), user.id, to_id(call.param("key")))) return web::not_found(call);
        core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.api_key_revoked", "user/" + user.login));
        transaction.commit();
        return web::redirect(path_of(user.id) + "?done=revoked");
    });
}

}  // namespace

std::vector<web::HostRoute> user_routes() {
    const std::string permission = "core.users", path{kPath}, user = path + "/{id}";
    return {
        {"GET", path + "/new", permission, false, get_new},
        {"POST", path + "/new", permission, false, post_new},
        {"GET", user, permission, false, get_user},
        {"POST", user, permission, false, post_user},
        {"POST", user + "/active", permission, false, post_active},
        {"POST", user + "/password", permission, false, post_password},
        {"POST", user + "/keys/{key}/revoke", permission, false, post_revoke},
    };
}

}  // namespace host::pages
