// Enabling, disabling, upgrading: the same code for the modules page, the command line and a host that
// follows another. Operations are serialised, within the process and across hosts (advisory lock). Any thread.
#pragma once

#include "plugin/registry.hpp"
#include "plugin/resolver.hpp"

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace host::plugin {

struct LifecycleOptions {
    std::vector<std::filesystem::path> package_folders;  // each holds packages: "<folder>/<id>/plugin.json" or "<folder>/<id>/<version>-<sha>/plugin.json"
    std::filesystem::path install_folder;                // <state>/packages
    std::filesystem::path run_folder;                    // <state>/run
};

// One line of the modules page and of "guichet plugin list".
struct ModuleInfo {
    std::string id, name, description, version;   // of the package that is or would be active
    i18n::Catalogs::Domain catalog;               // its translations of name and description
    std::string state;                            // "active", "disabled", "failed"
    bool wanted = false;
    std::string sha256, active_sha256;
    std::string error_phase, error_message;       // of the last failure
    std::vector<std::string> requires_, required_by;  // required_by: active ones only
    std::vector<std::string> other_versions;      // installed beside it
};

class Lifecycle {
public:
    Lifecycle(const abi::Services& services, db::Pool& pool, Registry& registry, std::shared_ptr<const ui::TemplateSet> host_templates,
              i18n::Catalogs::Domain host_domain, std::vector<Manifest::Slot> host_slots,
              std::vector<std::pair<std::string, std::string>> host_routes, LifecycleOptions options);

    // At start: publishes the host alone, then everything wanted, each failure recorded and left out
    // (with what requires it), so that one bad package does not keep the desk closed. Throws db::Error.
    void start();
    // Follows core.plugin after a notification: loads, upgrades and drops until this process is as wanted.
    // A plugin that cannot be upgraded stays as it is. Costs one query when nothing changed. Throws db::Error.
    void reconcile();

    // Each: changes the wanted state and this process, or nothing at all. Ok: a line for the operator.
    // The first one starts, when start() was not called.
    base::Result<std::string> enable(const std::string& id);
    base::Result<std::string> disable(const std::string& id, bool cascade = false);   // refuses while an active plugin requires it
    base::Result<std::string> install(const std::filesystem::path& folder);           // copies; upgrades at once when the plugin is enabled
    base::Problems check(const std::filesystem::path& folder);                        // everything wrong with a package, without loading it into service
    std::vector<ModuleInfo> list();
    // demo/*.sql of the active packages in dependency order, each in one transaction under its role with the
    // setting guichet.demo_tickets = tickets.
    base::Result<std::string> fill_demo(std::int64_t tickets);

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace host::plugin
