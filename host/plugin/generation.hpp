// One loaded version of one plugin: package, mapping, instance and what it bound. Immutable after start;
// kept alive by the snapshots that contain it.
#pragma once

#include "abi/call.hpp"
#include "db/connection.hpp"
#include "plugin/conditions.hpp"
#include "plugin/library.hpp"
#include "plugin/package.hpp"
#include "ui/template/template.hpp"

#include <guichet/abi/plugin.h>

#include <map>
#include <memory>
#include <string>

namespace host::plugin {

// What bind() registered: code pointers by handler id, nothing else of the plugin's memory.
struct Bindings {
    template <class F>
    struct Handler { F fn = nullptr; void* self = nullptr; };
    struct Service { const void* table = nullptr; void* self = nullptr; };
    template <class F>
    using Handlers = std::map<std::string, Handler<F>, std::less<>>;
    Handlers<guichet_http_fn> routes;
    Handlers<guichet_slot_fn> slots;
    Handlers<guichet_hook_fn> hooks, subscribers;
    Handlers<guichet_job_fn> jobs;
    Handlers<guichet_column_fn> columns;
    Handlers<guichet_search_fn> search;
    Handlers<guichet_badge_fn> badges;
    Handlers<guichet_command_fn> commands;
    std::map<std::string, Service, std::less<>> services;
};

class Generation {
public:
    // Copy, pre-flight, dlopen, guichet_plugin_main, create, bind, cross-check with the manifest, start.
    // Everything is undone on failure: destroyed if created, unmapped, copy deleted.
    // number is unique in this process; run_folder receives the private copy of the library.
    // Problem::code begins with the phase: "library.", "template.", "main.", "create.", "bind.", "start.".
    static base::Result<std::shared_ptr<Generation>> load(const abi::Services& services, const Package& package,
                                                          std::uint64_t number, const std::filesystem::path& run_folder,
                                                          std::shared_ptr<const ui::TemplateSet> host_templates);
    ~Generation();

    const Package& package() const noexcept { return package_; }
    const Manifest& manifest() const noexcept { return package_.manifest; }
    const std::string& id() const noexcept { return package_.manifest.id; }
    std::uint64_t number() const noexcept { return number_; }
    const Bindings& bindings() const noexcept { return bindings_; }
    const ui::TemplateSet& templates() const noexcept { return *templates_; }
    const Conditions& conditions() const noexcept { return conditions_; }
    const db::Identity& identity() const noexcept { return identity_; }  // role and search path

    // [reaper] drain() once, destroy(), dlclose, verified. Afterwards only the strings are left.
    enum class Unload { unmapped, still_mapped, pinned, no_library };
    void drain() noexcept;
    Unload unload() noexcept;

private:
    Generation(const Package& package, std::uint64_t number);
    base::Problems open(const std::filesystem::path& run_folder);
    base::Problems identify() const;
    base::Problems check_interfaces() const;
    base::Problems run(const abi::Services& services);

    Package package_;
    std::uint64_t number_ = 0;
    Library library_;
    abi::HostHandle host_;
    const guichet_plugin_v1* plugin_ = nullptr;
    void* self_ = nullptr;
    Bindings bindings_;
    std::shared_ptr<const ui::TemplateSet> templates_;
    Conditions conditions_;
    db::Identity identity_;
    bool drained_ = false;
};

// Role and search path under which a plugin's statements run.
db::Identity identity_of(const Manifest& manifest);

}  // namespace host::plugin
