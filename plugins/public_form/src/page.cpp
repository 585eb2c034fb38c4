#include "page.hpp"

#include "style_sheet.hpp"

namespace public_form {

using guichet::Value;

namespace {

Value languages(guichet::Ctx ctx) {
    auto out = ctx.array();
    for (const auto& [code, label] : {std::pair{"fr", "Français"}, std::pair{"en", "English"}})
        out.push(ctx.object().set("code", code).set("label", label).set("current", ctx.language() == code));
    return out;
}

}  // namespace

Value look_of(guichet::Ctx ctx, const Settings& settings) {
    const auto logo = ctx.exec("select file_id from logo order by file_id desc limit 1");
    auto look = ctx.object().set("name", settings.name).set("style", style_path(ctx, settings));
    return look.set("logo", logo.empty() ? std::string{} : "/public/logo/" + std::to_string(logo.i64(0, 0)));
}

void send_page(guichet::Ctx ctx, guichet::Request request, const Settings& settings, std::string_view tpl, Value data) {
    auto site = look_of(ctx, settings);
    site.set("language", ctx.language()).set("languages", languages(ctx)).set("open", settings.open);
    data.set("site", site.set("embedded", request.query("embed") == "1"));
    request.page(tpl, data);
}

void send_no_such_link(guichet::Ctx ctx, guichet::Request request, const Settings& settings) {
    request.status(404);
    send_page(ctx, request, settings, "no_such_link.html", ctx.object().set("title", ctx.tr("This link does not work any more")));
}

}  // namespace public_form
