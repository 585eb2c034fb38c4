#include "abi/environment.hpp"
#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "core/settings.hpp"
#include "pdf/printer.hpp"
#include "plugin/generation.hpp"

#include <algorithm>

namespace host::abi {
namespace {

using base::Value;

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

// The same members, and those that every document has.
Value* with_company(guichet_ctx& ctx, const Value& data) {
    auto* out = Value::object(ctx.arena);
    for (std::size_t i = 0; i < data.size(); ++i) out->set(data.key(i), data.at(i));
    if (const auto* company = ctx.settings().of(core::kHostSettings, core::host_settings_schema()).get("company"))
        out->set("company", company);
    return out;
}

std::string_view text_of(const Value* object, std::string_view member) {
    const auto* value = object ? object->get(member) : nullptr;
    return value && value->is(Value::Type::string) ? value->as_string() : std::string_view{};
}

std::string footer(const Value* company) {
    std::string line;
    for (const auto member : {"name", "registration", "vat_number"})
        if (const auto text = text_of(company, member); !text.empty()) line += (line.empty() ? "" : " · ") + std::string{text};
    if (const auto legal = text_of(company, "legal"); !legal.empty()) line += (line.empty() ? "" : "\n") + std::string{legal};
    return line;
}

class InLanguage {
public:
    InLanguage(guichet_ctx& ctx, std::string_view language) : ctx_{ctx}, before_{ctx.language} {
        if (!language.empty()) ctx.language = language;
    }
    ~InLanguage() { ctx_.language = before_; }
    InLanguage(const InLanguage&) = delete;

private:
    guichet_ctx& ctx_;
    std::string before_;
};

std::string print(guichet_ctx& ctx, std::string_view template_id, const Value& given) {
    const auto* data = with_company(ctx, given);
    const auto asked = text_of(data, "language");
    const InLanguage language{ctx, std::ranges::find(i18n::kLanguages, asked) == std::end(i18n::kLanguages) ? std::string_view{} : asked};
    std::string body;
    ctx.generation->templates().render(template_id, *data, ContextEnvironment{ctx}, body);
    const auto& assets = ctx.generation->package().assets;
    const auto own = assets.find("pdf.css");
    const auto foot = footer(data->get("company"));
    return ctx.services.printer->print(
        {ctx.language, text_of(data, "title"), own == assets.end() ? std::string_view{} : own->second.bytes, foot, body});
}

guichet_status pdf(guichet_ctx* ctx, guichet_str template_id, const guichet_value* data, guichet_str* out) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (!ctx->generation || !ctx->snapshot) return record(*ctx, GUICHET_E_STATE, "nothing to render here");
        if (ctx->depth() > 0) return record(*ctx, GUICHET_E_STATE, "a PDF document is made outside of transactions");
        if (!ctx->services.printer) return record(*ctx, GUICHET_E_UNAVAILABLE, "no PDF documents are made here");
        try {
            *out = str(ctx->arena.copy(print(*ctx, view(template_id), *unwrap(data))));
            return GUICHET_OK;
        } catch (const pdf::PrintError& e) {
            base::log(base::Level::error, "a PDF document was not made",
                      {{"request", std::string_view{ctx->request_id}}, {"reason", std::string_view{e.what()}}});
            return record(*ctx, GUICHET_E_UNAVAILABLE, e.what());
        }
    });
}

}  // namespace

const guichet_render_v1 kRenderTable = {{sizeof(guichet_render_v1), 1, 1}, render, text, pdf};

}  // namespace host::abi
