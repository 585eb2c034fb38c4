// What every handler works with.
#pragma once

#include "statuses.hpp"

namespace tickets {

struct Call {
    guichet::Ctx ctx;
    const Statuses& statuses;
    std::string_view customer{};  // address of the customer for whom the system acts; "" otherwise

    std::string_view tr(std::string_view msgid) const { return ctx.tr(msgid); }
    // Null for the system, which is no user.
    std::optional<int64_t> author() const { return ctx.user_id() > 0 ? std::optional{ctx.user_id()} : std::nullopt; }
};

}  // namespace tickets
