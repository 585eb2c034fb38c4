#include "form_words.hpp"

#include <algorithm>

namespace calendar {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::string_view kZones[] = {"Europe/Paris",       "Europe/London",
                                       "America/Martinique", "America/Guadeloupe",
                                       "America/Cayenne",    "Indian/Reunion",
                                       "Indian/Mayotte",     "Pacific/Noumea",
                                       "Pacific/Tahiti",     "America/Montreal",
                                       "America/New_York",   "America/Los_Angeles",
                                       "Asia/Tokyo",         "UTC"};
constexpr int64_t kReminders[] = {0, 5, 10, 15, 30, 60, 120, 1440, 2880, 10080};

Value option(Ctx ctx, std::string_view value, std::string_view label) { return ctx.object().set("value", value).set("label", label); }

}  // namespace

Value scope_options(Ctx ctx) {
    return ctx.array()
        .push(option(ctx, "one", ctx.tr("This event only")))
        .push(option(ctx, "following", ctx.tr("This event and those that follow")))
        .push(option(ctx, "all", ctx.tr("All events of the series")));
}

Value zone_options(Ctx ctx, std::string_view current) {
    auto out = ctx.array();
    for (const auto zone : {std::string_view{ctx.zone()}, current})
        if (std::ranges::find(kZones, zone) == std::end(kZones) && (out.size() == 0 || out[0]["value"].text() != zone) && !zone.empty())
            out.push(option(ctx, zone, zone));
    for (const auto zone : kZones) out.push(option(ctx, zone, zone));
    return out;
}

std::string reminder_words(Ctx ctx, std::optional<int64_t> minutes) {
    if (!minutes) return {};
    if (*minutes == 0) return std::string{ctx.tr("When it starts")};
    const auto say = [&](std::string_view one, std::string_view many, int64_t n) {
        return guichet::fill(ctx.plural(one, many, n), {std::to_string(n)});
    };
    if (*minutes % 10080 == 0) return say("%1 week before", "%1 weeks before", *minutes / 10080);
    if (*minutes % 1440 == 0) return say("%1 day before", "%1 days before", *minutes / 1440);
    if (*minutes % 60 == 0) return say("%1 hour before", "%1 hours before", *minutes / 60);
    return say("%1 minute before", "%1 minutes before", *minutes);
}

Value reminder_options(Ctx ctx, std::string_view current) {
    auto out = ctx.array();
    const auto chosen = guichet::to_integer(current);
    if (chosen && std::ranges::find(kReminders, *chosen) == std::end(kReminders))
        out.push(option(ctx, current, reminder_words(ctx, chosen)));
    for (const auto minutes : kReminders) out.push(option(ctx, std::to_string(minutes), reminder_words(ctx, minutes)));
    return out;
}

std::string_view local_path(std::string_view path) {
    return path.starts_with("/") && !path.starts_with("//") && path.find('\\') == path.npos ? path : std::string_view{};
}

}  // namespace calendar
