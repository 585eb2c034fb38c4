// What templates see of a call: language, permissions, assets, and the slots that other plugins fill.
#pragma once

#include "abi/ctx.hpp"
#include "ui/template/template.hpp"

// Append-only buffer a widget or cell writes to.
struct guichet_html {
    guichet_ctx& ctx;
    std::string& out;
    std::size_t max_bytes = 1 << 20;
};

namespace host::abi {

class ContextEnvironment final : public ui::Environment {
public:
    explicit ContextEnvironment(guichet_ctx& ctx) : ctx_{ctx} {}
    std::string_view language() const override { return ctx_.language; }
    std::string_view zone() const override { return ctx_.principal.zone; }
    std::int64_t now_us() const override;
    std::string_view translate(std::string_view domain, std::string_view msgid) const override;
    std::string_view translate_plural(std::string_view domain, std::string_view one, std::string_view many,
                                      std::int64_t n) const override;
    std::string_view csrf_token() const override { return ctx_.principal.csrf_token; }
    std::string idempotency_key() const override;
    std::string asset_url(std::string_view package, std::string_view file) const override;
    bool can(std::string_view permission) const override { return ctx_.principal.can(permission); }
    std::string_view query_string() const override;
    std::string_view path() const override;
    void slot(std::string_view slot_id, const base::Value& data, std::string& out) const override;

private:
    guichet_ctx& ctx_;
};

// URL of an asset of an active package: "/assets/<hash>/<package>/<file>".
std::string package_asset_url(const plugin::Generation& generation, std::string_view file);

}  // namespace host::abi
