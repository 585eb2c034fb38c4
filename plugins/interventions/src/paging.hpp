// Lists by key: one page, where the next one begins, and the words of a search.
#pragma once

#include "draft.hpp"

namespace interventions {

struct Sort {
    std::string_view name;    // "label", "-created_at"
    std::string_view column;  // indexed together with id
    std::string_view source;  // the member of a row that the column is made of: text, or a time
    bool descending = false;
};

struct PageRequest {
    const Sort* sort;
    int limit = 25;
    // The source of the last row shown and its id.
    std::optional<guichet::ColumnOrder::Place> after = {};
};

struct Page {
    guichet::Value items;
    std::string next;  // "" when this is the last page
};

const Sort* find_sort(std::span<const Sort> sorts, std::string_view name);

// Of the query string of a page: what it does not understand it leaves out.
PageRequest wanted_page(guichet::Request request, std::span<const Sort> sorts);
// Of a REST call: sort, limit and cursor; anything wrong is a problem.
PageRequest read_page(guichet::Ctx ctx, guichet::Request request, std::span<const Sort> sorts, guichet::Problems& problems);
// A parameter that is none of these, nor of the page, nor a filter on a custom field of the object, is a problem.
void check_parameters(guichet::Ctx ctx, guichet::Request request, std::string_view object, std::initializer_list<std::string_view> names,
                      guichet::Problems& problems);

// Appends " and (column, id) > (…) order by … limit …" with one row more than the page has.
void add_page(guichet::Query& query, std::string_view alias, const PageRequest& request);
Page take_page(guichet::Ctx ctx, const guichet::Rows& rows, const PageRequest& request);

// Appends " and (…)" for each of the words: a part of search_key, of a searchable custom field of the object, or of the name or number
// of the account. Case and accents do not matter.
void add_search(guichet::Query& query, std::string_view alias, std::string_view object, std::string_view words);

// A whole number of the query string; nothing when it is absent, a problem when it is none.
std::optional<int64_t> read_id(guichet::Ctx ctx, guichet::Request request, std::string_view name, guichet::Problems& problems);

}  // namespace interventions
