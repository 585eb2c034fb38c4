#include "web/layout.hpp"

#include "abi/environment.hpp"
#include "base/strings.hpp"
#include "http/message.hpp"
#include "plugin/snapshot.hpp"

namespace host::web {
namespace {

using base::Value;

// Pages of the host for administrators, in this order before those of the plugins.
constexpr struct {
    std::string_view label, path, icon, permission;
} kAdminEntries[] = {
    {"Modules", "/admin/modules", "puzzle", "core.modules"},
    {"Settings", "/admin/settings", "settings", "core.settings"},
    {"Audit log", "/admin/audit", "history", "core.audit"},
};

// First letters of the first and the last word: "Camille Le Goff" -> "CG".
std::string initials(std::string_view name) {
    std::string out;
    std::string_view first, last;
    for (const auto word : base::split(name, ' ')) {
        if (word.empty()) continue;
        if (first.empty()) first = word;
        else last = word;
    }
    for (const auto word : {first, last})
        out += word.substr(0, base::utf8_sequence_length(word));
    return out;
}

bool below(std::string_view path, std::string_view root) {
    if (root == "/") return path == "/";
    return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
}

void add_entry(Value& to, std::string_view label, std::string_view path, std::string_view icon, std::string_view current) {
    auto* entry = to.add_object({});
    entry->set("label", label);
    entry->set("path", path);
    entry->set("icon", icon);
    entry->set("active", below(current, path));
}

void add_menu(guichet_ctx& ctx, Value& to, std::string_view menu, std::string_view current) {
    for (const auto& entry : ctx.snapshot->menu(menu))
        if (entry.menu->permission.empty() || ctx.principal.can(entry.menu->permission))
            add_entry(to, ctx.snapshot->catalogs().text(entry.generation->id(), ctx.language, entry.menu->label), entry.menu->path,
                      entry.menu->icon, current);
}

void add_asset_urls(guichet_ctx& ctx, Value& site) {
    auto* css = site.add_array("plugins_css");
    auto* js = site.add_array("plugins_js");
    for (const auto& generation : ctx.snapshot->generations()) {
        for (const auto& file : generation->manifest().css) css->push(Value::string(css->arena(), abi::package_asset_url(*generation, file)));
        for (const auto& file : generation->manifest().js) js->push(Value::string(js->arena(), abi::package_asset_url(*generation, file)));
    }
}

}  // namespace

Value* Layout::site_values(guichet_ctx& ctx) {
    const std::string_view current = ctx.request ? std::string_view{ctx.request->path} : "/";
    auto& arena = ctx.arena;
    auto* site = Value::object(arena);
    site->set("language", std::string_view{ctx.language});
    auto* languages = site->add_array("languages");
    for (const auto language : i18n::kLanguages) languages->push(Value::string(arena, language));
    site->set("theme", std::string_view{ctx.principal.theme});
    site->set("csrf", std::string_view{ctx.principal.csrf_token});
    site->set("path", current);
    site->set("request_id", std::string_view{ctx.request_id});
    site->set("version", GUICHET_VERSION);
    add_asset_urls(ctx, *site);
    auto* menu = site->add_array("menu");
    auto* admin = site->add_array("admin_menu");
    if (ctx.principal.user_id <= 0) return site;
    auto* user = site->add_object("user");
    user->set("name", std::string_view{ctx.principal.name});
    user->set("login", std::string_view{ctx.principal.login});
    user->set("initials", std::string_view{initials(ctx.principal.name)});
    const auto tr = [&](std::string_view msgid) { return ctx.snapshot->catalogs().text("core", ctx.language, msgid); };
    add_entry(*menu, tr("Home"), "/", "home", current);
    add_menu(ctx, *menu, "main", current);
    for (const auto& entry : kAdminEntries)
        if (ctx.principal.can(entry.permission)) add_entry(*admin, tr(entry.label), entry.path, entry.icon, current);
    add_menu(ctx, *admin, "admin", current);
    return site;
}

void Layout::part(guichet_ctx& ctx, std::string_view template_name, const base::Value& data, std::string& out) const {
    const auto* generation = std::exchange(ctx.generation, nullptr);
    templates_->render(template_name, data, abi::ContextEnvironment{ctx}, out);
    ctx.generation = generation;
}

std::string Layout::wrap(guichet_ctx& ctx, std::string_view title, std::string_view content) const {
    auto* data = Value::object(ctx.arena);
    data->set("title", title);
    data->set("content", Value::html(ctx.arena, content));
    auto* site = site_values(ctx);
    site->set("safe_mode", safe_mode_);
    data->set("site", site);
    std::string out;
    out.reserve(content.size() + 16 * 1024);
    part(ctx, "layout.html", *data, out);
    return out;
}

std::string Layout::host_asset_url(std::string_view file) const { return assets_.url(file); }

}  // namespace host::web
