// Calendars and policies as they are stored. Every change settles what was late before it, keeps the version that was in force, and has all
// open tickets computed again.
#pragma once

#include "calendar_input.hpp"
#include "policy_book.hpp"

namespace sla {

inline constexpr std::string_view kManage = "sla.manage";

struct StoredCalendar {
    int64_t id = 0, version = 0;
    std::string name;
    guichet::Value definition;
};
std::vector<StoredCalendar> load_calendars(guichet::Ctx ctx);
StoredCalendar load_calendar(guichet::Ctx ctx, int64_t id);  // throws NOT_FOUND
// Problems: name, and a calendar that never opens as "zone".
void check_calendar(guichet::Ctx ctx, const StoredCalendar& calendar, const Calendar& hours, guichet::Problems& problems);
int64_t add_calendar(guichet::Ctx ctx, const StoredCalendar& calendar);
// CONFLICT when version is not the present one.
void change_calendar(guichet::Ctx ctx, const StoredCalendar& calendar);
void remove_calendar(guichet::Ctx ctx, int64_t id);  // CONFLICT while a policy counts on it

ServicePolicy load_policy(guichet::Ctx ctx, int64_t id);  // throws NOT_FOUND
void check_policy(guichet::Ctx ctx, const ServicePolicy& policy, guichet::Problems& problems);
// The last one; in force from enforce_from on, or from now on when it is active.
int64_t add_policy(guichet::Ctx ctx, ServicePolicy policy);
void change_policy(guichet::Ctx ctx, ServicePolicy policy);
void remove_policy(guichet::Ctx ctx, int64_t id);
// In this order; those that are left out come after.
void order_policies(guichet::Ctx ctx, const std::vector<int64_t>& ids);
// One place up or down.
void move_policy(guichet::Ctx ctx, int64_t id, bool up);

}  // namespace sla
