// Which events of the calendar are shown.
#pragma once

#include <guichet/sdk/plugin.hpp>

#include <utility>

namespace calendar {

struct Window {
    guichet::Time from{}, to{};
};

// A place in the order of occurrences: the start in microseconds, then the id of the event.
using Key = std::pair<int64_t, int64_t>;

struct Filter {
    std::optional<int64_t> user, team, ticket, account;
    std::string type;
};

// user=ID or "me", team=ID, type=CODE of the address; what is none of them is a problem of that name.
Filter read_filter(guichet::Ctx ctx, guichet::Request request, guichet::Problems& problems);
void add_filter(guichet::Query& query, const Filter& filter);
// Active entries of the list of types, and the current one.
guichet::Value type_options(guichet::Ctx ctx, std::string_view current);
guichet::Value people_options(guichet::Ctx ctx, guichet::Value people);
// {label, color} of a type; null for none.
guichet::Value type_of(guichet::Ctx ctx, std::string_view code);

}  // namespace calendar
