// Reading entries: lists that go on by key, and what they are filtered by.
#pragma once

#include "access.hpp"
#include "local_time.hpp"

namespace timesheet {

struct EntryFilter {
    std::optional<int64_t> id, user, ticket, account, contract;
    std::string activity, from, to;  // "" for any; days
    std::optional<bool> billable;
};
// Appends " where …" on entry e: what the user may read, and the filter.
void add_where(guichet::Query& query, const EntryFilter& filter, std::string_view permission = kRead);

// Whether there is this entry, and the user has the permission on it.
bool may(guichet::Ctx ctx, int64_t id, std::string_view permission);

// Where a list goes on: the day and id of the last row that was shown.
struct EntryCursor {
    std::string day;
    int64_t id = 0;
};
std::string encode(const EntryCursor& cursor);
std::optional<EntryCursor> decode(std::string_view text);

struct EntryPage {
    guichet::Value items;  // the latest day first
    std::string next;      // cursor; "" on the last page
};
EntryPage list_entries(guichet::Ctx ctx, const EntryFilter& filter, int limit, const std::optional<EntryCursor>& after);

struct Total {
    int64_t entries = 0, seconds = 0, billable = 0;  // billable: seconds
};
Total total_of(guichet::Ctx ctx, const EntryFilter& filter);

}  // namespace timesheet
