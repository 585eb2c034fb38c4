// What a plugin binds while bind() runs. It becomes a generation's bindings only when all of it agrees with
// the manifest. [lifecycle]
#pragma once

#include "base/result.hpp"
#include "plugin/generation.hpp"
#include "plugin/manifest.hpp"

#include <set>
#include <string>

namespace host::plugin {

class Staging {
public:
    explicit Staging(const Manifest& manifest);
    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;

    const guichet_binder* binder() const noexcept { return &binder_; }  // valid as long as this object
    // What was refused, and what the manifest names but nothing was bound to. Empty: take().
    base::Problems problems() const;
    Bindings take() { return std::move(bindings_); }

private:
    using Names = std::set<std::string>;
    struct Declared { Names routes, slots, hooks, subscribers, jobs, columns, search, badges, commands, services; };

    // The function of the binder for one kind of handler.
    template <class F, Bindings::Handlers<F> Bindings::*Bound, Names Declared::*Known>
    static guichet_status handler(const guichet_binder* b, guichet_str name, F fn, void* self) noexcept;
    static guichet_status service(const guichet_binder* b, guichet_str service_id, const void* table, void* self) noexcept;
    guichet_status refuse(guichet_status status, std::string code, std::string message, std::string handler);
    template <class Map, class Entry>
    guichet_status bind(Map& map, const Names& declared, guichet_str name, bool usable, Entry entry);

    const Manifest& manifest_;
    guichet_binder binder_{};
    Bindings bindings_;
    Declared declared_;
    base::Problems refused_;
};

}  // namespace host::plugin
