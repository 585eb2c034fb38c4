// Numbered SQL files applied once each, recorded in core.plugin_migration with their SHA-256.
// "0001_name.expand.sql" runs when a package is enabled; "0002_name.contract.sql" only when no host runs
// the previous version any more.
#pragma once

#include "base/result.hpp"
#include "db/connection.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace host::db {

enum class Phase { expand, contract };
struct Migration {
    int number = 0;
    Phase phase = Phase::expand;
    std::string name;
    std::string sha256;
    std::string sql;
};

// Reads and checks a folder: names, numbers unique per phase, no transaction control. A missing folder is empty.
base::Result<std::vector<Migration>> read_migrations(const std::filesystem::path& folder);

std::string file_name(const Migration& migration);  // "0001_tickets.expand.sql"

// Creates schema core and its ledger when they are not there. Several hosts may do this at once (advisory lock).
void prepare_ledger(Connection& connection);

// The whole ledger: owner -> {phase, number} -> file name.
using AppliedMigrations = std::map<std::string, std::map<std::pair<Phase, int>, std::string>>;
AppliedMigrations applied_migrations(Connection& connection);

// Applies, in one transaction with lock_timeout 3 s, what the ledger does not have for owner ("core" or a plugin id)
// and this phase, under the identity. An applied file that has changed is a Problem. Returns how many ran.
base::Result<int> migrate(Connection& connection, const std::string& owner, const Identity& identity,
                          const std::vector<Migration>& migrations, Phase phase);

}  // namespace host::db
