// The values of custom fields in the tables of their owners, for the page of fields: how many there are, and removing them.
// The table of an object is named like the last part of its id and has the columns id and custom (guichet/abi/fields.h).
#pragma once

#include "db/pool.hpp"
#include "plugin/generation.hpp"

namespace host::plugin {

struct FieldOwner {
    const Generation* generation;
    std::string table;  // in the owner's schema
};

// Objects with a value; 0 when the owner has no such table.
std::int64_t count_values(db::Pool& pool, const FieldOwner& owner, std::string_view code);
// In steps of some thousand objects, each a transaction of its own.
void remove_values(db::Pool& pool, const FieldOwner& owner, std::string_view code);

}  // namespace host::plugin
