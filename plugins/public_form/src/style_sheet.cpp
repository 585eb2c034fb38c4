#include "style_sheet.hpp"

#include "contrast.hpp"
#include "token.hpp"

namespace public_form {
namespace {

constexpr Color kDarkPage{0.08, 0.09, 0.13};
constexpr Color kLightPage{0.965, 0.97, 0.98};

// One colour of the administrator's, so that it can be read on the pages of both themes, and text on it.
std::string accent_rules(const Color& accent, std::string_view where) {
    const auto link = "light-dark(" + to_text(readable_on(kLightPage, accent)) + ',' + to_text(readable_on(kDarkPage, accent)) + ')';
    const auto on = to_text(text_on(accent)), own = to_text(accent);
    auto css = std::string{where} + "{--tblr-primary:" + own + ";--tblr-primary-fg:" + on + ";--tblr-link-color:" + link;
    css += ";--tblr-link-hover-color:" + link + ";--g-focus:" + link + "}\n";
    css +=
        std::string{where.starts_with(':') ? "" : where}.append(" .btn-primary{--tblr-btn-bg:").append(own).append(";--tblr-btn-hover-bg:");
    return css.append(own).append(";--tblr-btn-color:").append(on).append(";--tblr-btn-hover-color:").append(on).append("}\n");
}

// The help of the chosen category alone; all of them where a browser cannot tell.
std::string help_rules(guichet::Ctx ctx) {
    const auto categories = ctx.exec("select distinct category from category_help order by category");
    if (categories.empty()) return {};
    std::string css = "@supports selector(:has(*)){.category-help{display:none}}\n";
    for (std::size_t i = 0; i < categories.size(); ++i) {
        const auto code = std::string{categories.text(i, 0)};
        css +=
            "form:has(#f-category option[value=\"" + code + "\"]:checked) .category-help[data-category=\"" + code + "\"]{display:block}\n";
    }
    return css;
}

std::string style(guichet::Ctx ctx, const Settings& settings) {
    const auto accent = parse_color(settings.accent);
    return (accent ? accent_rules(*accent, ":root,[data-theme]") : std::string{}) + help_rules(ctx);
}

}  // namespace

std::string style_path(guichet::Ctx ctx, const Settings& settings) {
    return "/public/style.css?v=" + token_hash(style(ctx, settings)).substr(0, 12);
}

std::string preview_style_path(std::string_view accent) {
    return parse_color(accent) ? "/public/style.css?preview=" + std::string{accent.substr(1)} : std::string{};
}

void show_style(guichet::Ctx ctx, guichet::Request request) {
    const auto preview = parse_color('#' + std::string{request.query("preview").value_or("")});
    request.send("text/css; charset=utf-8", preview ? accent_rules(*preview, ".public-preview") : style(ctx, Settings{ctx}));
}

}  // namespace public_form
