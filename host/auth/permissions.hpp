// The host's own permissions: what its pages ask for, what manifests may name and what profiles can be given.
#pragma once

#include <algorithm>
#include <string_view>

namespace host::auth {

struct HostPermission {
    std::string_view id, label;        // label: msgid of the host
    bool administrators_only = false;  // no profile can be given it
};

inline constexpr HostPermission kHostPermissions[] = {
    {"core.profiles", "Profiles", true},  // who edits profiles could give himself everything
    {"core.users", "Users and teams"},
    {"core.modules", "Modules"},
    {"core.settings", "Settings"},
    {"core.fields", "Fields"},
    {"core.lists", "Lists"},
    {"core.counters", "Counters"},
    {"core.arrangement", "Arrangement"},
    {"core.mail", "Outgoing mail"},
    {"core.events", "Deliveries"},
    {"core.jobs", "Jobs"},
    {"core.audit", "Audit log"},
};

constexpr bool is_host_permission(std::string_view id) {
    return std::ranges::any_of(kHostPermissions, [&](const auto& permission) { return permission.id == id; });
}

}  // namespace host::auth
