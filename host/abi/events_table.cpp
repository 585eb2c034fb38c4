#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "event/publish.hpp"

namespace host::abi {
namespace {

guichet_status before(guichet_ctx* ctx, guichet_str id, uint32_t version, guichet_str subject, guichet_value* data) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (!data) return record(*ctx, GUICHET_E_INVALID, "an event has data");
        return event::before(*ctx, {view(id), static_cast<int>(version), view(subject)}, *unwrap(data));
    });
}

guichet_status after(guichet_ctx* ctx, guichet_str id, uint32_t version, guichet_str subject, const guichet_value* data) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (!data) return record(*ctx, GUICHET_E_INVALID, "an event has data");
        return event::after(*ctx, {view(id), static_cast<int>(version), view(subject)}, *unwrap(data));
    });
}

guichet_str edited_by(guichet_ctx* ctx, guichet_str member) noexcept {
    const auto found = ctx->edited_by.find(view(member));
    return found == ctx->edited_by.end() ? str("") : str(found->second);
}

}  // namespace

const guichet_events_v1 kEventsTable = {{sizeof(guichet_events_v1), 1, 0}, before, after, edited_by};

}  // namespace host::abi
