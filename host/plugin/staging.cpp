#include "plugin/staging.hpp"

#include "abi/guard.hpp"
#include "base/semver.hpp"

namespace host::plugin {
namespace {

bool serves(const void* table, const std::string& declared) {
    const auto version = base::Version::parse_short(declared);
    const auto* iface = static_cast<const guichet_iface*>(table);
    return iface && version && iface->size >= sizeof(guichet_iface) && iface->major == version->major && iface->minor >= version->minor;
}

template <class Map>
void report_unbound(const std::set<std::string>& declared, const Map& bound, std::string_view kind, base::Problems& out) {
    for (const auto& name : declared)
        if (!bound.contains(name))
            out.push_back(
                {"bind.missing", "plugin.json names the " + std::string{kind} + " '" + name + "', but bind() did not bind it", name});
}

// The binder is called from inside the plugin: nothing may be thrown through it.
template <class F>
guichet_status without_exceptions(F&& f) noexcept {
    try {
        return f();
    } catch (...) {
        return GUICHET_E_NOMEM;
    }
}

}  // namespace

template <class F, Bindings::Handlers<F> Bindings::*Bound, Staging::Names Staging::Declared::*Known>
guichet_status Staging::handler(const guichet_binder* b, guichet_str name, F fn, void* self) noexcept {
    return without_exceptions([&] {
        auto& staging = *static_cast<Staging*>(b->impl);
        return staging.bind(staging.bindings_.*Bound, staging.declared_.*Known, name, fn != nullptr, Bindings::Handler<F>{fn, self});
    });
}

guichet_status Staging::service(const guichet_binder* b, guichet_str service_id, const void* table, void* self) noexcept {
    return without_exceptions([&] {
        auto& staging = *static_cast<Staging*>(b->impl);
        const auto declared = staging.manifest_.provides.find(std::string{abi::view(service_id)});
        const bool usable = declared != staging.manifest_.provides.end() && serves(table, declared->second);
        return staging.bind(staging.bindings_.services, staging.declared_.services, service_id, usable, Bindings::Service{table, self});
    });
}

Staging::Staging(const Manifest& manifest) : manifest_{manifest} {
    using B = Bindings;
    using D = Declared;
    binder_ = {{sizeof(guichet_binder), GUICHET_ABI_MAJOR, GUICHET_ABI_MINOR},
               this,
               &Staging::handler<guichet_http_fn, &B::routes, &D::routes>,
               &Staging::handler<guichet_slot_fn, &B::slots, &D::slots>,
               &Staging::service,
               &Staging::handler<guichet_hook_fn, &B::hooks, &D::hooks>,
               &Staging::handler<guichet_hook_fn, &B::subscribers, &D::subscribers>,
               &Staging::handler<guichet_job_fn, &B::jobs, &D::jobs>,
               &Staging::handler<guichet_column_fn, &B::columns, &D::columns>,
               &Staging::handler<guichet_search_fn, &B::search, &D::search>,
               &Staging::handler<guichet_badge_fn, &B::badges, &D::badges>,
               &Staging::handler<guichet_command_fn, &B::commands, &D::commands>};
    for (const auto& r : manifest.routes) declared_.routes.insert(r.handler);
    for (const auto& w : manifest.widgets) declared_.slots.insert(w.handler);
    for (const auto& h : manifest.hooks) declared_.hooks.insert(h.handler);
    for (const auto& s : manifest.subscriptions) declared_.subscribers.insert(s.handler);
    for (const auto& j : manifest.jobs) declared_.jobs.insert(j.handler);
    for (const auto& c : manifest.columns) declared_.columns.insert(c.handler);
    for (const auto& s : manifest.search) declared_.search.insert(s.handler);
    for (const auto& m : manifest.menus)
        if (!m.badge.empty()) declared_.badges.insert(m.badge);
    for (const auto& c : manifest.commands) declared_.commands.insert(c.handler);
    for (const auto& [id, version] : manifest.provides) declared_.services.insert(id);
}

guichet_status Staging::refuse(guichet_status status, std::string code, std::string message, std::string handler) {
    refused_.push_back({std::move(code), std::move(message), std::move(handler)});
    return status;
}

template <class Map, class Entry>
guichet_status Staging::bind(Map& map, const Names& declared, guichet_str name, bool usable, Entry entry) {
    std::string id{abi::view(name)};
    if (!declared.contains(id))
        return refuse(GUICHET_E_INVALID, "bind.undeclared", "bind() binds '" + id + "', which plugin.json does not name there", id);
    if (!usable)
        return refuse(GUICHET_E_INVALID, "bind.unusable",
                      "what bind() binds to '" + id + "' cannot be called: it is null, or a service of another version", id);
    if (!map.emplace(id, entry).second) return refuse(GUICHET_E_CONFLICT, "bind.twice", "bind() binds '" + id + "' twice", id);
    return GUICHET_OK;
}

base::Problems Staging::problems() const {
    auto problems = refused_;
    report_unbound(declared_.routes, bindings_.routes, "handler", problems);
    report_unbound(declared_.slots, bindings_.slots, "widget handler", problems);
    report_unbound(declared_.hooks, bindings_.hooks, "hook", problems);
    report_unbound(declared_.subscribers, bindings_.subscribers, "subscription", problems);
    report_unbound(declared_.jobs, bindings_.jobs, "job", problems);
    report_unbound(declared_.columns, bindings_.columns, "column", problems);
    report_unbound(declared_.search, bindings_.search, "search", problems);
    report_unbound(declared_.badges, bindings_.badges, "badge", problems);
    report_unbound(declared_.commands, bindings_.commands, "command", problems);
    report_unbound(declared_.services, bindings_.services, "service", problems);
    return problems;
}

}  // namespace host::plugin
