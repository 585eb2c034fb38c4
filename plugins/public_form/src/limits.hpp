// How much one address, one network address and everybody together may do (security.md R58, R60). Counted in the database, so that
// several hosts share it; windows slide.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

struct Limit {
    std::string_view kind;
    int64_t most;
    int64_t seconds;
};

inline constexpr Limit kTicketsOfClient{"tickets_of_client", 20, 3600};
inline constexpr Limit kTicketsOfAddress{"tickets_of_address", 10, 3600};
inline constexpr Limit kTickets{"tickets", 600, 600};  // of everybody: the breaker
inline constexpr Limit kBytesOfClient{"bytes_of_client", 200 << 20, 86'400};
inline constexpr Limit kBytesKept{"bytes_kept", int64_t{2} << 30, 86'400};  // of everybody, in forms that were not taken
inline constexpr Limit kMailsAnHour{"mails_an_hour", 3, 3600};              // to an address nobody has confirmed
inline constexpr Limit kMailsADay{"mails_a_day", 10, 86'400};
inline constexpr Limit kLostOfClient{"lost_of_client", 10, 3600};
inline constexpr Limit kMessagesOfLink{"messages_of_link", 30, 3600};

// Whether amount more fits; only looks, and does not wait.
bool fits(guichet::Ctx ctx, const Limit& limit, std::string_view key, int64_t amount = 1);
// Takes it, inside a Tx: whoever takes the same waits until it ends, so take last. False: nothing was taken.
bool take(guichet::Ctx ctx, const Limit& limit, std::string_view key, int64_t amount = 1);
void forget_old_attempts(guichet::Ctx ctx);

}  // namespace public_form
