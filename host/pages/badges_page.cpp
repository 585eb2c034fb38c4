// GET /_badges: the numbers beside the menu entries this user sees, for the page that did not know them all.
#include "pages/routes.hpp"

#include "web/badges.hpp"

namespace host::pages {
namespace {

using base::Value;

void add_counts(guichet_ctx& ctx, web::Badges& badges, std::string_view menu, Value& out) {
    for (const auto& entry : ctx.snapshot->menu(menu)) {
        if (entry.menu->badge.empty() || !ctx.principal.can(entry.menu->permission)) continue;
        auto* badge = out.add_object({});
        badge->set("id", std::string_view{entry.menu->id});
        badge->set("count", badges.count(ctx, entry));
    }
}

http::Response show(web::Call& call, web::Badges& badges) {
    auto* data = Value::object(call.ctx.arena);
    auto* counts = data->add_array("badges");
    for (const auto menu : {"main", "top", "admin"}) add_counts(call.ctx, badges, menu, *counts);
    return web::bare_page(call, "badges.html", *data);
}

}  // namespace

std::vector<web::HostRoute> badge_routes(web::Badges& badges) {
    return {{"GET", "/_badges", "", false, [&badges](web::Call& call) { return show(call, badges); }}};
}

}  // namespace host::pages
