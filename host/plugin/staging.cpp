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

Staging::Staging(const Manifest& manifest) : manifest_{manifest} {
    binder_ = {{sizeof(guichet_binder), GUICHET_ABI_MAJOR, GUICHET_ABI_MINOR}, this, &Staging::route, &Staging::slot, &Staging::service};
    for (const auto& r : manifest.routes) routes_.insert(r.handler);
    for (const auto& w : manifest.widgets) slots_.insert(w.handler);
    for (const auto& [id, version] : manifest.provides) services_.insert(id);
}

guichet_status Staging::refuse(guichet_status status, std::string code, std::string message, std::string handler) {
    refused_.push_back({std::move(code), std::move(message), std::move(handler)});
    return status;
}

template <class Map, class Entry>
guichet_status Staging::bind(Map& map, const std::set<std::string>& declared, std::string_view kind, guichet_str name, bool usable,
                             Entry entry) {
    std::string id{abi::view(name)};
    if (!declared.contains(id))
        return refuse(GUICHET_E_INVALID, "bind.undeclared",
                      "bind() binds the " + std::string{kind} + " '" + id + "', which plugin.json does not name", id);
    if (!usable)
        return refuse(GUICHET_E_INVALID, "bind.unusable",
                      "what bind() binds to '" + id + "' cannot be called: it is null, or a service of another version", id);
    if (!map.emplace(id, entry).second) return refuse(GUICHET_E_CONFLICT, "bind.twice", "bind() binds '" + id + "' twice", id);
    return GUICHET_OK;
}

guichet_status Staging::route(const guichet_binder* b, guichet_str handler, guichet_http_fn fn, void* self) {
    return without_exceptions([&] {
        auto& staging = *static_cast<Staging*>(b->impl);
        return staging.bind(staging.bindings_.routes, staging.routes_, "handler", handler, fn != nullptr,
                            Bindings::Handler<guichet_http_fn>{fn, self});
    });
}

guichet_status Staging::slot(const guichet_binder* b, guichet_str handler, guichet_slot_fn fn, void* self) {
    return without_exceptions([&] {
        auto& staging = *static_cast<Staging*>(b->impl);
        return staging.bind(staging.bindings_.slots, staging.slots_, "widget handler", handler, fn != nullptr,
                            Bindings::Handler<guichet_slot_fn>{fn, self});
    });
}

guichet_status Staging::service(const guichet_binder* b, guichet_str service_id, const void* table, void* self) {
    return without_exceptions([&] {
        auto& staging = *static_cast<Staging*>(b->impl);
        const auto declared = staging.manifest_.provides.find(std::string{abi::view(service_id)});
        const bool usable = declared != staging.manifest_.provides.end() && serves(table, declared->second);
        return staging.bind(staging.bindings_.services, staging.services_, "service", service_id, usable, Bindings::Service{table, self});
    });
}

base::Problems Staging::problems() const {
    auto problems = refused_;
    report_unbound(routes_, bindings_.routes, "handler", problems);
    report_unbound(slots_, bindings_.slots, "widget handler", problems);
    report_unbound(services_, bindings_.services, "service", problems);
    return problems;
}

}  // namespace host::plugin
