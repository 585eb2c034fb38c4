// A deployment: which modules are on, in which versions and with which settings, chosen together. The shape is
// manifests/schema/deployment.schema.json.
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace host::plugin {

struct Deployment {
    std::string name, description;
    std::set<std::string> enabled, disabled;              // ids; a module that is named in neither stays as it is
    std::map<std::string, std::string> pins;              // id -> exact version
    std::map<std::string, std::string> settings;          // id -> JSON object with values by key
};

// Every problem is reported, with a JSON pointer.
base::Result<Deployment> parse_deployment(std::string_view json);
base::Result<Deployment> read_deployment(const std::filesystem::path& file);

// The presets that came with the program: file name without extension -> deployment. One that cannot be read is
// left out and said in the log.
std::map<std::string, Deployment> read_presets(const std::filesystem::path& folder);

}  // namespace host::plugin
