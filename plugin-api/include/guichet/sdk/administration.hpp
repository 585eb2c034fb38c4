// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/administration.hpp - users, teams and choices that another system knows (guichet/abi/administration.h). Include it
// where it is used; the manifest asks for the interface "guichet.administration".
#pragma once

#include "ctx.hpp"

#include <guichet/abi/administration.h>

namespace guichet::administration {

namespace detail {
inline const guichet_administration_v1& table() {
    const auto* host = guichet::detail::api.host;
    return guichet::detail::need(
        static_cast<const guichet_administration_v1*>(host->get(host, GUICHET_STR(GUICHET_IFACE_ADMINISTRATION), 1)));
}
}  // namespace detail

// Each inside a Tx of the system; {id, outcome}.
inline Value put_user(Ctx ctx, Value user) {
    guichet_value* out = nullptr;
    guichet::detail::check(ctx.raw(), detail::table().put_user(ctx.raw(), user.raw(), &out));
    return {ctx.raw(), out};
}
inline Value put_team(Ctx ctx, Value team) {
    guichet_value* out = nullptr;
    guichet::detail::check(ctx.raw(), detail::table().put_team(ctx.raw(), team.raw(), &out));
    return {ctx.raw(), out};
}
inline Value put_choice(Ctx ctx, std::string_view list, Value choice) {
    guichet_value* out = nullptr;
    guichet::detail::check(ctx.raw(), detail::table().put_choice(ctx.raw(), str(list), choice.raw(), &out));
    return {ctx.raw(), out};
}

}  // namespace guichet::administration
