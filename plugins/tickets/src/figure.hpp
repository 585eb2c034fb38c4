// How many there are, as far as it is counted: nobody counts further, and PostgreSQL need not.
#pragma once

#include "call.hpp"

#include <algorithm>

namespace tickets {

inline constexpr int64_t kMostCounted = 1000;
inline constexpr std::string_view kCountLimit = " limit 1001";

// {value, more} of a count that ended at kCountLimit.
inline guichet::Value figure(const Call& call, int64_t count) {
    return call.ctx.object().set("value", std::min(count, kMostCounted)).set("more", count > kMostCounted);
}

}  // namespace tickets
