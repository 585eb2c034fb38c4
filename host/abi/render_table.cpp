#include "abi/environment.hpp"
#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "plugin/generation.hpp"

namespace host::abi {
namespace {

guichet_status within_limit(const guichet_html& html) {
    if (html.out.size() <= html.max_bytes) return GUICHET_OK;
    return record(html.ctx, GUICHET_E_TOO_LARGE, "a part of a page has at most " + std::to_string(html.max_bytes) + " bytes");
}

guichet_status render(guichet_ctx* ctx, guichet_str template_id, const guichet_value* data, guichet_html* out) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (!ctx->generation || !ctx->snapshot) return record(*ctx, GUICHET_E_STATE, "nothing to render here");
        ctx->generation->templates().render(view(template_id), *unwrap(data), ContextEnvironment{*ctx}, out->out);
        return within_limit(*out);
    });
}

guichet_status text(guichet_html* out, guichet_str untrusted) noexcept {
    return guard(&out->ctx, [&] {
        ui::escape_text(view(untrusted), out->out);
        return within_limit(*out);
    });
}

}  // namespace

const guichet_render_v1 kRenderTable = {{sizeof(guichet_render_v1), 1, 0}, render, text};

}  // namespace host::abi
