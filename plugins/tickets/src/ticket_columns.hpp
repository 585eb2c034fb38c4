// The columns of ticket lists: the ticket's own, the fields of administrators ("custom.<code>") and those of other plugins. One table
// serves the page and the export.
#pragma once

#include "fields.hpp"

#include <guichet/sdk/list_columns.hpp>

#include <functional>
#include <span>

namespace tickets {

struct ColumnInfo {
    enum class Kind { text, subject, code, channel, person, account, time, percent, flag };
    std::string_view id;
    std::string_view label;  // msgid
    Kind kind;
    std::string_view member;       // of a row
    std::string_view value;        // the member in SQL
    std::string_view join;         // what the value needs beside ticket t; "": nothing
    Field field = Field::subject;  // of kind code
    bool standard = false;         // shown to who has chosen nothing
    std::string_view sort = {};    // its ascending order; "" when there is none
    bool newest_first = false;     // the first click sorts downwards
};
extern const std::span<const ColumnInfo> kColumns;

// A column as somebody has it in his list. One of the three is there.
struct Column {
    std::string id = {}, label = {};
    const ColumnInfo* own = nullptr;
    std::string custom = {};                // code
    std::string type = {};                  // of the custom field
    std::optional<std::size_t> other = {};  // index in ListColumns::all()
};

// In the order of the table, then custom fields, then those of other plugins.
std::vector<Column> every_column(const Call& call, const guichet::ListColumns& others);
// The ids that exist, in their order; without any: the standard ones and those of other plugins.
std::vector<Column> chosen_columns(const std::vector<Column>& all, std::string_view ids);
std::string ids_of(const std::vector<Column>& columns);

// Appends what the columns need of ticket t beyond its row: ", a.name as account_name", and the joins.
void add_selected(guichet::Query& query, const std::vector<Column>& columns);
void add_joins(guichet::Query& query, const std::vector<Column>& columns);
// Appends ", <text>" of each column, for the export: codes as they are stored, times in the user's zone.
void add_texts(guichet::Query& query, const std::vector<Column>& columns, const guichet::ListColumns& others);

// [{label, url, order}] for the head of the table; address gives a link of the list in the order it is told.
guichet::Value heads(const Call& call, const std::vector<Column>& columns, std::string_view sort,
                     const std::function<std::string(const std::string&)>& address);
// row.cells = [{kind, label, …}] for list/cell.html.
void add_cells(const Call& call, const std::vector<Column>& columns, const guichet::ListColumns& others, guichet::Value rows);

}  // namespace tickets
