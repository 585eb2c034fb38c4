// Where a page of a list begins, how many rows it has, and which parameters a list takes.
#pragma once

#include "call.hpp"
#include "cursor.hpp"
#include "parameters.hpp"

#include <functional>
#include <span>

namespace tickets {

enum class Takes { nothing, once, several };

// Each parameter that is not taken, or is there twice and taken once, is a problem.
void check_names(const Call& call, const Parameters& parameters, const std::function<Takes(std::string_view)>& takes,
                 guichet::Problems& problems);
void check_names(const Call& call, guichet::Request request, std::span<const std::string_view> once,
                 std::span<const std::string_view> several, guichet::Problems& problems);

// limit and cursor of a list that has one order.
struct Paging {
    int limit = 25;
    std::optional<Cursor> after;
};
Paging read_paging(const Call& call, guichet::Request request, std::string_view sort, guichet::Problems& problems);

}  // namespace tickets
