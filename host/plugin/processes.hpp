// Rows of core.process: which packages each running host process has in its memory. Everything is decided by
// the clock of the database.
#pragma once

#include "db/connection.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace host::plugin {

using LoadedPackages = std::map<std::string, std::set<std::string>>;  // plugin id -> sha256

// A name for this process that no other has had.
std::string new_process_id();
// Says that the process lives and what it has loaded.
void report_process(db::Connection& connection, const std::string& process_id, const LoadedPackages& loaded, std::int64_t generation);
void remove_process(db::Connection& connection, const std::string& process_id);
// Living processes that have another package of the plugin than this one in memory.
int processes_with_another(db::Connection& connection, const std::string& plugin_id, const std::string& sha256);

}  // namespace host::plugin
