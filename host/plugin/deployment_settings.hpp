// The settings part of a deployment.
#pragma once

#include "core/secrets.hpp"
#include "db/connection.hpp"
#include "plugin/deployment.hpp"
#include "plugin/manifest.hpp"

namespace host::plugin {

// Modules whose settings the deployment sets; absent: those that are not installed.
std::vector<std::string> modules_with_settings(const Deployment& deployment, const std::vector<std::string>& absent);

// Stores what the deployment sets for a module, in the caller's transaction. What the installed version has no
// setting for is left out and said in the log: a preset also serves older versions.
base::Problems write_deployment_settings(db::Connection& connection, const core::Secrets& secrets, const Deployment& deployment,
                                         const Manifest& manifest);

}  // namespace host::plugin
