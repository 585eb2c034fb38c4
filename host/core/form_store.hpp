// How an administrator arranges the form that makes an object: one for colleagues, one for the public. Read with the other
// definitions (core/fields.hpp).
#pragma once

#include "core/fields.hpp"
#include "db/connection.hpp"

namespace host::core {

// The whole form in its new order, instead of what was stored. Part of the caller's transaction.
void save_form(db::Connection& connection, std::string_view object, unsigned audience, const std::vector<FormItem>& items);
// As manifest and fields say.
void reset_form(db::Connection& connection, std::string_view object, unsigned audience);

// What the page of a field says about forms holds for both of them: it is put in where they have been arranged.
void update_forms(db::Connection& connection, const Field& field);

}  // namespace host::core
