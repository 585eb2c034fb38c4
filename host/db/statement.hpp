// What kind of SQL a text holds, without parsing it: quotes, dollar quotes and comments are understood.
#pragma once

#include <string_view>
#include <vector>

namespace host::db {

// The statements of a script, without the blanks and comments before each and without ';'.
std::vector<std::string_view> split_statements(std::string_view sql);

// Whether this is one statement that reads or changes rows (select, insert, update, delete, merge, with, values,
// table, lock): no transaction control, no SET, LISTEN, COPY or DO, nothing that creates or grants.
bool is_plain_statement(std::string_view sql);

// Whether it begins or ends a transaction or savepoint.
bool is_transaction_control(std::string_view statement);

}  // namespace host::db
