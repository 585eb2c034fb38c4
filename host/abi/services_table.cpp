#include "abi/call.hpp"
#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "plugin/crash_marks.hpp"
#include "plugin/generation.hpp"
#include "plugin/snapshot.hpp"

namespace host::abi {
namespace {

const void* acquire(guichet_ctx* ctx, guichet_str id, uint16_t major, uint16_t min_minor, void** self) noexcept {
    if (!ctx->snapshot) return nullptr;
    const auto* provider = ctx->snapshot->provider(view(id), major, min_minor);
    if (!provider) return nullptr;
    const auto& services = provider->bindings().services;
    const auto service = services.find(view(id));
    if (service == services.end()) return nullptr;
    *self = service->second.self;
    return service->second.table;
}

guichet_status enter(guichet_ctx* ctx, const guichet_host* host) noexcept {
    return guard(ctx, [&] {
        ctx->callers.push_back(ctx->generation);
        ctx->generation = static_cast<const HostHandle*>(host->impl)->generation;
        plugin::CallMark::move_to(ctx->generation->id());
        return guichet_status{GUICHET_OK};
    });
}

void leave(guichet_ctx* ctx) noexcept {
    if (ctx->callers.empty()) return;
    ctx->generation = ctx->callers.back();
    ctx->callers.pop_back();
    if (ctx->generation) plugin::CallMark::move_to(ctx->generation->id());
}

}  // namespace

const guichet_services_v1 kServicesTable = {{sizeof(guichet_services_v1), 1, 0}, acquire, enter, leave};

}  // namespace host::abi
