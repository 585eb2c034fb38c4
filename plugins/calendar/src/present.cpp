#include "present.hpp"

#include "event_store.hpp"
#include "words.hpp"

namespace calendar {

std::string title_of(guichet::Ctx ctx, const Event& event) {
    return event.details ? event.entry.title : guichet::fill(ctx.tr("%1 is busy"), {event.owner});
}

std::string path_of(const Occurrence& occurrence) {
    const auto path = path_of(occurrence.event->id);
    return occurrence.event->entry.rule.empty() ? path : path + "?at=" + format_utc(occurrence.at());
}

Item item_of(guichet::Ctx ctx, const Occurrence& occurrence) {
    const auto& event = *occurrence.event;
    const auto zone = Zone::of(event.entry.whole_day ? "UTC" : ctx.zone());
    const auto type = type_of(ctx, event.entry.type);
    Item out;
    out.title = title_of(ctx, event);
    out.path = path_of(occurrence);
    out.color = type["color"].text().value_or("secondary");
    out.kind = type["label"].text().value_or("");
    out.starts = zone.local(occurrence.starts);
    out.ends = zone.local(occurrence.ends);
    out.whole_day = event.entry.whole_day;
    out.is_private = event.entry.is_private;
    out.recurs = occurrence.recurs();
    out.id = event.id;
    out.version = event.version;
    out.at = format_utc(occurrence.at());
    out.movable = event.may_update;
    return out;
}

std::string when(guichet::Ctx ctx, const Entry& entry, guichet::Time starts, guichet::Time ends) {
    const auto zone = Zone::of(entry.whole_day ? "UTC" : ctx.zone());
    return words::span(zone.local(starts), zone.local(ends), entry.whole_day, ctx.language());
}

guichet::Value breadcrumb(guichet::Ctx ctx, std::initializer_list<std::pair<std::string_view, std::string_view>> more) {
    auto out = ctx.array().push(ctx.object().set("label", ctx.tr("Calendar")).set("url", "/calendar"));
    for (const auto& [label, url] : more) {
        auto item = ctx.object().set("label", label);
        if (!url.empty()) item.set("url", url);
        out.push(item);
    }
    return out;
}

}  // namespace calendar
