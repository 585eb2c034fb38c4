// What happened to a quote.
#pragma once

#include "header.hpp"

namespace quotes {

// by_name: of the customer; "" for who acts.
void add_change(guichet::Ctx ctx, int64_t quote_id, const Difference& change, std::string_view by_name = {});

// For templates, the newest first: [{at, actor, text}]. At most 200.
guichet::Value present_history(guichet::Ctx ctx, int64_t quote_id);
// For REST: {items: [{id, at, by, by_name, field, from, to}], next: null}.
guichet::Value history_items(guichet::Ctx ctx, int64_t quote_id);

}  // namespace quotes
