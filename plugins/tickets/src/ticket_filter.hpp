// Which tickets a list shows, in which order, and how the query string says so.
#pragma once

#include "call.hpp"
#include "cursor.hpp"
#include "fields.hpp"

#include <span>

namespace tickets {

// A named order. Keys are positive integers or points in time.
struct Sort {
    std::string_view name;    // "-created_at"
    std::string_view column;  // that the key is made from
    std::string_view key;     // indexed after status_id, with id
    bool descending = false;
    bool by_time = true;
    int by_priority = 0;  // 1: from the first priority of the list to the last, -1: the other way round
};
extern const std::span<const Sort> kSorts;  // the first is the default
const Sort* find_sort(std::string_view name);

struct Filter {
    std::vector<int64_t> statuses;  // ids; none: no ticket
    std::optional<std::string> type, priority;
    std::optional<int64_t> assignee, team, account, contact;
    bool unassigned = false;
    bool late = false;
    std::string q;
    std::string searchable;  // codes of the custom fields that q is looked for in, as an array literal; "" for none
    std::vector<guichet::FieldFilter> custom;
    std::vector<guichet::ListColumns::Condition> columns;  // of other plugins
    const Sort* sort = &kSorts.front();
    std::optional<Cursor> after;
    std::optional<guichet::ColumnOrder> column_order;  // instead of sort and after
    std::optional<guichet::ColumnOrder::Place> column_after;
    int limit = 25;
};

// The statuses that have one of the codes and one of the phases of a query string. Without either: otherwise.
std::vector<int64_t> read_statuses(const Call& call, guichet::Request request, std::vector<int64_t> otherwise, guichet::Problems& problems);
// The rest of the filter but limit and cursor. "me" and "none" are assignees.
void read_filter(const Call& call, guichet::Request request, Filter& filter, guichet::Problems& problems);
void read_page(const Call& call, guichet::Request request, Filter& filter, guichet::Problems& problems);

// Each parameter that is none of the known ones, or is there twice and not one of the lists, is a problem. custom_fields: those are
// known as well.
void check_names(const Call& call, guichet::Request request, std::span<const std::string_view> known,
                 std::span<const std::string_view> lists, guichet::Problems& problems, bool custom_fields = false);

// limit and cursor of a list that has one order.
struct Paging {
    int limit = 25;
    std::optional<Cursor> after;
};
Paging read_paging(const Call& call, guichet::Request request, std::string_view sort, guichet::Problems& problems);

}  // namespace tickets
