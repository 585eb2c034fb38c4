// Everything that is wrong with a package, before it is installed anywhere. Nothing of it is loaded into this
// process: a library that crashes brings down a child.
#pragma once

#include "base/result.hpp"
#include "db/pool.hpp"
#include "ui/template/template.hpp"

#include <filesystem>
#include <memory>

namespace host::plugin {

// Its files: manifest, sums, library, templates, events, mail, migrations, and the version of the plugin API.
base::Problems check_files(const std::filesystem::path& folder, const std::shared_ptr<const ui::TemplateSet>& host_templates);

// That the library loads, says who it is and binds what the manifest names: in a child process, up to 20 s.
// To be called before this process has threads.
base::Problems check_bind(const std::filesystem::path& folder, const std::shared_ptr<const ui::TemplateSet>& host_templates,
                          const std::filesystem::path& scratch_folder);

// That its migrations run, one after the other, in a new schema of its name; everything is taken back afterwards.
base::Problems check_migrations(const std::filesystem::path& folder, db::Connection& connection);

}  // namespace host::plugin
