// The wall clock, for display and records. Timeouts use std::chrono::steady_clock.
#pragma once

#include <cstdint>

namespace host::base {

std::int64_t now_us();  // since 1970 UTC

}  // namespace host::base
