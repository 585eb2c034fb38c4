#include "ics.hpp"

#include "event_store.hpp"
#include "ical_parts.hpp"
#include "rule.hpp"

#include <unicode/vtzone.h>

#include <algorithm>
#include <map>

namespace calendar {

using guichet::Time;

namespace {

constexpr const char* kProduct = "-//Guichet//Calendar//EN";

void add(icalcomponent* to, icalproperty* property) { icalcomponent_add_property(to, property); }

bool in_utc(const Entry& entry) { return entry.zone == "UTC" || entry.zone == "Etc/UTC" || entry.zone == "GMT"; }

// A start, an end, an exception: a day, in UTC, or on the clock of the event's zone.
icaltimetype ical_time(const Entry& entry, Time at) {
    auto out = to_ical(Zone::of(entry.zone).local(at));
    if (entry.whole_day) {
        out.is_date = 1;
        out.hour = out.minute = out.second = 0;
    } else if (in_utc(entry)) {
        out = icaltime_set_timezone(&out, icaltimezone_get_utc_timezone());
    }
    return out;
}

icaltimetype utc_time(Time at) {
    auto out = to_ical(Zone::of("UTC").local(at));
    return icaltime_set_timezone(&out, icaltimezone_get_utc_timezone());
}

void add_time(icalcomponent* to, icalproperty* property, const Entry& entry) {
    if (!entry.whole_day && !in_utc(entry)) icalproperty_add_parameter(property, icalparameter_new_tzid(entry.zone.c_str()));
    if (entry.whole_day) icalproperty_add_parameter(property, icalparameter_new_value(ICAL_VALUE_DATE));
    add(to, property);
}

icalparameter_partstat partstat(std::string_view answer) {
    if (answer == "accepted") return ICAL_PARTSTAT_ACCEPTED;
    if (answer == "declined") return ICAL_PARTSTAT_DECLINED;
    return answer == "tentative" ? ICAL_PARTSTAT_TENTATIVE : ICAL_PARTSTAT_NEEDSACTION;
}

void add_attendee(icalcomponent* to, const Attendee& attendee) {
    auto* property = icalproperty_new_attendee(("mailto:" + attendee.email).c_str());
    if (!attendee.name.empty()) icalproperty_add_parameter(property, icalparameter_new_cn(attendee.name.c_str()));
    icalproperty_add_parameter(property, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
    icalproperty_add_parameter(property, icalparameter_new_partstat(partstat(attendee.answer)));
    icalproperty_add_parameter(property, icalparameter_new_rsvp(ICAL_RSVP_TRUE));
    add(to, property);
}

void add_rule(icalcomponent* to, const Event& event) {
    const auto& entry = event.entry;
    if (entry.rule.empty()) return;
    auto rule = icalrecurrencetype_from_string(entry.rule.c_str());
    if (entry.whole_day && !icaltime_is_null_time(rule.until)) {  // of days it is a day
        rule.until.is_date = 1;
        rule.until.zone = nullptr;
        rule.until.hour = rule.until.minute = rule.until.second = 0;
    }
    add(to, icalproperty_new_rrule(rule));
    for (const auto at : event.excluded) add_time(to, icalproperty_new_exdate(ical_time(entry, at)), entry);
}

icalcomponent* vevent(const IcsCalendar& calendar, const IcsEvent& of) {
    const auto& event = of.event;
    const auto& entry = event.entry;
    auto* out = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    add(out, icalproperty_new_uid(event.uid.c_str()));
    add(out, icalproperty_new_dtstamp(utc_time(event.updated)));
    add(out, icalproperty_new_lastmodified(utc_time(event.updated)));
    add(out, icalproperty_new_sequence(static_cast<int>(event.sequence)));
    add(out, icalproperty_new_summary(entry.title.c_str()));
    add_time(out, icalproperty_new_dtstart(ical_time(entry, entry.starts)), entry);
    add_time(out, icalproperty_new_dtend(ical_time(entry, entry.ends)), entry);
    if (event.recurs_at) add_time(out, icalproperty_new_recurrenceid(ical_time(entry, *event.recurs_at)), entry);
    add_rule(out, event);
    if (!entry.place.empty()) add(out, icalproperty_new_location(entry.place.c_str()));
    if (!entry.description.empty()) add(out, icalproperty_new_description(entry.description.c_str()));
    add(out, icalproperty_new_class(entry.is_private ? ICAL_CLASS_PRIVATE : ICAL_CLASS_PUBLIC));
    add(out, icalproperty_new_status(calendar.method == "CANCEL" ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
    if (!calendar.site_url.empty() && event.details && event.id)
        add(out, icalproperty_new_url((calendar.site_url + path_of(event.id)).c_str()));
    if (!calendar.organizer_email.empty()) {
        auto* organizer = icalproperty_new_organizer(("mailto:" + calendar.organizer_email).c_str());
        if (!calendar.organizer_name.empty()) icalproperty_add_parameter(organizer, icalparameter_new_cn(calendar.organizer_name.c_str()));
        add(out, organizer);
    }
    for (const auto& attendee : of.attendees) add_attendee(out, attendee);
    return out;
}

// A year before the first event: what holds on its day has begun then.
constexpr int64_t kLeadMs = int64_t{400} * 86'400'000;

icalcomponent* vtimezone(const std::string& name, Time from) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::VTimeZone> zone{icu::VTimeZone::createVTimeZoneByID(icu::UnicodeString::fromUTF8(name))};
    icu::UnicodeString text;
    if (zone) zone->write(static_cast<double>(from.us / 1000 - kLeadMs), text, status);
    if (!zone || U_FAILURE(status)) return nullptr;
    std::string utf8;
    text.toUTF8String(utf8);
    return icalparser_parse_string(utf8.c_str());
}

void add_zones(icalcomponent* to, const std::vector<IcsEvent>& events) {
    std::map<std::string, Time> zones;
    for (const auto& [event, attendees] : events) {
        if (event.entry.whole_day || in_utc(event.entry)) continue;
        const auto first = event.recurs_at ? Time{std::min(event.recurs_at->us, event.entry.starts.us)} : event.entry.starts;
        const auto [at, is_new] = zones.emplace(event.entry.zone, first);
        if (!is_new && first.us < at->second.us) at->second = first;
    }
    for (const auto& [name, from] : zones)
        if (auto* zone = vtimezone(name, from)) icalcomponent_add_component(to, zone);
}

void add_extension(icalcomponent* to, const char* name, const std::string& value) {
    auto* property = icalproperty_new_x(value.c_str());
    icalproperty_set_x_name(property, name);
    add(to, property);
}

}  // namespace

std::string write_ics(const IcsCalendar& calendar) {
    const ical::Component root{icalcomponent_new(ICAL_VCALENDAR_COMPONENT)};
    add(root.get(), icalproperty_new_prodid(kProduct));
    add(root.get(), icalproperty_new_version("2.0"));
    if (!calendar.method.empty()) add(root.get(), icalproperty_new_method(icalproperty_string_to_method(calendar.method.c_str())));
    if (!calendar.name.empty()) {
        add_extension(root.get(), "X-WR-CALNAME", calendar.name);
        add_extension(root.get(), "X-PUBLISHED-TTL", "PT1H");
    }
    add_zones(root.get(), calendar.events);
    for (const auto& each : calendar.events) icalcomponent_add_component(root.get(), vevent(calendar, each));
    return ical::text(root.get());
}

}  // namespace calendar
