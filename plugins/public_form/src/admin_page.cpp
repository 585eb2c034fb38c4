#include "admin_page.hpp"

#include "admin_input.hpp"
#include "style_sheet.hpp"

namespace public_form {

using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kPath = "/admin/public-form";

void send_form(guichet::Ctx ctx, Request request, Value form, Value errors) {
    auto data = ctx.object().set("title", ctx.tr("Public form")).set("form", form).set("errors", errors);
    data.set("address", std::string{ctx.site_url()} + "/public").set("form_address", std::string{ctx.site_url()} + "/public/new");
    data.set("frame",
             "<iframe src=\"" + std::string{ctx.site_url()} + "/public/new?embed=1\" title=\"\" width=\"100%\" height=\"900\"></iframe>");
    const auto logo = ctx.exec("select file_id from logo order by file_id desc limit 1");
    if (!logo.empty()) data.set("logo", "/public/logo/" + std::to_string(logo.i64(0, 0)));
    data.set("saved", request.query("saved") == "1");
    request.page("admin/page.html", data);
}

}  // namespace

void show_admin(guichet::Ctx ctx, Request request) { send_form(ctx, request, stored_form(ctx), {}); }

void save_admin(guichet::Ctx ctx, Request request) {
    const auto form = typed_form(ctx, request);
    guichet::Problems problems{ctx};
    check_form(ctx, request, form, problems);
    if (!problems) {
        try {
            guichet::Tx tx{ctx};
            store_form(ctx, request, form);
            tx.commit();
            return request.redirect(std::string{kPath} + "?saved=1");
        } catch (const guichet::Error& error) {
            if (error.code() != GUICHET_E_INVALID) throw;
            problems.add(error.field(), error.what());
        }
    }
    request.status(422);
    send_form(ctx, request, form, problems.by_field());
}

void preview_admin(guichet::Ctx ctx, Request request) {
    const auto form = typed_form(ctx, request);
    auto data = ctx.object().set("title", ctx.tr("Preview")).set("form", form);
    data.set("style", preview_style_path(form["accent"].text().value_or("")));
    request.page("admin/preview.html", data);
}

void remove_logo(guichet::Ctx ctx, Request request) {
    guichet::Tx tx{ctx};
    const auto gone = ctx.exec("delete from logo returning file_id");
    for (std::size_t i = 0; i < gone.size(); ++i) ctx.remove_file(gone.i64(i, 0));
    ctx.audit("public_form.logo_removed", "public_form");
    tx.commit();
    request.redirect(kPath);
}

}  // namespace public_form
