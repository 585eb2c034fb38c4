#include "pages/routes.hpp"

#include "plugin/snapshot.hpp"

namespace host::pages {
namespace {

bool has_widgets(const guichet_ctx& ctx) {
    for (const auto* slot : {"core.home.tiles", "core.home.main"})
        for (const auto& widget : ctx.snapshot->widgets(slot))
            if (widget.widget->permission.empty() || ctx.principal.can(widget.widget->permission)) return true;
    return false;
}

http::Response home(web::Call& call) {
    auto* data = base::Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Home")});
    data->set("name", std::string_view{call.ctx.principal.name});
    data->set("has_widgets", has_widgets(call.ctx));
    data->set("may_manage_modules", call.ctx.principal.can("core.modules"));
    return web::page(call, "home.html", *data);
}

}  // namespace

std::vector<web::HostRoute> home_routes() { return {{"GET", "/", "", false, home}}; }

}  // namespace host::pages
