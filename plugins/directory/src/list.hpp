// Lists by key: one page, what follows it, and the words of a search.
#pragma once

#include <guichet/sdk/plugin.hpp>
#include "cursor.hpp"
#include "field.hpp"

#include <span>

namespace directory {

inline constexpr int kPageSize = 25;

struct Sort {
    std::string_view name;    // "name", "-created_at"
    std::string_view column;  // indexed together with id
    bool descending = false;
    bool by_time = false;
    std::string (*key)(guichet::Value row) = nullptr;  // what the column was made from; null for times
};

struct PageRequest {
    const Sort* sort;
    int limit = kPageSize;
    std::optional<Cursor> after;
};

struct Page {
    guichet::Value items;
    std::string next;  // cursor; "" when this is the last page
};

const Sort* find_sort(std::span<const Sort> sorts, std::string_view name);

// The cursor of that sort; nullopt when it is not one.
std::optional<Cursor> read_cursor(const Sort& sort, std::string_view text);

// Appends " and …" for each word of a search in <alias>.search_key and the searchable custom fields of the object. Case and accents
// do not matter. What looks like a part of a telephone number is also looked for in <alias>.phone_key, however it is written.
enum class Telephones { no, yes };
void add_search(guichet::Query& query, std::string_view alias, std::string_view object, std::string_view words,
                Telephones telephones = Telephones::no);

// Appends " and (key, id) > (…)", and " order by … limit …" with one row more than the page has.
void add_page(guichet::Query& query, std::string_view alias, const PageRequest& request);
// Appends " order by …", for a statement around the one that add_page limited.
void add_order(guichet::Query& query, std::string_view alias, const Sort& sort);

// Appends "a.name, a.type, …": the fields as texts, and then the custom values as JSON.
void add_export_columns(guichet::Query& query, const Entity& entity, std::string_view alias);
inline constexpr int kMostExported = 100'000;

Page take_page(guichet::Ctx ctx, const guichet::Rows& rows, const PageRequest& request);

}  // namespace directory
