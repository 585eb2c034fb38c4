#include "pages/routes.hpp"

#include "abi/audit.hpp"
#include "auth/password.hpp"
#include "auth/users.hpp"
#include "i18n/format.hpp"
#include "pages/common_zones.hpp"

#include <algorithm>

namespace host::pages {
namespace {

using base::Value;
using web::Call;

constexpr std::string_view kPath = "/preferences";
constexpr std::string_view kThemes[] = {"auto", "light", "dark"};

Value* choice(Call& call, std::string_view value, std::string_view label) {
    auto* option = Value::object(call.ctx.arena);
    option->set("value", value);
    option->set("label", label);
    return option;
}

http::Response show(Call& call, const Value* errors, std::string_view message, int status) {
    const auto& user = call.ctx.principal;
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Preferences")});
    data->set("name", std::string_view{user.name});
    data->set("login", std::string_view{user.login});
    data->set("language", std::string_view{user.language});
    data->set("theme", std::string_view{user.theme});
    data->set("zone", std::string_view{user.zone});
    auto* languages = data->add_array("languages");
    languages->push(choice(call, "fr", "Français"));
    languages->push(choice(call, "en", "English"));
    auto* themes = data->add_array("themes");
    themes->push(choice(call, "auto", call.tr("Like the system")));
    themes->push(choice(call, "light", call.tr("Light")));
    themes->push(choice(call, "dark", call.tr("Dark")));
    auto* zones = data->add_array("zones");
    for (const auto zone : kCommonZones) zones->push(choice(call, zone, zone));
    if (std::ranges::find(kCommonZones, user.zone) == std::end(kCommonZones)) zones->push(choice(call, user.zone, user.zone));
    data->set("errors", errors ? errors : Value::object(call.ctx.arena));
    data->set("message", message);
    return web::page(call, "preferences.html", *data, status);
}

http::Response get_preferences(Call& call) {
    const auto done = call.request.query_value("done").value_or("");
    std::string message;
    if (done == "saved") message = call.tr("Your preferences are saved.");
    if (done == "password") message = call.tr("Your password is changed. Your other sessions are closed.");
    return show(call, nullptr, message, 200);
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
    if (errors->size() > 0) return show(call, errors, {}, 422);
    auth::set_preferences(call.site.pool, call.ctx.principal.user_id, language, theme, zone);
    call.site.sessions.invalidate();
    return web::redirect(std::string{kPath} + "?done=saved");
}

http::Response post_password(Call& call) {
    const auto fresh = call.form_value("new_password");
    auto* errors = Value::object(call.ctx.arena);
    if (!auth::password_matches(call.site.pool, call.ctx.principal.user_id, call.form_value("current_password")))
        errors->set("current_password", std::string_view{call.tr("This is not your current password.")});
    if (!auth::acceptable_password(fresh))
        errors->set("new_password", std::string_view{call.tr("A password has 12 to 128 characters.")});
    else if (fresh != call.form_value("repeat_password"))
        errors->set("repeat_password", std::string_view{call.tr("The two passwords are not the same.")});
    if (errors->size() > 0) return show(call, errors, {}, 422);
    auth::set_password(call.site.pool, call.ctx.principal.user_id, fresh, call.ctx.principal.session_id);
    core::audit(call.site.pool, abi::audit_line(call.ctx, "core.password_changed", "user/" + call.ctx.principal.login));
    call.site.sessions.invalidate();
    return web::redirect(std::string{kPath} + "?done=password");
}

}  // namespace

std::vector<web::HostRoute> preferences_routes() {
    return {
        {"GET", std::string{kPath}, "", false, get_preferences},
        {"POST", std::string{kPath}, "", false, post_preferences},
        {"POST", "/preferences/password", "", false, post_password},
    };
}

}  // namespace host::pages
