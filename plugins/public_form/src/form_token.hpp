// What a form brings back: when it was handed out, signed. It is also the form's idempotency key, so that a form that is sent
// twice makes one ticket (R61).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

struct FormToken {
    enum class State { good, too_soon, expired, forged };

    // fastest_s: what a person needs at least to fill in a form.
    static State check(guichet::Ctx ctx, std::string_view token, int64_t fastest_s);
    static std::string issue(guichet::Ctx ctx);
};

}  // namespace public_form
