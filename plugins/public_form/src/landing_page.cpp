#include "landing_page.hpp"

#include "page.hpp"

namespace public_form {

void show_landing(guichet::Ctx ctx, guichet::Request request) {
    const Settings settings{ctx};
    if (!settings.origins.empty()) request.allow_framing(settings.origins);
    auto data = ctx.object();
    data.set("title", settings.name).set("welcome", settings.text("welcome")).set("closed", settings.text("closed"));
    send_page(ctx, request, settings, "landing.html", data);
}

void show_logo(guichet::Ctx ctx, guichet::Request request) {
    if (ctx.exec("select from logo where file_id = $1", request.id()).empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such logo"};
    request.send_file(request.id(), true);
}

}  // namespace public_form
