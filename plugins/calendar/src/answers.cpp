#include "answers.hpp"

#include "event_events.hpp"
#include "ical_parts.hpp"
#include "rule.hpp"

namespace calendar {

using guichet::Ctx;

namespace {

std::string_view text_of(const char* text) { return text ? std::string_view{text} : std::string_view{}; }

std::optional<std::string_view> answer_of(icalproperty* attendee) {
    const auto* parameter = icalproperty_get_first_parameter(attendee, ICAL_PARTSTAT_PARAMETER);
    switch (parameter ? icalparameter_get_partstat(parameter) : ICAL_PARTSTAT_NONE) {
        case ICAL_PARTSTAT_ACCEPTED:
            return "accepted";
        case ICAL_PARTSTAT_DECLINED:
            return "declined";
        case ICAL_PARTSTAT_TENTATIVE:
            return "tentative";
        default:
            return std::nullopt;
    }
}

std::string_view address_of(icalproperty* attendee) {
    auto address = text_of(icalproperty_get_attendee(attendee));
    if (address.size() > 7 && address[6] == ':') address.remove_prefix(7);  // mailto:
    return address;
}

// Days and clocks without a zone are those of UTC here; a clock with one is that of its zone.
guichet::Time instant_of(icalproperty* property, const icaltimetype& time) {
    const auto* tzid = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    const auto zone = Zone::of(tzid ? text_of(icalparameter_get_tzid(tzid)) : "UTC");
    return zone.instant(from_ical(time));
}

guichet::Time stamp_of(Ctx ctx, icalcomponent* vevent) {
    auto* property = icalcomponent_get_first_property(vevent, ICAL_DTSTAMP_PROPERTY);
    return property ? instant_of(property, icalproperty_get_dtstamp(property)) : ctx.now();
}

struct Answer {
    int64_t attendee;
    std::string_view answer;
    guichet::Time at;
};

// An older answer than the one that is known changes nothing.
void store(Ctx ctx, icalcomponent* vevent, const Answer& answer) {
    auto* recurs = icalcomponent_get_first_property(vevent, ICAL_RECURRENCEID_PROPERTY);
    if (!recurs) {
        ctx.exec("update attendee set answer = $2, answered_at = $3 where id = $1 and (answered_at is null or answered_at <= $3)",
                 answer.attendee, answer.answer, answer.at);
        return;
    }
    ctx.exec(
        "insert into occurrence_answer (attendee_id, recurs_at, answer, answered_at) values ($1, $2, $3, $4)"
        " on conflict (attendee_id, recurs_at) do update set answer = excluded.answer, answered_at = excluded.answered_at"
        " where occurrence_answer.answered_at <= excluded.answered_at",
        answer.attendee, instant_of(recurs, icalproperty_get_recurrenceid(recurs)), answer.answer, answer.at);
}

bool take(Ctx ctx, icalcomponent* vevent, std::string_view from) {
    const auto uid = text_of(icalcomponent_get_uid(vevent));
    for (auto* attendee = icalcomponent_get_first_property(vevent, ICAL_ATTENDEE_PROPERTY); attendee;
         attendee = icalcomponent_get_next_property(vevent, ICAL_ATTENDEE_PROPERTY)) {
        const auto answer = answer_of(attendee);
        if (!answer) continue;
        // nobody answers for others
        const auto rows = ctx.exec(
            "select a.id, e.id from event e join attendee a on a.event_id = e.id where e.uid = $1 and e.series_id is null"
            " and lower(a.email) = lower($2) and lower(a.email) = lower($3)",
            uid, address_of(attendee), from);
        if (rows.empty()) continue;
        store(ctx, vevent, {rows.i64(0, 0), *answer, stamp_of(ctx, vevent)});
        changed(ctx, rows.i64(0, 1), "answered");
        return true;
    }
    return false;
}

}  // namespace

void take_answer(Ctx ctx, guichet::Event event) {
    auto data = event.data();
    if (data["method"].text() != "REPLY" || data["taken"].boolean().value_or(false)) return;
    const ical::Component root{icalparser_parse_string(std::string{data["calendar"].text().value_or("")}.c_str())};
    if (!root) return;
    bool taken = false;
    for (auto* vevent = icalcomponent_get_first_component(root.get(), ICAL_VEVENT_COMPONENT); vevent;
         vevent = icalcomponent_get_next_component(root.get(), ICAL_VEVENT_COMPONENT))
        taken = take(ctx, vevent, data["from"].text().value_or("")) || taken;
    if (taken) data.set("taken", true);
}

}  // namespace calendar
