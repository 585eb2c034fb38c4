// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/service.hpp - calling, and offering, a table of functions to other plugins.
#pragma once

#include "error.hpp"

#include <type_traits>

namespace guichet {

// A service of another plugin; usable only while the Ctx it came from is alive. Slots have the shape
// guichet_status (*)(void *self, guichet_ctx *ctx, ...); a failure is thrown as Error.
template <class Table>
class Service {
public:
    Service(guichet_ctx* ctx, const Table* t, void* self) : ctx_{ctx}, t_{t}, self_{self} {}
    explicit operator bool() const noexcept { return t_ != nullptr; }
    template <class... A>
    void operator()(guichet_status (*Table::*slot)(void*, guichet_ctx*, A...), std::type_identity_t<A>... a) const {
        detail::check(ctx_, (t_->*slot)(self_, ctx_, a...));
    }

private:
    guichet_ctx* ctx_;
    const Table* t_;
    void* self_;
};

}  // namespace guichet
