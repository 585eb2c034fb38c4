// Lists (dictionaries) as administrators edit them (S0-06 to S0-08, S2-37). Readers use core/reference_data.hpp.
// Each function is one step of the caller's transaction.
#pragma once

#include "base/result.hpp"
#include "db/connection.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::core {

inline constexpr std::string_view kPalette[] = {"blue",   "azure", "indigo", "purple", "pink", "red",      "orange",
                                                "yellow", "lime",  "green",  "teal",   "cyan", "secondary"};

using Labels = std::map<std::string, std::string, std::less<>>;  // language -> text

// Problems, with the field in Problem::path: "list.label" (none in any language, or longer than 80 characters; a language
// that is left empty has the other's text), "list.color", "list.unknown".
// The code is made from the first label and is never changed: "Réclamation" -> RECLAMATION.
base::Result<std::int64_t> add_list_item(db::Connection& connection, std::string_view list_id, const Labels& labels,
                                         std::string_view color);
// One that another system has, with its code there, for every language; what is there stays as it is. Nothing: an administrator has
// deleted it. Problems as above and "list.code".
base::Result<std::optional<std::int64_t>> provision_list_item(db::Connection& connection, std::string_view list_id, std::string_view code,
                                                              std::string_view label, bool active, bool& created);
base::Problems rename_list_item(db::Connection& connection, std::string_view list_id, std::int64_t item, const Labels& labels);
base::Problems recolor_list_item(db::Connection& connection, std::string_view list_id, std::int64_t item, std::string_view color);
base::Problems activate_list_item(db::Connection& connection, std::string_view list_id, std::int64_t item, bool active);
// Items that are not named keep their order after those that are.
void order_list_items(db::Connection& connection, std::string_view list_id, const std::vector<std::int64_t>& items);
void move_list_item(db::Connection& connection, std::string_view list_id, std::int64_t item, int steps);  // -1: one up
// "list.used" when a column that says "list:<id>" in its comment has the code.
base::Problems delete_list_item(db::Connection& connection, std::string_view list_id, std::int64_t item);

}  // namespace host::core
