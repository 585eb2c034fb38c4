#include "preferences.hpp"

namespace notifications {

std::string_view usual_channel(guichet::Ctx ctx, std::string_view occasion) {
    if (const auto chosen = ctx.settings()["channels"][occasion].text()) return *chosen;
    const auto* known = find_occasion(occasion);
    return known ? known->channel : "page";
}

std::string_view channel_label(guichet::Ctx ctx, std::string_view channel) {
    if (channel == "mail") return ctx.tr("By mail and on the page");
    return ctx.tr(channel == "page" ? "On the page" : "Not at all");
}

Preferences read_preferences(guichet::Ctx ctx) {
    Preferences out;
    const auto rows = ctx.exec("select event, channel from preference where user_id = $1", ctx.user_id());
    for (std::size_t i = 0; i < rows.size(); ++i) out.channels[std::string{rows.text(i, 0)}] = rows.text(i, 1);
    out.digest = !ctx.exec("select from digest_reader where user_id = $1", ctx.user_id()).empty();
    return out;
}

void store_preferences(guichet::Ctx ctx, const Preferences& preferences) {
    guichet::Tx tx{ctx};
    for (const auto& [event, channel] : preferences.channels)
        ctx.exec(
            "insert into preference (user_id, event, channel) values ($1, $2, $3)"
            " on conflict (user_id, event) do update set channel = excluded.channel",
            ctx.user_id(), event, channel);
    if (preferences.digest) ctx.exec("insert into digest_reader (user_id) values ($1) on conflict do nothing", ctx.user_id());
    else ctx.exec("delete from digest_reader where user_id = $1", ctx.user_id());
    tx.commit();
}

}  // namespace notifications
