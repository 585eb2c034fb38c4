// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/html.hpp - output of a widget.
#pragma once

#include "ctx.hpp"

namespace guichet {

class Html {
public:
    Html(guichet_ctx* c, guichet_html* out) : c_{c}, out_{out} {}
    void render(std::string_view tpl, Value data) const {
        detail::check(c_, detail::api.render->render(c_, str(tpl), data.raw(), out_));
    }
    void text(std::string_view untrusted) const { detail::check(c_, detail::api.render->text(out_, str(untrusted))); }

private:
    guichet_ctx* c_;
    guichet_html* out_;
};

}  // namespace guichet
