// The orders of ticket lists. Each is read from indexes that begin with the status.
#pragma once

#include "cursor.hpp"
#include "fields.hpp"

#include <span>

namespace tickets {

// Keys are positive integers or points in time.
struct Sort {
    std::string_view name;    // "-created_at"
    std::string_view column;  // member of a row that the key is made from
    std::string_view key;     // indexed after status_id, with id
    bool descending = false;
    bool by_time = true;
    // Of a sort by a list: the field whose codes come first, in their order; an index has it before the status.
    std::optional<Field> group = std::nullopt;
    bool last_group_first = false;

    std::string_view direction() const { return descending ? " desc" : ""; }
};
extern const std::span<const Sort> kSorts;  // the first is the default
const Sort* find_sort(std::string_view name);

// The values of the group in their order, as they are stored: codes, of statuses ids. What has none comes first.
std::vector<std::string> groups_of(const Call& call, const Sort& sort);
// The column of the group: "t.priority".
std::string_view group_column(const Sort& sort);

}  // namespace tickets
