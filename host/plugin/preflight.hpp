// What a library would do to the process, read from the file before dlopen runs its constructors
// (plugin_api.md, "What prototypes settled").
#pragma once

#include "base/result.hpp"

#include <filesystem>

namespace host::plugin {

struct Preflight {
    // The library must stay mapped: its C++ runtime leaves a destructor behind in every thread that ran it.
    bool pin = false;
};
base::Result<Preflight> preflight(const std::filesystem::path& library);

}  // namespace host::plugin
