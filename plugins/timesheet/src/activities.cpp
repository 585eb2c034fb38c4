#include "activities.hpp"

namespace timesheet {

using guichet::Ctx;
using guichet::Value;

namespace {

Value find(Ctx ctx, std::string_view code) {
    const auto items = ctx.list(kActivities);
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i]["code"].text() == code) return items[i];
    return {};
}

bool is_active(Value item) { return item && item["active"].boolean().value_or(true); }

}  // namespace

bool is_activity(Ctx ctx, std::string_view code, std::string_view stored) { return code == stored || is_active(find(ctx, code)); }

std::string activity_label(Ctx ctx, std::string_view code) {
    const auto item = find(ctx, code);
    return std::string{item ? item["label"].text().value_or(code) : code};
}

Value activity_options(Ctx ctx, std::string_view stored) {
    auto out = ctx.array();
    const auto items = ctx.list(kActivities);
    for (std::size_t i = 0; i < items.size(); ++i)
        if (is_active(items[i]) || (!stored.empty() && items[i]["code"].text() == stored))
            out.push(ctx.object().set("value", items[i]["code"]).set("label", items[i]["label"]));
    return out;
}

}  // namespace timesheet
