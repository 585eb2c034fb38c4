#include "lookup.hpp"

#include "equipment_store.hpp"

#include <algorithm>

namespace interventions {
namespace {

guichet::Value entry(guichet::Ctx ctx, guichet::Value row) {
    const auto serial = row["serial"].text().value_or("");
    const auto name = as_text(row["label"]) + (serial.empty() ? "" : " – " + std::string{serial});
    return ctx.object().set("id", row["id"]).set("name", name).set("url", "/equipment/" + as_text(row["id"]));
}

}  // namespace

void look_up(guichet::Ctx ctx, int64_t id, guichet_value** out) { *out = entry(ctx, get_equipment(ctx, id)).raw(); }

void suggest(guichet::Ctx ctx, guichet_str words, int32_t limit, guichet_value** out) {
    const auto page = list_equipment(ctx, {.words = guichet::view(words), .offered = true},
                                     {.sort = &kEquipmentSorts[0], .limit = std::clamp(limit, int32_t{1}, int32_t{100})});
    auto items = ctx.array();
    for (std::size_t i = 0; i < page.items.size(); ++i) items.push(entry(ctx, page.items[i]));
    *out = items.raw();
}

}  // namespace interventions
