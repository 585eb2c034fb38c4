#include "abi/slot.hpp"

#include "abi/contribution.hpp"
#include "abi/environment.hpp"
#include "abi/guard.hpp"
#include "base/json.hpp"
#include "core/reference_data.hpp"
#include "core/secrets.hpp"
#include "http/message.hpp"
#include "plugin/generation.hpp"

#include <algorithm>

namespace host::abi {
namespace {

using base::Value;
using Widget = plugin::Snapshot::WidgetTarget;

constexpr std::size_t kMostStateBytes = 3000;  // of a lazy widget, in a URL

bool is_visible(guichet_ctx& ctx, const Widget& target, const Value& data) {
    const auto& widget = *target.widget;
    if (!widget.permission.empty() && !ctx.principal.can(widget.permission)) return false;
    if (widget.when.empty()) return true;
    return target.generation->conditions().at(widget.when).holds(data, ContextEnvironment{ctx});
}

std::string_view label_of(const guichet_ctx& ctx, const Widget& target) {
    return ctx.snapshot->catalogs().text(target.generation->id(), ctx.language, target.widget->label);
}

void render(guichet_ctx& ctx, const Widget& target, std::string_view kind, const Value& data, std::string& out) {
    std::string buffer;
    guichet_html html{ctx, buffer};
    const Contribution what{*target.generation, "widget", target.widget->id, target.widget->timeout_ms};
    if (contribute(ctx, what, [&] { return target.handler.fn(target.handler.self, &ctx, wrap(&data), &html); })) {
        out += buffer;
        return;
    }
    auto* notice = Value::object(ctx.arena);
    notice->set("kind", kind);
    notice->set("request_id", std::string_view{ctx.request_id});
    ctx.services.layout->part(ctx, "partials/slot_unavailable.html", *notice, out);
}

// The page asked for it without JavaScript.
bool wanted_now(const guichet_ctx& ctx, const Widget& target) {
    const auto& query = ctx.request->query;
    return std::ranges::any_of(query, [&](const auto& pair) { return pair.first == "_eager" && pair.second == target.widget->id; });
}

// Only a logged-in user's pages load parts of themselves.
bool can_wait(const guichet_ctx& ctx, const Widget& target, std::string_view kind) {
    return target.widget->lazy && kind != "form" && kind != "inline" && ctx.request && ctx.principal.session_id != 0 &&
           !wanted_now(ctx, target);
}

Value* lazy_data(guichet_ctx& ctx, std::string_view slot_id, const Widget& target, std::string_view state) {
    auto* data = Value::object(ctx.arena);
    data->set("slot", slot_id);
    data->set("widget", std::string_view{target.widget->id});
    data->set("label", label_of(ctx, target));
    data->set("state", state);
    return data;
}

void place(guichet_ctx& ctx, std::string_view slot_id, const Widget& target, std::string_view kind, const Value& data, std::string& out) {
    if (can_wait(ctx, target, kind)) {
        const auto state = seal(ctx, slot_id, target.widget->id, data);
        if (state.size() <= kMostStateBytes)
            return ctx.services.layout->part(ctx, "partials/slot_lazy.html", *lazy_data(ctx, slot_id, target, state), out);
    }
    render(ctx, target, kind, data, out);
}

// Its own part of an object by plugin ("values") or by field "<plugin>.<field>" ("errors").
const Value* own_values(const Value* all, const std::string& plugin_id, base::Arena& arena) {
    const auto* own = all ? all->get(plugin_id) : nullptr;
    return own ? own : Value::object(arena);
}
const Value* own_errors(const Value* all, const std::string& plugin_id, base::Arena& arena) {
    auto* own = Value::object(arena);
    for (std::size_t i = 0; all && all->is(Value::Type::object) && i < all->size(); ++i)
        if (all->key(i).starts_with(plugin_id + '.')) own->set(all->key(i).substr(plugin_id.size() + 1), all->at(i));
    return own;
}

const Value& form_data(guichet_ctx& ctx, const Widget& target, const Value& data) {
    auto* own = Value::object(ctx.arena);
    for (std::size_t i = 0; i < data.size(); ++i) own->set(data.key(i), data.at(i));
    own->set("values", own_values(data.get("values"), target.generation->id(), ctx.arena));
    own->set("errors", own_errors(data.get("errors"), target.generation->id(), ctx.arena));
    return *own;
}

using Widgets = std::vector<const Widget*>;

const Widget& chosen_tab(const guichet_ctx& ctx, const Widgets& tabs, std::string_view wanted) {
    if (wanted.empty() && ctx.request) wanted = ctx.request->query_value("tab").value_or("");
    const auto it = std::ranges::find_if(tabs, [&](const auto* tab) { return tab->widget->id == wanted; });
    return it == tabs.end() ? *tabs.front() : **it;
}

void fill_tabs(guichet_ctx& ctx, std::string_view slot_id, const Widgets& tabs, std::string_view wanted, const Value& data, std::string& out) {
    const auto& chosen = chosen_tab(ctx, tabs, wanted);
    auto* bar = Value::object(ctx.arena);
    auto* entries = bar->add_array("tabs");
    for (const auto* tab : tabs) {
        const auto state = ctx.request && ctx.principal.session_id != 0 ? seal(ctx, slot_id, tab->widget->id, data) : std::string{};
        auto* entry = lazy_data(ctx, slot_id, *tab, state.size() <= kMostStateBytes ? state : "");
        entry->set("current", tab == &chosen);
        entries->push(entry);
    }
    bar->set("slot", slot_id);
    std::string content;
    place(ctx, slot_id, chosen, "tab", data, content);
    bar->set("content", Value::html(ctx.arena, content));
    ctx.services.layout->part(ctx, "partials/slot_tabs.html", *bar, out);
}

// Whose arrangement counts for what the slot is given.
std::string variant_of(const guichet_ctx& ctx, const plugin::Manifest::Arrange& arrange, const Value& data) {
    if (arrange.list.empty()) return core::user_variant(ctx.principal.user_id);
    const auto* code = data.get(arrange.by);
    return code && code->is(Value::Type::string) ? std::string{code->as_string()} : std::string{};
}

// The visible ones in the order that was chosen, without those that were hidden.
Widgets arranged_widgets(guichet_ctx& ctx, std::string_view slot_id, const Value& data) {
    auto widgets = visible_widgets(ctx, slot_id, data);
    const auto& arrange = ctx.snapshot->slot(slot_id).arrange;
    if (arrange.label.empty()) return widgets;
    const auto* chosen = core::find_arrangement(ctx.reference().arrangements, slot_id, variant_of(ctx, arrange, data));
    if (!chosen) return widgets;
    std::erase_if(widgets, [&](const auto* widget) { return core::is_hidden(*chosen, widget->widget->id); });
    std::ranges::stable_sort(widgets, {}, [&](const auto* widget) { return core::position_of(*chosen, widget->widget->id); });
    return widgets;
}

std::string place_of(const guichet_ctx& ctx, std::string_view slot_id, std::string_view widget_id) {
    return "slot/" + std::to_string(ctx.principal.session_id) + '/' + std::string{slot_id} + '/' + std::string{widget_id};
}

}  // namespace

Widgets visible_widgets(guichet_ctx& ctx, std::string_view slot_id, const Value& data) {
    Widgets visible;
    for (const auto& target : ctx.snapshot->widgets(slot_id))
        if (is_visible(ctx, target, data)) visible.push_back(&target);
    return visible;
}

void fill_slot(guichet_ctx& ctx, std::string_view slot_id, const Value& data, std::string& out) {
    const auto widgets = arranged_widgets(ctx, slot_id, data);
    if (widgets.empty()) return;
    const std::string_view kind = ctx.snapshot->slot(slot_id).kind;
    if (kind == "tab") return fill_tabs(ctx, slot_id, widgets, {}, data, out);
    if (kind == "tile") out += R"(<div class="tiles">)";
    for (const auto* widget : widgets) {
        if (kind == "form") place(ctx, slot_id, *widget, kind, form_data(ctx, *widget, data), out);
        else place(ctx, slot_id, *widget, kind, data, out);
    }
    if (kind == "tile") out += "</div>";
}

std::string seal(const guichet_ctx& ctx, std::string_view slot_id, std::string_view widget_id, const Value& data) {
    base::Arena arena;
    auto* state = Value::object(arena);
    state->set("page", std::string_view{ctx.request->target});
    state->set("data", &data);
    return ctx.services.secrets->seal(base::to_json(*state), place_of(ctx, slot_id, widget_id));
}

const Value* unseal(guichet_ctx& ctx, std::string_view slot_id, std::string_view widget_id, std::string_view sealed) {
    const auto json = ctx.services.secrets->open(sealed, place_of(ctx, slot_id, widget_id));
    if (!json) return nullptr;
    const auto state = base::parse_json(ctx.arena, *json);
    return state ? *state : nullptr;
}

void fill_lazily(guichet_ctx& ctx, std::string_view slot_id, std::string_view widget_id, const Value& data, std::string& out) {
    const auto widgets = arranged_widgets(ctx, slot_id, data);
    const auto it = std::ranges::find_if(widgets, [&](const auto* widget) { return widget->widget->id == widget_id; });
    if (it == widgets.end()) return;
    const std::string_view kind = ctx.snapshot->slot(slot_id).kind;
    if (kind == "tab") return fill_tabs(ctx, slot_id, widgets, widget_id, data, out);
    render(ctx, **it, kind, data, out);
}

}  // namespace host::abi
