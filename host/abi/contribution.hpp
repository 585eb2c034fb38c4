// One call of what a package adds to a page of another: within its time, and when it fails, the page does not.
#pragma once

#include "abi/ctx.hpp"

#include <functional>
#include <string_view>

namespace host::abi {

struct Contribution {
    const plugin::Generation& generation;
    std::string_view kind;  // "widget", for the log
    std::string_view id;
    int timeout_ms;
};

// Columns, badges and search providers have no limit of their own in the manifest.
inline constexpr int kColumnMs = 1000, kBadgeMs = 300, kSearchMs = 1000;

// False when it failed: what it did in an open transaction is undone, the error record is the caller's again and the log
// says which one and why. One that is late but has succeeded is used, and logged.
bool contribute(guichet_ctx& ctx, const Contribution& what, const std::function<guichet_status()>& fn);

}  // namespace host::abi
