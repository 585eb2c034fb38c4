// A calendar as people type it: "09:00-12:00, 14:00-18:00" per day of the week, and exceptions one per line: "2026-05-01" or "12-25" is
// closed, "2026-12-24 09:00-12:00" has other hours.
#pragma once

#include "store.hpp"

namespace sla {

struct TypedCalendar {
    std::string name, zone, holidays;
    std::array<std::string, 7> week;
    std::string exceptions;
};
TypedCalendar typed_calendar(guichet::Request request);
TypedCalendar show_calendar(guichet::Ctx ctx, const StoredCalendar& calendar);
// The definition; problems by the names of the controls.
guichet::Value read_typed(guichet::Ctx ctx, const TypedCalendar& typed, guichet::Problems& problems);

}  // namespace sla
