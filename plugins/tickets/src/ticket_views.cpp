#include "ticket_views.hpp"

#include <algorithm>

namespace tickets {

using guichet::Value;

namespace {

struct View {
    std::string_view label, query;
};
constexpr View kViews[] = {{"In progress", ""},
                           {"Mine", "assignee=me"},
                           {"My teams", "team=mine"},
                           {"Unassigned", "assignee=none"},
                           {"Late", "late=1&sort=due_at"},
                           {"All", "phase=all"}};

// Order, page and columns are how a view is looked at.
std::string narrowed(const Parameters& parameters) { return parameters.without({"sort", "cursor", "columns", "view"}).text(); }

}  // namespace

Value views(const Call& call, const Parameters& parameters, const std::vector<SavedView>& saved) {
    const auto here = narrowed(parameters);
    const auto* named = named_view(parameters, saved);
    auto out = call.ctx.array();
    for (const auto& view : kViews) {
        const Parameters its{view.query};
        out.push(call.ctx.object()
                     .set("label", call.tr(view.label))
                     .set("url", its.address("/tickets"))
                     .set("current", !named && narrowed(its) == here));
    }
    for (const auto& view : saved)
        out.push(call.ctx.object()
                     .set("label", view.name)
                     .set("url", address_of(view))
                     .set("current", &view == named)
                     .set("shared", view.shared));
    return out;
}

const SavedView* named_view(const Parameters& parameters, const std::vector<SavedView>& saved) {
    const auto id = guichet::to_integer(parameters.get("view"));
    const auto it = std::ranges::find_if(saved, [&](const SavedView& view) { return view.id == id; });
    return it == saved.end() ? nullptr : &*it;
}

}  // namespace tickets
