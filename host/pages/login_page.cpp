#include "pages/routes.hpp"

#include "abi/audit.hpp"
#include "base/random.hpp"
#include "web/layout.hpp"

#include <algorithm>

namespace host::pages {
namespace {

using base::Value;
using web::Call;

struct LoginForm {
    std::string login, error, next;
    int status = 200;
};

// There is no session yet: the form's token is the one in the cookie (double submit).
http::Response show(Call& call, const web::Cookies& cookies, const LoginForm& form) {
    const auto sent = cookies.login_csrf(call.request);
    const std::string token = sent && sent->size() >= 20 ? std::string{*sent} : base::random_token(24);
    auto principal = auth::anonymous_principal();
    principal.csrf_token = token;
    guichet_ctx ctx{call.site.services, call.ctx.snapshot, nullptr, principal, call.ctx.language, call.ctx.request_id, 0};
    ctx.request = &call.request;
    Call own{call.site, ctx, call.request, call.form, call.params};
    auto* data = Value::object(ctx.arena);
    data->set("title", std::string_view{own.tr("Log in")});
    data->set("login", std::string_view{form.login});
    data->set("error", std::string_view{form.error});
    data->set("next", std::string_view{form.next});
    data->set("site", web::Layout::site_values(ctx));
    auto response = web::bare_page(own, "login.html", *data, form.status);
    cookies.set_login_csrf(response, token);
    return response;
}

http::Response choose_language(Call& call, const web::Cookies& cookies, std::string_view language) {
    auto response = web::redirect("/login?next=" + http::percent_encode(web::local_path(call.request.query_value("next").value_or("/"))));
    cookies.set_language(response, language);
    return response;
}

http::Response get_login(Call& call, const web::Cookies& cookies) {
    const auto next = web::local_path(call.request.query_value("next").value_or("/"));
    const auto language = call.request.query_value("lang").value_or("");
    if (std::ranges::find(i18n::kLanguages, language) != std::end(i18n::kLanguages)) return choose_language(call, cookies, language);
    if (call.ctx.principal.user_id > 0) return web::redirect(next);
    return show(call, cookies, {{}, {}, next});
}

void remember(Call& call, std::string_view login, const auth::Sessions::Login& result) {
    if (login.size() > 80 || result.outcome == auth::Sessions::Outcome::throttled) return;  // the attempt that locked it is remembered
    const auto action = result.token.empty() ? result.locked ? "core.login_locked" : "core.login_failed" : "core.login";
    auto line = abi::audit_line(call.ctx, action, {});
    line.user_id = result.user_id;
    line.actor = login;
    core::audit(call.site.pool, line);
}

http::Response post_login(Call& call, const web::Cookies& cookies) {
    const auto next = web::local_path(call.form_value("next"));
    const auto login = call.form_value("login");
    const auto result = call.site.sessions.log_in(login, call.form_value("password"), call.request.peer_ip);
    remember(call, login, result);
    using Outcome = auth::Sessions::Outcome;
    if (result.outcome == Outcome::throttled) {
        auto response = show(call, cookies, {std::string{login}, call.tr("Too many attempts. Try again in 15 minutes."), next, 429});
        response.set("Retry-After", "900");
        return response;
    }
    if (result.outcome == Outcome::wrong)
        return show(call, cookies, {std::string{login}, call.tr("The login or the password is not right."), next, 401});
    auto response = web::redirect(next);
    cookies.set_session(response, result.token);
    return response;
}

http::Response post_logout(Call& call, const web::Cookies& cookies) {
    if (const auto token = cookies.session(call.request)) call.site.sessions.log_out(*token);
    auto response = web::redirect("/login");
    cookies.clear_session(response);
    return response;
}

}  // namespace

std::vector<web::HostRoute> login_routes(const Config& config) {
    const web::Cookies cookies{config};
    return {
        {"GET", "/login", "", true, [cookies](Call& call) { return get_login(call, cookies); }},
        {"POST", "/login", "", true, [cookies](Call& call) { return post_login(call, cookies); }},
        {"POST", "/logout", "", false, [cookies](Call& call) { return post_logout(call, cookies); }},
    };
}

}  // namespace host::pages
