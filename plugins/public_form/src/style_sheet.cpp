#include "style_sheet.hpp"

#include "contrast.hpp"
#include "token.hpp"

namespace public_form {
namespace {

constexpr Color kDarkPage{0.08, 0.09, 0.13};
constexpr Color kLightPage{0.965, 0.97, 0.98};

// One colour of the administrator's, so that it can be read on the pages of both themes, and text on it.
std::string accent_rules(const Color& accent) {
    const auto light = readable_on(kLightPage, accent), dark = readable_on(kDarkPage, accent);
    std::string css = ":root,[data-theme]{--tblr-primary:" + to_text(accent) + ";--tblr-primary-fg:" + to_text(text_on(accent));
    css += ";--tblr-link-color:light-dark(" + to_text(light) + ',' + to_text(dark) + ");--tblr-link-hover-color:light-dark(" +
           to_text(light) + ',' + to_text(dark) + ");--g-focus:light-dark(" + to_text(light) + ',' + to_text(dark) + ")}\n";
    css += ".btn-primary{--tblr-btn-color:" + to_text(text_on(accent)) + ";--tblr-btn-hover-color:" + to_text(text_on(accent)) + "}\n";
    return css;
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
    return (accent ? accent_rules(*accent) : std::string{}) + help_rules(ctx);
}

}  // namespace

std::string style_path(guichet::Ctx ctx, const Settings& settings) {
    return "/public/style.css?v=" + token_hash(style(ctx, settings)).substr(0, 12);
}

void show_style(guichet::Ctx ctx, guichet::Request request) { request.send("text/css; charset=utf-8", style(ctx, Settings{ctx})); }

}  // namespace public_form
