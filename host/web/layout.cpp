#include "web/layout.hpp"

#include "abi/environment.hpp"
#include "auth/permissions.hpp"
#include "base/strings.hpp"
#include "http/message.hpp"
#include "plugin/snapshot.hpp"

#include <algorithm>

namespace host::web {
namespace {

using base::Value;

// Pages of the host for administrators, in this order before those of the plugins.
constexpr struct {
    std::string_view label, path, icon, permission;
} kAdminEntries[] = {
    {"Users", "/admin/users", "users", "core.users"},
    {"Teams", "/admin/teams", "users-group", "core.users"},
    {"Profiles", "/admin/profiles", "shield-lock", "core.profiles"},
    {"Modules", "/admin/modules", "puzzle", "core.modules"},
    {"Settings", "/admin/settings", "settings", "core.settings"},
    {"Fields", "/admin/fields", "forms", "core.fields"},
    {"Forms", "/admin/forms", "layout-list", "core.fields"},
    {"Lists", "/admin/lists", "list-details", "core.lists"},
    {"Arrangement", "/admin/arrangement", "layout-dashboard", "core.arrangement"},
    {"Counters", "/admin/counters", "list-numbers", "core.counters"},
    {"Outgoing mail", "/admin/mail", "mail-forward", "core.mail"},
    {"Deliveries", "/admin/deliveries", "bell", "core.events"},
    {"Jobs", "/admin/jobs", "clock-play", "core.jobs"},
    {"Audit log", "/admin/audit", "history", "core.audit"},
};
static_assert(std::ranges::all_of(kAdminEntries, [](const auto& entry) { return auth::is_host_permission(entry.permission); }));

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

Value& add_entry(Value& to, std::string_view label, std::string_view path, std::string_view icon, std::string_view current) {
    auto* entry = to.add_object({});
    entry->set("label", label);
    entry->set("path", path);
    entry->set("icon", icon);
    entry->set("active", below(current, path));
    return *entry;
}

// False when the page has to ask for the number.
bool add_badge(const guichet_ctx& ctx, const Badges& badges, const Badges::Entry& from, Value& entry) {
    entry.set("badge_id", std::string_view{from.menu->id});
    const auto count = badges.known(ctx, from);
    if (count) entry.set("badge", *count);
    return count.has_value();
}

void add_menu(guichet_ctx& ctx, const Badges* badges, Value& site, std::string_view menu, Value& to, std::string_view current) {
    for (const auto& from : ctx.snapshot->menu(menu)) {
        if (!from.menu->permission.empty() && !ctx.principal.can(from.menu->permission)) continue;
        auto& entry = add_entry(to, ctx.snapshot->catalogs().text(from.generation->id(), ctx.language, from.menu->label), from.menu->path,
                                from.menu->icon, current);
        if (badges && !from.menu->badge.empty() && !add_badge(ctx, *badges, from, entry)) site.set("badges_due", true);
    }
}

bool can_search(const guichet_ctx& ctx) {
    return std::ranges::any_of(ctx.snapshot->search(), [&](const auto& target) { return ctx.principal.can(target.item->permission); });
}

bool fits(std::string_view pattern, std::string_view path) {
    const auto wanted = base::split(pattern, '/'), found = base::split(path, '/');
    return std::ranges::equal(wanted, found, [](auto part, auto text) { return part.starts_with('{') || part == text; });
}

// Pages of packages by the pattern of their route, so that "/tickets/{id}" is not "/tickets/new"; those of the host by path.
bool loads_assets(const guichet_ctx& ctx, const plugin::Manifest& manifest) {
    const auto& patterns = manifest.asset_pages;
    if (patterns.empty() || !ctx.request) return patterns.empty();
    const auto found = ctx.snapshot->router().find(ctx.request->method, ctx.request->path);
    if (!found.match) return std::ranges::any_of(patterns, [&](const auto& pattern) { return fits(pattern, ctx.request->path); });
    return std::ranges::find(patterns, ctx.snapshot->routes()[found.match->index].route->path) != patterns.end();
}

void add_asset_urls(guichet_ctx& ctx, Value& site) {
    auto* css = site.add_array("plugins_css");
    auto* js = site.add_array("plugins_js");
    for (const auto& generation : ctx.snapshot->generations()) {
        if (!loads_assets(ctx, generation->manifest())) continue;
        for (const auto& file : generation->manifest().css) css->push(Value::string(css->arena(), abi::package_asset_url(*generation, file)));
        for (const auto& file : generation->manifest().js) js->push(Value::string(js->arena(), abi::package_asset_url(*generation, file)));
    }
}

}  // namespace

Value* Layout::site_values(guichet_ctx& ctx, const Badges* badges) {
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
    auto* top = site->add_array("top_menu");
    auto* own = site->add_array("user_menu");
    auto* admin = site->add_array("admin_menu");
    if (ctx.principal.user_id <= 0) return site;
    auto* user = site->add_object("user");
    user->set("name", std::string_view{ctx.principal.name});
    user->set("login", std::string_view{ctx.principal.login});
    user->set("initials", std::string_view{initials(ctx.principal.name)});
    const auto tr = [&](std::string_view msgid) { return ctx.snapshot->catalogs().text("core", ctx.language, msgid); };
    add_entry(*menu, tr("Home"), "/", "home", current);
    site->set("has_search", can_search(ctx));
    add_menu(ctx, badges, *site, "main", *menu, current);
    add_menu(ctx, badges, *site, "top", *top, current);
    add_menu(ctx, nullptr, *site, "user", *own, current);
    for (const auto& entry : kAdminEntries)
        if (ctx.principal.can(entry.permission)) add_entry(*admin, tr(entry.label), entry.path, entry.icon, current);
    add_menu(ctx, badges, *site, "admin", *admin, current);
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
    auto* site = site_values(ctx, &badges_);
    site->set("safe_mode", safe_mode_);
    data->set("site", site);
    // at the side, and in the menu of narrow screens
    for (const auto name : {"nav", "user_menu"}) {
        std::string twice;
        part(ctx, std::string{"partials/"} + name + ".html", *data, twice);
        data->set(name, Value::html(ctx.arena, twice));
    }
    std::string out;
    out.reserve(content.size() + 16 * 1024);
    part(ctx, "layout.html", *data, out);
    return out;
}

std::string Layout::host_asset_url(std::string_view file) const { return assets_.url(file); }

}  // namespace host::web
