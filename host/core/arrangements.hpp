// Which widgets of a slot are shown and in which order, where somebody has chosen: an administrator for each entry of the
// list that the slot names (types of account), or each user for his own home page. Readers use core/reference_data.hpp.
#pragma once

#include "db/pool.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace host::core {

struct Arrangement {
    std::vector<std::string> widgets;  // first to last, the hidden ones too
    std::vector<std::string> hidden;
};
using Arrangements = std::map<std::string, std::map<std::string, Arrangement, std::less<>>, std::less<>>;  // slot -> variant

Arrangements load_arrangements(db::Pool& pool);
// Of the variant, else of all others (""), else null: the declared order.
const Arrangement* find_arrangement(const Arrangements& all, std::string_view slot, std::string_view variant);
bool is_hidden(const Arrangement& arrangement, std::string_view widget);
// Where a widget stands; those that are not named come last, in the order they are in.
std::size_t position_of(const Arrangement& arrangement, std::string_view widget);

std::string user_variant(std::int64_t user_id);  // "user/12"

// Steps of the caller's transaction.
void save_arrangement(db::Connection& connection, std::string_view slot, std::string_view variant, const Arrangement& arrangement);
void reset_arrangement(db::Connection& connection, std::string_view slot, std::string_view variant);

}  // namespace host::core
