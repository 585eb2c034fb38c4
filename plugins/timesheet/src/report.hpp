// Sums of entries by user, account, contract, month or activity.
#pragma once

#include "entry_query.hpp"

namespace timesheet {

struct ReportRow {
    std::string key;    // id, code or "2026-11"; "" for what has none
    std::string label;  // "" for what has none
    Total total;
};
inline constexpr std::string_view kGroupings[] = {"user", "account", "contract", "month", "activity"};
bool is_grouping(std::string_view text);
std::string_view grouping_label(guichet::Ctx ctx, std::string_view by);

// Most time first; months in their order. by: one of kGroupings.
std::vector<ReportRow> report(guichet::Ctx ctx, const EntryFilter& filter, std::string_view by);

// What narrows the filter to one row, as read_filter() reads it; nullopt when nothing does.
std::optional<EntryFilter> narrowed(EntryFilter filter, std::string_view by, std::string_view key);

}  // namespace timesheet
