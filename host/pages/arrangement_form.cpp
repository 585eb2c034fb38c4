#include "pages/arrangement_form.hpp"

#include "base/strings.hpp"
#include "core/reference_data.hpp"
#include "plugin/snapshot.hpp"

#include <algorithm>

namespace host::pages {
namespace {

using base::Value;
using web::Call;
using Widget = plugin::Snapshot::WidgetTarget;

struct Row {
    const Widget* widget;
    bool hidden;
    const std::string& id() const { return widget->widget->id; }
};
using Rows = std::vector<Row>;

std::vector<const Widget*> widgets_of(Call& call, const ArrangedPlace& place) {
    std::vector<const Widget*> out;
    for (const auto& target : call.ctx.snapshot->widgets(place.slot))
        if (place.all_widgets || target.widget->permission.empty() || call.ctx.principal.can(target.widget->permission))
            out.push_back(&target);
    return out;
}

Rows rows_of(Call& call, const ArrangedPlace& place, const core::Arrangement* chosen) {
    Rows rows;
    for (const auto* widget : widgets_of(call, place)) rows.push_back({widget, chosen && core::is_hidden(*chosen, widget->widget->id)});
    if (chosen) std::ranges::stable_sort(rows, {}, [&](const Row& row) { return core::position_of(*chosen, row.id()); });
    return rows;
}

void put_in_order(Rows& rows, const std::vector<std::string_view>& ids) {
    std::ranges::stable_sort(rows, {}, [&](const Row& row) { return std::ranges::find(ids, row.id()) - ids.begin(); });
}

void move(Rows& rows, Rows::iterator row, int steps) {
    const auto from = row - rows.begin();
    const auto to = std::clamp<std::ptrdiff_t>(from + steps, 0, std::ssize(rows) - 1);
    const auto moved = *row;
    rows.erase(row);
    rows.insert(rows.begin() + to, moved);
}

// What is not shown here keeps its place after the rest, and stays hidden.
core::Arrangement to_arrangement(const Rows& rows, const core::Arrangement* before) {
    core::Arrangement out;
    for (const auto& row : rows) {
        out.widgets.push_back(row.id());
        if (row.hidden) out.hidden.push_back(row.id());
    }
    const auto is_row = [&](const std::string& id) { return std::ranges::any_of(rows, [&](const Row& row) { return row.id() == id; }); };
    for (const auto& id : before ? before->widgets : std::vector<std::string>{})
        if (!is_row(id)) {
            out.widgets.push_back(id);
            if (core::is_hidden(*before, id)) out.hidden.push_back(id);
        }
    return out;
}

bool apply(Call& call, Rows& rows) {
    if (const auto order = call.form_value("order"); !order.empty()) {
        put_in_order(rows, base::split(order, ','));
        return true;
    }
    const auto row = std::ranges::find_if(rows, [&](const Row& r) { return r.id() == call.form_value("widget"); });
    if (row == rows.end()) return false;
    if (const auto to = call.form_value("to"); !to.empty()) move(rows, row, to == "up" ? -1 : 1);
    else row->hidden = call.form_value("hidden") == "1";
    return true;
}

}  // namespace

Value* arrangement_form(Call& call, const ArrangedPlace& place) {
    const auto tr = [&](std::string_view domain, std::string_view msgid) {
        return call.ctx.snapshot->catalogs().text(domain, call.ctx.language, msgid);
    };
    const auto& entry = call.ctx.snapshot->slots().at(place.slot);
    auto* data = Value::object(call.ctx.arena);
    data->set("slot", std::string_view{place.slot});
    data->set("variant", std::string_view{place.variant});
    data->set("action", std::string_view{place.action});
    data->set("label", tr(entry.domain, entry.slot.arrange.label));
    const auto reference = call.site.reference.get();  // not the context's, which is of before the change
    auto* widgets = data->add_array("widgets");
    for (const auto& row : rows_of(call, place, core::find_arrangement(reference->arrangements, place.slot, place.variant))) {
        const auto& manifest = row.widget->generation->manifest();
        auto* shown = widgets->add_object({});
        shown->set("id", std::string_view{row.id()});
        shown->set("label", tr(manifest.id, row.widget->widget->label.empty() ? row.id() : row.widget->widget->label));
        shown->set("module", tr(manifest.id, manifest.name));
        shown->set("hidden", row.hidden);
    }
    const auto of_slot = reference->arrangements.find(place.slot);
    data->set("chosen", of_slot != reference->arrangements.end() && of_slot->second.contains(place.variant));
    return data;
}

bool change_arrangement(Call& call, db::Connection& connection, const ArrangedPlace& place) {
    if (!call.form_value("reset").empty()) {
        core::reset_arrangement(connection, place.slot, place.variant);
        return true;
    }
    const auto reference = call.site.reference.get();
    const auto* before = core::find_arrangement(reference->arrangements, place.slot, place.variant);
    auto rows = rows_of(call, place, before);
    if (!apply(call, rows)) return false;
    core::save_arrangement(connection, place.slot, place.variant, to_arrangement(rows, before));
    return true;
}

}  // namespace host::pages
