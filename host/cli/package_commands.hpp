// Commands that packages declare ("commands" in plugin.json): "guichet mail explain FILE…".
#pragma once

#include "config.hpp"

#include <optional>
#include <string>
#include <vector>

namespace host::cli {

// Names and summaries, for "guichet help".
void print_package_commands(const Config& config);

// The exit status of the command whose name these words begin with; nullopt when no package has one. Of several versions of a
// package the newest counts. A command with "database": false runs with its own package and those that it requires, with no migration
// and nothing started, so that it changes nothing, and works beside a database that is away. Throws db::Unavailable, std::runtime_error.
std::optional<int> run_package_command(const Config& config, const std::vector<std::string>& words);

}  // namespace host::cli
