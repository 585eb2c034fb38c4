// The frame of every page: navigation from the active plugins, user menu, assets.
#pragma once

#include "abi/ctx.hpp"
#include "config.hpp"
#include "ui/template/template.hpp"
#include "web/assets.hpp"
#include "web/badges.hpp"

#include <memory>
#include <string>

namespace host::web {

class Layout final : public abi::Layout {
public:
    Layout(std::shared_ptr<const ui::TemplateSet> templates, const Assets& assets, const Badges& badges, bool safe_mode)
        : templates_{std::move(templates)}, assets_{assets}, badges_{badges}, safe_mode_{safe_mode} {}
    void part(guichet_ctx& ctx, std::string_view template_name, const base::Value& data, std::string& out) const override;
    std::string wrap(guichet_ctx& ctx, std::string_view title, std::string_view content) const override;
    std::string host_asset_url(std::string_view file) const override;

    // {language, languages, theme, user, menu, top_menu, user_menu, admin_menu, badges_due, has_search, csrf, version, plugins_css, plugins_js, path,
    // request_id}. Without badges the menus have none.
    static base::Value* site_values(guichet_ctx& ctx, const Badges* badges = nullptr);

private:
    std::shared_ptr<const ui::TemplateSet> templates_;
    const Assets& assets_;
    const Badges& badges_;
    bool safe_mode_;
};

}  // namespace host::web
