// GET /_slot/{slot}/{widget}: one widget of a page, loaded after it (abi/slot.hpp).
#include "abi/slot.hpp"
#include "http/target.hpp"
#include "pages/routes.hpp"

namespace host::pages {
namespace {

using base::Value;

http::Response answer(int status, std::string html) {
    http::Response response;
    response.status = status;
    response.set("Content-Type", "text/html; charset=utf-8");
    response.body = std::move(html);
    return response;
}

// The page the widget stands on, so that links of the widget to "this page" go there.
http::Request request_of_page(const http::Request& request, std::string_view page) {
    http::Request out = request;
    out.target = page;
    http::resolve_target(out);
    return out;
}

http::Response show(web::Call& call) {
    auto& ctx = call.ctx;
    const auto slot = call.param("slot"), widget = call.param("widget");
    const auto* state = abi::unseal(ctx, slot, widget, call.request.query_value("state").value_or(""));
    if (!state) return answer(400, call.tr("This part of the page is out of date. Reload the page."));
    const auto page = request_of_page(call.request, state->get("page")->as_string());
    ctx.request = &page;
    std::string html;
    abi::fill_lazily(ctx, slot, widget, *state->get("data"), html);
    ctx.request = &call.request;
    return answer(200, std::move(html));
}

}  // namespace

std::vector<web::HostRoute> slot_routes() { return {{"GET", "/_slot/{slot}/{widget}", "", false, show}}; }

}  // namespace host::pages
