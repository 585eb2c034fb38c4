#include "abi/contribution.hpp"
#include "abi/environment.hpp"
#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "http/message.hpp"
#include "plugin/generation.hpp"
#include "plugin/snapshot.hpp"

#include <memory>

namespace host::abi {
namespace {

using base::Value;
using plugin::Snapshot;

constexpr std::size_t kMostCellBytes = 16 * 1024;

std::string_view translated(const guichet_ctx& ctx, const plugin::Generation& generation, std::string_view msgid) {
    return ctx.snapshot->catalogs().text(generation.id(), ctx.language, msgid);
}

const Value* text_or_null(base::Arena& arena, std::string_view text) {
    return text.empty() ? Value::null(arena) : Value::string(arena, text);
}

void add_column(guichet_ctx& ctx, const Snapshot::ColumnTarget& target, Value& out) {
    auto* column = out.add_object({});
    column->set("id", std::string_view{target.item->id});
    column->set("label", translated(ctx, *target.generation, target.item->label));
    column->set("filter", text_or_null(ctx.arena, target.item->filter));
    if (target.item->sort_view.empty()) return column->set("sort", Value::null(ctx.arena));
    auto* sort = column->add_object("sort");
    sort->set("view", std::string_view{target.item->sort_view});
    sort->set("column", std::string_view{target.item->sort_column});
}

guichet_value* columns(guichet_ctx* ctx, guichet_str list_id) noexcept {
    try {
        auto* out = Value::array(ctx->arena);
        for (const auto& target : ctx->snapshot->columns(view(list_id)))
            if (ctx->principal.can(target.item->permission)) add_column(*ctx, target, *out);
        return wrap(out);
    } catch (...) {
        return nullptr;
    }
}

// The cells of one column for all rows; left out of the rows when the column fails.
void fill_column(guichet_ctx& ctx, const Snapshot::ColumnTarget& target, std::span<const int64_t> ids, std::vector<Value*>& rows) {
    std::vector<std::string> buffers(ids.size());
    std::vector<std::unique_ptr<guichet_html>> owned;
    std::vector<guichet_html*> cells;
    for (auto& buffer : buffers) {
        owned.emplace_back(new guichet_html{ctx, buffer, kMostCellBytes});
        cells.push_back(owned.back().get());
    }
    const guichet_column_request request{sizeof(guichet_column_request), static_cast<uint32_t>(ids.size()), str(target.item->id), ids.data()};
    const Contribution what{*target.generation, "column", target.item->id, kColumnMs};
    if (!contribute(ctx, what, [&] { return target.handler.fn(target.handler.self, &ctx, &request, cells.data()); })) return;
    for (std::size_t i = 0; i < ids.size(); ++i) rows[i]->set(target.item->id, Value::html(ctx.arena, buffers[i]));
}

guichet_value* cells(guichet_ctx* ctx, guichet_str list_id, const int64_t* ids, size_t n) noexcept {
    try {
        auto* out = Value::array(ctx->arena);
        std::vector<Value*> rows;
        for (std::size_t i = 0; i < n; ++i) rows.push_back(out->add_object({}));
        if (n == 0) return wrap(out);
        for (const auto& target : ctx->snapshot->columns(view(list_id)))
            if (ctx->principal.can(target.item->permission)) fill_column(*ctx, target, {ids, n}, rows);
        return wrap(out);
    } catch (...) {
        return nullptr;
    }
}

std::string as_text(const Value* value) {
    if (!value) return {};
    if (value->is(Value::Type::string)) return std::string{value->as_string()};
    return value->is(Value::Type::integer) ? std::to_string(value->as_integer()) : std::string{};
}

// {name} in the pattern of a route is the member of that name.
std::string filled(std::string_view pattern, const Value* data) {
    std::string out;
    while (!pattern.empty()) {
        const auto open = std::min(pattern.find('{'), pattern.size());
        out += pattern.substr(0, open);
        pattern.remove_prefix(open);
        if (pattern.empty()) break;
        const auto close = pattern.find('}');
        out += http::percent_encode(as_text(data ? data->get(pattern.substr(1, close - 1)) : nullptr));
        pattern.remove_prefix(close + 1);
    }
    return out;
}

// data null: of a list, where only those for several objects at once have a place.
bool is_offered(guichet_ctx& ctx, const Snapshot::ActionEntry& entry, const Value* data) {
    const auto& action = *entry.action;
    if (!ctx.principal.can(action.permission)) return false;
    if (!entry.route->permission.empty() && !ctx.principal.can(entry.route->permission)) return false;
    if (!data) return action.bulk;
    return action.when.empty() || entry.generation->conditions().at(action.when).holds(*data, ContextEnvironment{ctx});
}

void add_action(guichet_ctx& ctx, const Snapshot::ActionEntry& entry, const Value* data, Value& out) {
    auto* action = out.add_object({});
    action->set("id", std::string_view{entry.action->id});
    action->set("label", translated(ctx, *entry.generation, entry.action->label));
    action->set("path", std::string_view{filled(entry.route->path, data)});
    action->set("method", std::string_view{entry.route->method});
    action->set("icon", text_or_null(ctx.arena, entry.action->icon));
    action->set("confirm", text_or_null(ctx.arena, entry.action->confirm.empty() ? "" : translated(ctx, *entry.generation, entry.action->confirm)));
    action->set("bulk", entry.action->bulk);
}

guichet_value* actions(guichet_ctx* ctx, guichet_str on, const guichet_value* data) noexcept {
    try {
        auto* out = Value::array(ctx->arena);
        for (const auto& entry : ctx->snapshot->actions(view(on)))
            if (is_offered(*ctx, entry, unwrap(data))) add_action(*ctx, entry, unwrap(data), *out);
        return wrap(out);
    } catch (...) {
        return nullptr;
    }
}

}  // namespace

const guichet_pages_v1 kPagesTable = {{sizeof(guichet_pages_v1), 1, 0}, columns, cells, actions};

}  // namespace host::abi
