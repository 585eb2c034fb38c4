// Events as pages show them.
#pragma once

#include "grid.hpp"
#include "occurrences.hpp"

namespace calendar {

// On the clock of who acts.
Item item_of(guichet::Ctx ctx, const Occurrence& occurrence);
std::string title_of(guichet::Ctx ctx, const Event& event);  // "Busy" for what is not to be seen
std::string path_of(const Occurrence& occurrence);
// "lundi 23 novembre 2026, 09:00–10:00" on that clock.
std::string when(guichet::Ctx ctx, const Entry& entry, guichet::Time starts, guichet::Time ends);
guichet::Value breadcrumb(guichet::Ctx ctx, std::initializer_list<std::pair<std::string_view, std::string_view>> more);

}  // namespace calendar
