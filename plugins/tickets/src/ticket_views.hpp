// Views: the filters that people know their work by, as tabs above the list.
#pragma once

#include "saved_view.hpp"

namespace tickets {

// [{label, url, current, shared?}]: the fixed ones, then those that were saved.
guichet::Value views(const Call& call, const Parameters& parameters, const std::vector<SavedView>& saved);

// The saved view that the address of a list names; null when there is none for the user.
const SavedView* named_view(const Parameters& parameters, const std::vector<SavedView>& saved);

}  // namespace tickets
