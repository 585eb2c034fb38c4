// What an operation on modules does, decided before anything is done: the modules page and --dry-run show it,
// the life cycle carries out the same value. Pure.
#pragma once

#include "plugin/deployment.hpp"
#include "plugin/world.hpp"

#include <set>
#include <string>
#include <vector>

namespace host::plugin {

struct Operation {
    enum class Kind { enable, upgrade, disable, install, rollback, deploy };
    Kind kind = Kind::enable;
    std::string id;              // of the module; "" for deploy
    bool cascade = false;        // disable: with what requires it
    std::string sha256;          // install: the package, which is in sight
    Deployment deployment;       // deploy
};

struct Change {
    struct Step {
        enum class Kind { install, enable, upgrade, disable };
        Kind kind = Kind::enable;
        std::string id, version;
        std::string previous_version;      // upgrade: what runs now
        std::string because;               // whom it comes or goes with; "" when it was asked for
        std::vector<std::string> expand;   // files that run before it starts
        std::vector<std::string> contract; // files that run when no process has another package of it in memory
    };
    Operation operation;
    std::vector<Step> steps;          // in the order in which they are done
    std::vector<std::string> absent;  // deploy: wanted, but no package of it is installed
    std::vector<Candidate> order;     // what runs afterwards; they point into the world
    std::set<std::string> asked_for;  // become wanted, with what they require
    std::set<std::string> needed;     // those: when one does not start, nothing changes; a bridge is left out
    std::set<std::string> removed;    // are no longer wanted

    const Step* step(const std::string& id) const;  // null: nothing happens to it
};

// Problems say why it cannot be done.
base::Result<Change> plan_change(const World& world, const Operation& operation);

// One line for the operator, after it was done.
std::string to_text(const Change& change);

}  // namespace host::plugin
