// /password: a user whose password somebody else chose comes here before anything else.
#include "pages/own_password.hpp"
#include "pages/routes.hpp"
#include "web/layout.hpp"

namespace host::pages {
namespace {

using base::Value;
using web::Call;

http::Response show(Call& call, const Value& errors, int status) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Choose your password")});
    data->set("login", std::string_view{call.ctx.principal.login});
    data->set("errors", &errors);
    data->set("site", web::Layout::site_values(call.ctx));
    return web::bare_page(call, "password.html", *data, status);
}

http::Response get_password(Call& call) {
    if (!call.ctx.principal.password_due) return web::redirect("/preferences");
    return show(call, *Value::object(call.ctx.arena), 200);
}

http::Response post_password(Call& call) {
    const auto& errors = change_own_password(call);
    return errors.size() > 0 ? show(call, errors, 422) : web::redirect("/");
}

}  // namespace

std::vector<web::HostRoute> password_routes() {
    return {
        {"GET", std::string{web::kPasswordPath}, "", false, get_password},
        {"POST", std::string{web::kPasswordPath}, "", false, post_password},
    };
}

}  // namespace host::pages
