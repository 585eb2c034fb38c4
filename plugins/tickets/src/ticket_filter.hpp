// What a list of tickets can be narrowed by. One table serves pages, REST, saved views and the export.
#pragma once

#include "paging.hpp"
#include "parameters.hpp"
#include "search_words.hpp"
#include "ticket_sort.hpp"

#include <guichet/sdk/list_columns.hpp>

namespace tickets {

struct FilterInfo {
    enum class Kind {
        list,       // codes of a list or channels, any of them
        tag,        // all of them
        person,     // a user, "me" or "none"
        watcher,    // a user, or "me"
        team,       // a team, "mine" or "none"
        reference,  // id of an account, a contact or a contract
        days,       // <name>.from and <name>.to: days in the user's zone, both included, or points in time
        number,     // <name>.from and <name>.to
        flag,       // "true" or "false"
        late        // "1"
    };
    std::string_view name;   // of the parameter
    std::string_view label;  // msgid
    Kind kind;
    std::string_view column;       // of ticket t
    Field field = Field::subject;  // of kind list

    bool is_range() const { return kind == Kind::days || kind == Kind::number; }
    bool is_several() const { return kind == Kind::list || kind == Kind::tag; }
};
extern const std::span<const FilterInfo> kFilters;
const FilterInfo* find_filter(std::string_view name);

struct Bound {
    std::string day;  // 2026-11-23
    std::optional<guichet::Time> instant;
    std::optional<int64_t> number;

    explicit operator bool() const { return !day.empty() || instant || number; }
};

// One entry of the table with what was asked for.
struct Condition {
    const FilterInfo* filter;
    std::vector<std::string> codes = {};  // of a list; tags; "true" or "false"
    std::vector<int64_t> ids = {};        // none: what has none
    Bound from = {}, to = {};
};

struct Filter {
    std::vector<int64_t> statuses;  // ids; none: no ticket
    std::vector<Condition> conditions;
    std::string q;
    std::vector<Word> words;  // of q
    std::string searchable;  // codes of the custom fields that q is looked for in, as an array literal; "" for none
    std::vector<guichet::FieldFilter> custom;
    std::vector<guichet::ListColumns::Condition> columns;  // of other plugins
    const Sort* sort = &kSorts.front();
    std::optional<Cursor> after;
    std::optional<guichet::ColumnOrder> column_order;  // instead of sort and after
    std::optional<guichet::ColumnOrder::Place> column_after;
    int limit = 25;

    // Narrows by one id, of a person, a team or a reference.
    Filter& only(std::string_view name, int64_t id);
    const Condition* find(std::string_view name) const;
    // Words that all have to be found.
    Filter& search(guichet::Ctx ctx, std::string_view text);
};

// The statuses that have one of the codes and one of the phases of a query string, "all" for every phase. Without either: otherwise.
std::vector<int64_t> read_statuses(const Call& call, const Parameters& parameters, std::vector<int64_t> otherwise,
                                   guichet::Problems& problems);
// The conditions of the table and the order. What is wrong is a problem and is left out.
void read_conditions(const Call& call, const Parameters& parameters, Filter& filter, guichet::Problems& problems);
// These, the words of q and the fields of administrators: everything but limit and cursor.
void read_filter(const Call& call, guichet::Request request, const Parameters& parameters, Filter& filter, guichet::Problems& problems);
void read_page(const Call& call, guichet::Request request, Filter& filter, guichet::Problems& problems);

// How often a list of tickets takes a parameter: its filters, sort, limit and cursor.
Takes takes(const Call& call, std::string_view name);

}  // namespace tickets
