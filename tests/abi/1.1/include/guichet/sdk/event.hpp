// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/event.hpp - what a hook or a subscription is called with.
#pragma once

#include "ctx.hpp"

namespace guichet {

class Event {
public:
    Event(guichet_ctx* c, guichet_event* e) : c_{c}, e_{e} {}
    std::string_view id() const { return view(e_->id); }
    std::string_view subject() const { return view(e_->subject); }
    Value data() const { return {c_, e_->data}; }
    Time at() const { return Time{e_->at_us}; }
    int64_t actor_id() const { return e_->actor_id; }
    // Subscriptions: the same over all attempts of one delivery.
    int64_t delivery_id() const { return e_->delivery_id; }
    uint32_t attempt() const { return e_->attempt; }
    // Ends a before hook: the publisher's change does not happen; the message stands beside the field.
    [[noreturn]] void veto(std::string message, std::string field = {}) const {
        throw Error{GUICHET_E_VETO, std::move(message), std::move(field)};
    }

private:
    guichet_ctx* c_;
    guichet_event* e_;
};

}  // namespace guichet
