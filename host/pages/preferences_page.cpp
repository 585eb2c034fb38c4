#include "pages/routes.hpp"

#include "abi/audit.hpp"
#include "auth/users.hpp"
#include "base/strings.hpp"
#include "i18n/format.hpp"
#include "mail/address.hpp"
#include "pages/changes.hpp"
#include "pages/common_zones.hpp"
#include "pages/own_password.hpp"
#include "pages/profile_name.hpp"
#include "pages/user_choices.hpp"

#include <algorithm>

namespace host::pages {
namespace {

using base::Value;
using web::Call;

constexpr std::string_view kPath = "/preferences";
constexpr std::string_view kThemes[] = {"auto", "light", "dark"};

struct Shown {
    std::string form, message;  // form: the one that errors belong to
    const Value* errors = nullptr;
    int status = 200;
};

// "Support, Night shift"
std::string team_names(const Call& call) {
    const auto& teams = *call.ctx.reference().teams;
    const auto& own = call.ctx.principal.teams;
    std::string out;
    for (std::size_t i = 0; i < teams.size(); ++i)
        if (std::ranges::find(own, teams.at(i)->get("id")->as_integer()) != own.end())
            out.append(out.empty() ? "" : ", ").append(teams.at(i)->get("name")->as_string());
    return out;
}

std::string own_profile(Call& call) {
    const auto rows = call.site.pool.exec("select name from core.profile where code = $1", {call.ctx.principal.profile});
    return rows.empty() ? std::string{} : profile_name(call, call.ctx.principal.profile, rows.text(0, 0));
}

http::Response show(Call& call, const Shown& shown) {
    const auto& user = call.ctx.principal;
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Preferences")});
    const bool identity = shown.form == "identity";
    data->set("name", identity ? call.form_value("name") : std::string_view{user.name});
    data->set("email", identity ? call.form_value("email") : std::string_view{user.email});
    data->set("profile", std::string_view{own_profile(call)});
    data->set("teams", std::string_view{team_names(call)});
    data->set("login", std::string_view{user.login});
    data->set("language", std::string_view{user.language});
    data->set("theme", std::string_view{user.theme});
    data->set("zone", std::string_view{user.zone});
    data->set("languages", language_choices(call));
    auto* themes = data->add_array("themes");
    themes->push(choice(call, "auto", call.tr("Like the system")));
    themes->push(choice(call, "light", call.tr("Light")));
    themes->push(choice(call, "dark", call.tr("Dark")));
    auto* zones = data->add_array("zones");
    for (const auto zone : kCommonZones) zones->push(choice(call, zone, zone));
    if (std::ranges::find(kCommonZones, user.zone) == std::end(kCommonZones)) zones->push(choice(call, user.zone, user.zone));
    data->set("form", std::string_view{shown.form});
    data->set("errors", shown.errors ? shown.errors : Value::object(call.ctx.arena));
    data->set("message", std::string_view{shown.message});
    return web::page(call, "preferences.html", *data, shown.status);
}

http::Response get_preferences(Call& call) {
    const auto done = call.request.query_value("done").value_or("");
    std::string message;
    if (done == "saved") message = call.tr("Your preferences are saved.");
    if (done == "password") message = call.tr("Your password is changed. Your other sessions are closed.");
    if (done == "identity") message = call.tr("Your name and e-mail address are saved.");
    return show(call, {{}, message});
}

http::Response post_preferences(Call& call) {
    const auto language = call.form_value("language");
    const auto theme = call.form_value("theme");
    const auto zone = call.form_value("zone");
    auto* errors = Value::object(call.ctx.arena);
    if (!language.empty() && std::ranges::find(i18n::kLanguages, language) == std::end(i18n::kLanguages))
        errors->set("language", std::string_view{call.tr("Choose one of the languages.")});
    if (std::ranges::find(kThemes, theme) == std::end(kThemes)) errors->set("theme", std::string_view{call.tr("Choose one of the themes.")});
    if (!i18n::known_zone(zone)) errors->set("zone", std::string_view{call.tr("Choose one of the time zones.")});
    if (errors->size() > 0) return show(call, {"display", {}, errors, 422});
    auth::set_preferences(call.site.pool, call.ctx.principal.user_id, language, theme, zone);
    call.site.sessions.invalidate();
    return web::redirect(std::string{kPath} + "?done=saved");
}

// Another address is where a password could be sent to: the current one is asked for (R25).
http::Response post_identity(Call& call) {
    const auto& who = call.ctx.principal;
    const auto name = base::trim(call.form_value("name")), email = base::trim(call.form_value("email"));
    auto* errors = Value::object(call.ctx.arena);
    if (name.empty() || base::count_code_points(name) > 120)
        errors->set("name", std::string_view{call.tr("Enter a name of at most 120 characters.")});
    if (!email.empty() && !mail::is_address(email)) errors->set("email", std::string_view{call.tr("This is no e-mail address.")});
    else if (email != who.email && !auth::password_matches(call.site.pool, who.user_id, call.form_value("identity_password")))
        errors->set("identity_password", std::string_view{call.tr("This is not your current password.")});
    if (errors->size() > 0) return show(call, {"identity", {}, errors, 422});
    Changes changes;
    changes.add("name", who.name, name);
    changes.add("email", who.email, email);
    if (changes.empty()) return web::redirect(std::string{kPath} + "?done=identity");
    db::Transaction transaction{call.site.pool};
    auth::set_identity(transaction.connection(), who.user_id, name, email);
    core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.user_changed", "user/" + who.login, changes.json()));
    transaction.commit();
    call.site.sessions.invalidate();
    call.site.reference.invalidate();
    return web::redirect(std::string{kPath} + "?done=identity");
}

http::Response post_password(Call& call) {
    const auto& errors = change_own_password(call);
    if (errors.size() > 0) return show(call, {"password", {}, &errors, 422});
    return web::redirect(std::string{kPath} + "?done=password");
}

}  // namespace

std::vector<web::HostRoute> preferences_routes() {
    return {
        {"GET", std::string{kPath}, "", false, get_preferences},
        {"POST", std::string{kPath}, "", false, post_preferences},
        {"POST", "/preferences/identity", "", false, post_identity},
        {"POST", "/preferences/password", "", false, post_password},
    };
}

}  // namespace host::pages
