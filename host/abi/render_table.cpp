#include "abi/environment.hpp"
#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "plugin/generation.hpp"

namespace host::abi {
namespace {

guichet_status render(guichet_ctx* ctx, guichet_str template_id, const guichet_value* data, guichet_html* out) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (!ctx->generation || !ctx->snapshot) return record(*ctx, GUICHET_E_STATE, "nothing to render here");
        ctx->generation->templates().render(view(template_id), *unwrap(data), ContextEnvironment{*ctx}, out->out);
        return GUICHET_OK;
    });
}

guichet_status text(guichet_html* out, guichet_str untrusted) noexcept {
    return guard(&out->ctx, [&] {
        ui::escape_text(view(untrusted), out->out);
        return guichet_status{GUICHET_OK};
    });
}

}  // namespace

const guichet_render_v1 kRenderTable = {{sizeof(guichet_render_v1), 1, 0}, render, text};

}  // namespace host::abi
