// Which packages in which order: a pure function, no I/O (plugin_api.md 2.7).
#pragma once

#include "plugin/manifest.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace host::plugin {

struct Candidate {
    const Manifest* manifest = nullptr;
    std::string sha256;
};
struct Wanted {
    std::set<std::string> enabled;                // ids the operator wants
    std::set<std::string> refused;                // bridges the operator said no to
    std::set<std::string> quarantined;            // left out, with what requires them
    std::map<std::string, std::string> packages;  // id -> sha256 chosen by install; else the highest version
};
struct Plan {
    std::vector<Candidate> order;  // dependencies first, ties by id
};
// Problems name the chain: "tickets 1.0.0 needs directory ^1.2, installed is 1.1.0".
base::Result<Plan> resolve(const std::vector<Candidate>& installed, const Wanted& wanted, unsigned host_abi_major, unsigned host_abi_minor);

}  // namespace host::plugin
