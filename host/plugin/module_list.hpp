// The lines of the modules page: what is recorded, in sight and active, brought together per plugin. Pure.
#pragma once

#include "plugin/lifecycle.hpp"
#include "plugin/package_store.hpp"
#include "plugin/records.hpp"

namespace host::plugin {

// snapshot may be null: then nothing was started in this process, and what is wanted counts as active.
std::vector<ModuleInfo> module_list(const PluginRecords& records, const PackageStore::Found& found, const db::AppliedMigrations& applied,
                                    const Snapshot* snapshot);

}  // namespace host::plugin
