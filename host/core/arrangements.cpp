#include "core/arrangements.hpp"

#include "base/json.hpp"

#include <algorithm>

namespace host::core {
namespace {

std::vector<std::string> texts(const base::Value& array) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < array.size(); ++i) out.emplace_back(array.at(i)->as_string());
    return out;
}

std::string to_json(const std::vector<std::string>& texts) {
    base::Arena arena;
    auto* array = base::Value::array(arena);
    for (const auto& text : texts) array->push(base::Value::string(arena, text));
    return base::to_json(*array);
}

}  // namespace

Arrangements load_arrangements(db::Pool& pool) {
    const auto rows =
        pool.exec("select slot, variant, to_jsonb(widgets) as widgets, to_jsonb(hidden) as hidden from core.slot_arrangement");
    Arrangements out;
    base::Arena arena;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto* row = rows.row_value(arena, r);
        out[std::string{rows.text(r, 0)}][std::string{rows.text(r, 1)}] = {texts(*row->get("widgets")), texts(*row->get("hidden"))};
    }
    return out;
}

const Arrangement* find_arrangement(const Arrangements& all, std::string_view slot, std::string_view variant) {
    const auto of_slot = all.find(slot);
    if (of_slot == all.end()) return nullptr;
    auto found = of_slot->second.find(variant);
    if (found == of_slot->second.end()) found = of_slot->second.find(std::string_view{});
    return found == of_slot->second.end() ? nullptr : &found->second;
}

bool is_hidden(const Arrangement& arrangement, std::string_view widget) {
    return std::ranges::find(arrangement.hidden, widget) != arrangement.hidden.end();
}

std::size_t position_of(const Arrangement& arrangement, std::string_view widget) {
    return static_cast<std::size_t>(std::ranges::find(arrangement.widgets, widget) - arrangement.widgets.begin());
}

std::string user_variant(std::int64_t user_id) { return "user/" + std::to_string(user_id); }

void save_arrangement(db::Connection& connection, std::string_view slot, std::string_view variant, const Arrangement& arrangement) {
    connection.exec(
        "insert into core.slot_arrangement (slot, variant, widgets, hidden)"
        " values ($1, $2, array(select jsonb_array_elements_text($3::jsonb)), array(select jsonb_array_elements_text($4::jsonb)))"
        " on conflict (slot, variant) do update set widgets = excluded.widgets, hidden = excluded.hidden, updated_at = now()",
        {slot, variant, to_json(arrangement.widgets), to_json(arrangement.hidden)});
}

void reset_arrangement(db::Connection& connection, std::string_view slot, std::string_view variant) {
    connection.exec("delete from core.slot_arrangement where slot = $1 and variant = $2", {slot, variant});
}

}  // namespace host::core
