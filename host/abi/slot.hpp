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

// What a page says about a widget that is loaded after it, in the query of GET /_slot/{slot}/{widget}: {page, data} of the
// slot, sealed for the session, so that nobody can ask for a widget with data of his own. Times arrive as text.
std::string seal(const guichet_ctx& ctx, std::string_view slot_id, std::string_view widget_id, const base::Value& data);
// Null when it is not from a page of this session.
const base::Value* unseal(guichet_ctx& ctx, std::string_view slot_id, std::string_view widget_id, std::string_view sealed);

// One widget for GET /_slot: alone, or the tabs with this one chosen.
void fill_lazily(guichet_ctx& ctx, std::string_view slot_id, std::string_view widget_id, const base::Value& data, std::string& out);

}  // namespace host::abi
