// Changes administrators make to custom fields and their groups. Each function is one part of the caller's transaction on
// a connection of the host.
#pragma once

#include "base/result.hpp"
#include "core/fields.hpp"
#include "db/connection.hpp"

namespace host::core {

struct StoredField {
    Field field;
    std::optional<std::int64_t> group_id;
    int version = 0;
};
struct FieldGroup {
    std::int64_t id = 0;
    Texts labels;
};

std::vector<StoredField> read_fields(db::Connection& connection, std::string_view object);  // in order, retired ones included
std::optional<StoredField> read_stored_field(db::Connection& connection, std::int64_t id);
std::vector<FieldGroup> read_groups(db::Connection& connection, std::string_view object);   // in order

// At the end of its group. Problem "field.code" when the object has such a field.
base::Result<std::int64_t> add_field(db::Connection& connection, const StoredField& field);
// All but object and code. False when the field has another version by now.
bool update_field(db::Connection& connection, const StoredField& field);
void set_field_active(db::Connection& connection, std::int64_t id, bool active);
// The definition; the values are the owner's. A package that declares it does not bring it back.
void delete_field(db::Connection& connection, std::int64_t id);

std::int64_t add_group(db::Connection& connection, std::string_view object, const Texts& labels);
void rename_group(db::Connection& connection, std::int64_t id, const Texts& labels);
void delete_group(db::Connection& connection, std::int64_t id);  // its fields stay, without a group

// The whole page in its new order: groups, and the fields that follow each; fields before the first group have none. What
// is not of the object or not there any more is passed over.
struct FieldPlace {
    bool group = false;
    std::int64_t id = 0;
};
void order_fields(db::Connection& connection, std::string_view object, const std::vector<FieldPlace>& places);

}  // namespace host::core
