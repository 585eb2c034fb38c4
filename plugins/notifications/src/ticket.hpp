// The ticket that people are told of, as rules look at it.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace notifications {

// A row of tickets.ticket_v1 with account_type and account_name; empty when there is none or it was deleted.
guichet::Value load_ticket(guichet::Ctx ctx, int64_t id);
guichet::Value load_ticket(guichet::Ctx ctx, std::string_view ref);

// Those of the users who may read it.
std::vector<int64_t> readers(guichet::Ctx ctx, int64_t ticket, const std::vector<int64_t>& users);

}  // namespace notifications
