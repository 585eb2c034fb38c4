// "guichet plugin …" and "guichet deploy …".
#pragma once

#include "cli/commands.hpp"

namespace host::cli {

// Each returns the exit status of the program.
int plugin(const Config& config, const Arguments& arguments);
int deploy(const Config& config, const Arguments& arguments);

}  // namespace host::cli
