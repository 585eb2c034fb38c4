// Which tickets the user may see, asked of those who know (R31): every list of tickets here goes through it.
#pragma once

#include <guichet/sdk/plugin.hpp>

#include <set>

namespace sla {

inline constexpr std::string_view kReadTickets = "tickets.ticket.read";

// Those of the ids that he may see.
std::set<int64_t> visible(guichet::Ctx ctx, const std::vector<int64_t>& ids);
// How many open ones for which the condition on ticket_state holds, due by then; the exact number for who sees all, at most 1000 for
// others.
int64_t count_visible(guichet::Ctx ctx, std::string_view where, std::optional<guichet::Time> until = {});

}  // namespace sla
