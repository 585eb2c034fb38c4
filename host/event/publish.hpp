// Publishing an event: before hooks, after hooks and the outbox, all in the publisher's transaction. [ctx]
#pragma once

#include "abi/ctx.hpp"
#include "base/value.hpp"

namespace host::event {

inline constexpr std::size_t kDeepest = 8;  // events published by hooks of events

struct Occurrence {
    std::string_view id;
    int version;
    std::string_view subject;
};

// What guichet/abi/events.h says of the function of the same name; why it failed is in ctx.error. Throw db::Error.
guichet_status before(guichet_ctx& ctx, const Occurrence& what, base::Value& data);
guichet_status after(guichet_ctx& ctx, const Occurrence& what, const base::Value& data);

}  // namespace host::event
