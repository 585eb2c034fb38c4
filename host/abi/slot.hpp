// Slots: what the active plugins put into a place of a page. How it looks depends on the kind of the slot (template.hpp).
#pragma once

#include "abi/ctx.hpp"
#include "plugin/snapshot.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace host::abi {

// The widgets of a slot that this user may see and whose condition holds for the data.
std::vector<const plugin::Snapshot::WidgetTarget*> visible_widgets(guichet_ctx& ctx, std::string_view slot_id, const base::Value& data);

// Appends all of them. One that fails becomes a small notice with the id of the request; the page lives.
void fill_slot(guichet_ctx& ctx, std::string_view slot_id, const base::Value& data, std::string& out);

// What a page says about a widget that is loaded after it, in the query of GET /_slot/{slot}/{widget}: the page and the data
// of the slot as JSON, and a MAC bound to the session, so that nobody can ask for a widget with data of his own.
struct LazySlot {
    std::string state;  // JSON {page, data}
    std::string mac;
};
LazySlot seal(const guichet_ctx& ctx, std::string_view slot_id, std::string_view widget_id, const base::Value& data);
bool is_genuine(const guichet_ctx& ctx, std::string_view slot_id, std::string_view widget_id, const LazySlot& lazy);

// One widget for GET /_slot: alone, or the tabs with this one chosen.
void fill_lazily(guichet_ctx& ctx, std::string_view slot_id, std::string_view widget_id, const base::Value& data, std::string& out);

}  // namespace host::abi
