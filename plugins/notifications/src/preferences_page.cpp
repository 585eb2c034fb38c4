#include "preferences_page.hpp"

#include "preferences.hpp"

namespace notifications {

using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kPath = "/notifications/preferences";

Value breadcrumb(guichet::Ctx ctx) {
    return ctx.array()
        .push(ctx.object().set("label", ctx.tr("Notifications")).set("url", "/notifications"))
        .push(ctx.object().set("label", ctx.tr("What you are told of")));
}

Value channels(guichet::Ctx ctx) {
    auto out = ctx.array();
    for (const auto channel : kChannels) out.push(ctx.object().set("value", channel).set("label", channel_label(ctx, channel)));
    return out;
}

bool has_address(guichet::Ctx ctx) {
    const auto rows = ctx.exec("select coalesce(email, '') from core.user_v1 where id = $1", ctx.user_id());
    return !rows.empty() && guichet::is_email(rows.text(0, 0));
}

void send(guichet::Ctx ctx, Request request, const Preferences& chosen, Value errors) {
    auto occasions = ctx.array();
    for (const auto& occasion : kOccasions) {
        const auto it = chosen.channels.find(std::string{occasion.id});
        const auto channel = it == chosen.channels.end() ? usual_channel(ctx, occasion.id) : std::string_view{it->second};
        occasions.push(ctx.object()
                           .set("id", occasion.id)
                           .set("label", ctx.tr(occasion.label))
                           .set("icon", occasion.icon)
                           .set("channel", channel)
                           .set("error", errors[occasion.id]));
    }
    request.page("preferences.html", ctx.object()
                                         .set("title", ctx.tr("What you are told of"))
                                         .set("breadcrumb", breadcrumb(ctx))
                                         .set("occasions", occasions)
                                         .set("channels", channels(ctx))
                                         .set("digest", chosen.digest)
                                         .set("has_address", has_address(ctx))
                                         .set("errors", errors)
                                         .set("saved", request.query("done") == "saved"));
}

}  // namespace

void show_preferences(guichet::Ctx ctx, Request request) { send(ctx, request, read_preferences(ctx), ctx.object()); }

void save_preferences(guichet::Ctx ctx, Request request) {
    Preferences chosen{{}, request.form("digest") == "daily"};
    guichet::Problems problems{ctx};
    for (const auto& occasion : kOccasions) {
        const auto channel = request.form(occasion.id).value_or("");
        if (std::ranges::find(kChannels, channel) == std::end(kChannels)) problems.add(occasion.id, ctx.tr("Choose one of the three."));
        else chosen.channels[std::string{occasion.id}] = channel;
    }
    if (problems) {
        request.status(422);
        return send(ctx, request, chosen, problems.by_field());
    }
    store_preferences(ctx, chosen);
    request.redirect(std::string{kPath} + "?done=saved");
}

}  // namespace notifications
