// Months, weeks and days as tables for templates, and the same as a list.
#pragma once

#include "zone.hpp"

#include <vector>

namespace calendar {

// What stands in the calendar: an event, or something of another module.
struct Item {
    std::string title, path, color, kind;  // kind: the type in words; color: of a list entry
    Local starts{}, ends{};                // on the reader's clock; the end is exclusive
    bool whole_day = false, is_private = false, recurs = false;
    // of what can be moved
    int64_t id = 0, version = 0;
    std::string at;
    bool movable = false;
};

// {heads: [{label, short}], weeks: [{number, days: [day]}]}; from is a Monday.
guichet::Value month_grid(guichet::Ctx ctx, Day from, Day to, Day month, Day today, const std::vector<Item>& items);
// {heads: [day], hours: [{label, hour, cells: [{date, hour, items}]}], all_day: [{date, items}]}
guichet::Value time_grid(guichet::Ctx ctx, Day from, int days, Day today, const std::vector<Item>& items);
// [{label, date, today, items}] of the days with something in them.
guichet::Value agenda(guichet::Ctx ctx, Day from, Day to, Day today, const std::vector<Item>& items);

}  // namespace calendar
