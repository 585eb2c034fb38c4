#include "ticket_sort.hpp"

#include <algorithm>

namespace tickets {
namespace {

constexpr std::string_view kDue = "coalesce(t.due_at, '9999-12-31 00:00:00+00')";

constexpr Sort by_group(std::string_view name, Field field, bool last_first) {
    return {name, "created_at", "t.created_at", true, true, field, last_first};
}

constexpr Sort kAllSorts[] = {
    {"-created_at", "created_at", "t.created_at", true},
    {"created_at", "created_at", "t.created_at", false},
    {"-updated_at", "updated_at", "t.updated_at", true},
    {"updated_at", "updated_at", "t.updated_at", false},
    {"-ref", "number", "t.number", true, false},
    {"ref", "number", "t.number", false, false},
    {"-due_at", "due_at", kDue, true},
    {"due_at", "due_at", kDue, false},
    by_group("-status", Field::status, true),
    by_group("status", Field::status, false),
    by_group("-priority", Field::priority, true),
    by_group("priority", Field::priority, false),
    by_group("-type", Field::type, true),
    by_group("type", Field::type, false),
    by_group("-category", Field::category, true),
    by_group("category", Field::category, false),
    by_group("-severity", Field::severity, true),
    by_group("severity", Field::severity, false),
};

}  // namespace

const std::span<const Sort> kSorts{kAllSorts};

const Sort* find_sort(std::string_view name) {
    const auto it = std::ranges::find(kAllSorts, name, &Sort::name);
    return it == std::end(kAllSorts) ? nullptr : it;
}

std::vector<std::string> groups_of(const Call& call, const Sort& sort) {
    std::vector<std::string> out;
    if (!sort.group) return out;
    if (*sort.group == Field::status) {
        for (const auto& status : call.statuses.all()) out.push_back(std::to_string(status.id));
        return out;
    }
    out.emplace_back();
    const auto items = call.ctx.list(info(*sort.group).list);
    for (std::size_t i = 0; i < items.size(); ++i) out.emplace_back(items[i]["code"].text().value_or(""));
    return out;
}

std::string_view group_column(const Sort& sort) {
    switch (sort.group.value_or(Field::priority)) {
        case Field::status:
            return "t.status_id";
        case Field::type:
            return "t.type";
        case Field::category:
            return "t.category";
        case Field::severity:
            return "t.severity";
        default:
            return "t.priority";
    }
}

}  // namespace tickets
