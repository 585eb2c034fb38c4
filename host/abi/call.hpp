// The only place that calls a plugin. Every call goes through a barrier: a C++ exception that escapes a
// plugin (one not built with the SDK) and a transaction left open become GUICHET_E_INTERNAL and a rollback.
#pragma once

#include "abi/ctx.hpp"

#include <functional>

namespace host::abi {

// Runs fn for the generation (ctx.generation is set for the duration), checks the transaction depth and
// normalises unknown status values to GUICHET_E_INTERNAL. Never throws. ctx.error says why it failed.
guichet_status call(guichet_ctx& ctx, const plugin::Generation& generation, const std::function<guichet_status()>& fn) noexcept;

// Same for the five lifecycle functions, before there is a snapshot.
struct LifecycleError { guichet_status code = GUICHET_OK; std::string message; };
LifecycleError call_lifecycle(const Services& services, const plugin::Generation& generation,
                              const std::function<guichet_status(guichet_ctx*)>& fn) noexcept;

// The root object a generation passes to guichet_plugin_v1.create; owned by the generation.
struct HostHandle {
    guichet_host table{};
    const plugin::Generation* generation = nullptr;
};
void fill(HostHandle& handle, const plugin::Generation& generation);

}  // namespace host::abi
