#include "abi/environment.hpp"

#include "abi/call.hpp"
#include "abi/guard.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "http/message.hpp"
#include "plugin/generation.hpp"
#include "plugin/snapshot.hpp"

namespace host::abi {
namespace {

void render_widget(guichet_ctx& ctx, const plugin::Snapshot::WidgetTarget& widget, const base::Value& data, std::string& out) {
    std::string buffer;
    guichet_html html{ctx, buffer};
    const auto outer_error = std::move(ctx.error);
    const auto status = call(ctx, *widget.generation, [&] { return widget.handler.fn(widget.handler.self, &ctx, wrap(&data), &html); });
    const auto widget_error = std::exchange(ctx.error, outer_error);
    if (status == GUICHET_OK) {
        out += buffer;
        return;
    }
    base::log(base::Level::error, "widget failed", {{"widget", std::string_view{widget.widget->id}},
              {"request", std::string_view{ctx.request_id}}, {"reason", std::string_view{widget_error.message}}});
    out += R"(<div class="alert alert-secondary widget-unavailable" role="status">)";
    ui::escape_text(ctx.snapshot->catalogs().text("core", ctx.language, "This part of the page is not available at the moment."), out);
    out += " <small>(";
    ui::escape_text(ctx.request_id, out);
    out += ")</small></div>";
}

}  // namespace

std::int64_t ContextEnvironment::now_us() const { return base::now_us(); }

std::string_view ContextEnvironment::translate(std::string_view domain, std::string_view msgid) const {
    return ctx_.snapshot->catalogs().text(domain, ctx_.language, msgid);
}

std::string_view ContextEnvironment::translate_plural(std::string_view domain, std::string_view one, std::string_view many,
                                                      std::int64_t n) const {
    return ctx_.snapshot->catalogs().plural(domain, ctx_.language, one, many, n);
}

std::string ContextEnvironment::idempotency_key() const { return base::random_token(16); }

std::string ContextEnvironment::asset_url(std::string_view package, std::string_view file) const {
    if (package == "core") return ctx_.services.layout->host_asset_url(file);
    const auto* generation = ctx_.snapshot->find(package);
    return generation ? package_asset_url(*generation, file) : std::string{};
}

std::string_view ContextEnvironment::query_string() const { return ctx_.request ? std::string_view{ctx_.request->query_string} : ""; }
std::string_view ContextEnvironment::path() const { return ctx_.request ? std::string_view{ctx_.request->path} : ""; }

void ContextEnvironment::slot(std::string_view slot_id, const base::Value& data, std::string& out) const {
    for (const auto& widget : ctx_.snapshot->widgets(slot_id))
        if (widget.widget->permission.empty() || ctx_.principal.can(widget.widget->permission))
            render_widget(ctx_, widget, data, out);
}

std::string package_asset_url(const plugin::Generation& generation, std::string_view file) {
    const auto& assets = generation.package().assets;
    const auto asset = assets.find(file);
    if (asset == assets.end()) return {};
    return "/assets/" + asset->second.hash + "/" + generation.id() + "/" + asset->first;
}

}  // namespace host::abi
