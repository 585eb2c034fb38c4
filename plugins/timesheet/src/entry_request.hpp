// What a list, a report or a file of entries is asked for.
#pragma once

#include "entry_query.hpp"

namespace timesheet {

// Parameters user ("me", "all" or an id), ticket_id, account_id, contract_id, activity, billable ("1" or "0"), from, to. What
// cannot be meant is left out: a link outlives what it names. usual_user: "me" or "all".
EntryFilter read_filter(guichet::Ctx ctx, guichet::Request request, std::string_view usual_user);
// The same as a query string, user always said.
std::string query_of(const EntryFilter& filter);
// {user, activity, billable, from, to, users, activities, used, hidden: [{name, value}]} for partials/filters.html
guichet::Value filter_bar(guichet::Ctx ctx, const EntryFilter& filter);

}  // namespace timesheet
