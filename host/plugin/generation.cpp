#include "plugin/generation.hpp"

#include "abi/guard.hpp"
#include "base/log.hpp"
#include "base/semver.hpp"
#include "plugin/crash_marks.hpp"
#include "plugin/preflight.hpp"
#include "plugin/staging.hpp"

#include <unistd.h>

namespace host::plugin {
namespace {

base::Problems one(std::string code, std::string message, std::string path) {
    return {{std::move(code), std::move(message), std::move(path)}};
}

base::Problems failed(std::string_view phase, const abi::LifecycleError& error, const std::string& id) {
    return one(std::string{phase} + ".failed", std::string{phase} + " failed: " + error.message, id);
}

// The last calls into a library have no context to report to, and unloading cannot fail.
template <class F>
void last_call(const std::string& id, std::string_view what, F&& f) noexcept {
    const CallMark mark{id};
    try {
        f();
    } catch (...) {
        base::log(base::Level::error, "an exception left a plugin's last call", {{"plugin", id}, {"call", what}});
    }
}

}  // namespace

db::Identity identity_of(const Manifest& manifest) {
    const auto& schema = manifest.database.schema;
    return {"guichet_p_" + database_name(manifest.id), schema.empty() ? "core" : '"' + schema + "\", core"};
}

Generation::Generation(const Package& package, std::uint64_t number)
    : package_{package}, number_{number}, identity_{identity_of(package.manifest)} {}

Generation::~Generation() { unload(); }

base::Result<std::shared_ptr<Generation>> Generation::load(const abi::Services& services, const Package& package, std::uint64_t number,
                                                           const std::filesystem::path& run_folder,
                                                           std::shared_ptr<const ui::TemplateSet> host_templates) {
    std::shared_ptr<Generation> generation{new Generation{package, number}};
    auto templates = ui::TemplateSet::parse(package.manifest.id, package.template_sources, std::move(host_templates));
    if (!templates) return templates.problems();
    generation->templates_ = *templates;
    auto conditions = parse_conditions(package.manifest);
    if (!conditions) return conditions.problems();
    generation->conditions_ = *std::move(conditions);
    abi::fill(generation->host_, *generation);
    if (auto problems = generation->check_interfaces(); !problems.empty()) return problems;
    if (package.library().empty()) return generation;
    if (auto problems = generation->open(run_folder); !problems.empty()) return problems;
    if (auto problems = generation->run(services); !problems.empty()) return problems;
    return generation;
}

base::Problems Generation::check_interfaces() const {
    base::Problems problems;
    for (const auto& [id, text] : manifest().interfaces) {
        const auto* table = static_cast<const guichet_iface*>(host_.table.get(&host_.table, abi::str(id), GUICHET_ABI_MAJOR));
        const auto range = base::Range::parse(text);
        if (!table) problems.push_back({"main.interface", "this host has no interface " + id, manifest().id});
        else if (!range || !range->matches({table->major, table->minor, 0, {}}))
            problems.push_back(
                {"main.interface",
                 "needs " + id + ' ' + text + ", this host has " + std::to_string(table->major) + '.' + std::to_string(table->minor),
                 manifest().id});
    }
    return problems;
}

base::Problems Generation::open(const std::filesystem::path& run_folder) {
    const auto checked = preflight(package_.library());
    if (!checked) return checked.problems();
    // The pid: several processes share the folder.
    const auto copy = run_folder / (id() + '-' + std::to_string(::getpid()) + '-' + std::to_string(number_) + ".so");
    const CallMark mark{id()};  // its constructors run
    auto library = Library::open(package_.library(), std::filesystem::absolute(copy), checked->pin);
    if (!library) return library.problems();
    library_ = *std::move(library);
    try {
        plugin_ = library_.entry()();
    } catch (...) {
        return one("main.failed", "guichet_plugin_main threw an exception", id());
    }
    auto problems = identify();
    if (!problems.empty()) plugin_ = nullptr;
    return problems;
}

base::Problems Generation::identify() const {
    if (!plugin_) return one("main.failed", "guichet_plugin_main returned nothing", id());
    if (plugin_->size < sizeof(guichet_plugin_v1) || plugin_->abi_major != GUICHET_ABI_MAJOR)
        return one("main.abi",
                   "is built for version " + std::to_string(plugin_->abi_major) + " of the plugin API, this host has version " +
                       std::to_string(GUICHET_ABI_MAJOR),
                   id());
    base::Problems problems;
    const auto compare = [&](const char* code, std::string_view what, std::string_view library, const std::string& manifest) {
        if (library != manifest)
            problems.push_back(
                {code, "the library says " + std::string{what} + " '" + std::string{library} + "', plugin.json says '" + manifest + "'",
                 id()});
    };
    compare("main.id", "id", abi::view(plugin_->id), id());
    compare("main.version", "version", abi::view(plugin_->version), manifest().version);
    if (!plugin_->create || !plugin_->bind || !plugin_->start || !plugin_->drain || !plugin_->destroy)
        problems.push_back({"main.functions", "one of create, bind, start, drain, destroy is missing", id()});
    return problems;
}

base::Problems Generation::run(const abi::Services& services) {
    const auto call = [&](auto fn) { return abi::call_lifecycle(services, *this, fn); };
    void* self = nullptr;
    if (const auto e = call([&](guichet_ctx* ctx) { return plugin_->create(&host_.table, ctx, &self); }); e.code != GUICHET_OK) {
        plugin_ = nullptr;  // not created: not to be destroyed
        return failed("create", e, id());
    }
    self_ = self;
    Staging staging{manifest()};
    const auto bound = call([&](guichet_ctx* ctx) { return plugin_->bind(self_, ctx, staging.binder()); });
    auto problems = staging.problems();
    if (bound.code != GUICHET_OK) problems.insert(problems.begin(), failed("bind", bound, id())[0]);
    if (!problems.empty()) return problems;
    bindings_ = staging.take();
    if (const auto e = call([&](guichet_ctx* ctx) { return plugin_->start(self_, ctx); }); e.code != GUICHET_OK)
        return failed("start", e, id());
    return {};
}

void Generation::drain() noexcept {
    if (!plugin_ || std::exchange(drained_, true)) return;
    last_call(id(), "drain", [&] { plugin_->drain(self_); });
}

Generation::Unload Generation::unload() noexcept {
    drain();
    if (plugin_) last_call(id(), "destroy", [&] { plugin_->destroy(self_); });
    plugin_ = nullptr;
    bindings_ = {};
    if (!library_) return Unload::no_library;
    const bool pinned = library_.pinned();
    const bool gone = library_.close();
    return gone ? Unload::unmapped : pinned ? Unload::pinned : Unload::still_mapped;
}

}  // namespace host::plugin
