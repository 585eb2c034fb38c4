// What an operation of the life cycle decides on: what is recorded, which packages are in sight, what runs.
// A snapshot of the three; pure.
#pragma once

#include "plugin/package_store.hpp"
#include "plugin/records.hpp"
#include "plugin/resolver.hpp"
#include "plugin/snapshot.hpp"

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace host::plugin {

using Generations = std::vector<std::shared_ptr<const Generation>>;

std::shared_ptr<const Generation> find(const Generations& generations, std::string_view id);  // null when absent

struct World {
    World(PluginRecords records_, PackageStore::Found found_, Generations active_);

    PluginRecords records;
    PackageStore::Found found;
    Generations active;
    std::vector<Candidate> candidates;  // the packages in sight, then what runs though its package is gone
    db::AppliedMigrations applied{};    // by plugin id

    bool in_sight(const std::string& id) const;
    bool in_sight(const std::string& id, const std::string& sha256) const;
    const Package* package(const Candidate& candidate) const;  // null when it is not in sight
    bool wanted(const std::string& id) const;
    std::vector<const db::Migration*> pending(const Candidate& candidate) const;  // its migrations that have not run
    // A newer version has removed what this package needs: "contract" migrations ran that it does not know.
    base::Problems contracted(const Candidate& candidate) const;

    // The choices and refusals of the operator, with nothing enabled yet. A plugin that is followed gets the
    // recorded package, else keeps the one that runs, else the highest version.
    Wanted choices() const;
    // The same with what is both wanted and running: what could not be started must not stand in others' way.
    Wanted wanted_and_active() const;
    // What runs but cannot without the removed ones: bridges that came by themselves, or all others.
    std::set<std::string> dependents(const std::set<std::string>& removed, bool bridges) const;
};

}  // namespace host::plugin
