// Enabling, disabling, upgrading: the same code for the modules page, the command line and a host that
// follows another. Operations are serialised, within the process and across hosts (advisory lock). Any thread.
#pragma once

#include "plugin/change.hpp"
#include "plugin/registry.hpp"

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
    bool safe_mode = false;                              // no plugin is loaded at all
};

// One line of the modules page and of "guichet plugin list".
struct ModuleInfo {
    std::string id, name, description, version;   // of the package that is or would be active
    i18n::Catalogs::Domain catalog;               // its translations of name and description
    std::string state;                            // "active", "disabled", "failed", "quarantined"
    bool wanted = false;
    std::string sha256, active_sha256;
    std::string error_phase, error_message;       // of the last failure
    std::vector<std::string> requires_, required_by;  // required_by: active ones only
    std::vector<std::string> other_versions;      // installed beside it
    std::string previous_version;                 // what a rollback returns to; "" = nothing
    std::vector<std::string> contract_pending;    // files that wait until no process has the previous package in memory
    int contract_waits_for = 0;                   // processes that have
};

class Lifecycle {
public:
    Lifecycle(const abi::Services& services, db::Pool& pool, Registry& registry, std::shared_ptr<const ui::TemplateSet> host_templates,
              i18n::Catalogs::Domain host_domain, std::vector<Manifest::Slot> host_slots,
              std::vector<std::pair<std::string, std::string>> host_routes, LifecycleOptions options);

    // At start: publishes the host alone, then everything wanted, each failure recorded and left out
    // (with what requires it), so that one bad package does not keep the desk closed. What brought the process
    // down is recorded first, the third time in ten minutes it is quarantined. In safe mode the host stays
    // alone. Throws db::Error.
    void start();
    // To be called every few seconds, and after a notification: reports that this process lives; loads,
    // upgrades and drops until it is as core.plugin wants it, where a plugin that cannot be upgraded stays as it
    // is; runs "contract" migrations nobody stands in the way of any more. Throws db::Error.
    void reconcile();
    bool safe_mode() const;

    // What an operation would do, step by step, or why it cannot be done. Nothing is changed. Of install, the
    // package is read from folder. Change::order stays empty.
    base::Result<Change> preview(const Operation& operation, const std::filesystem::path& folder = {});
    // Each: changes the wanted state and this process, or nothing at all. Ok: a line for the operator.
    // The first one starts, when start() was not called.
    base::Result<std::string> perform(const Operation& operation);
    base::Result<std::string> enable(const std::string& id);                          // also releases from quarantine
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
