#include "ics_read.hpp"

#include "ical_parts.hpp"
#include "rule.hpp"

#include <unicode/unistr.h>

#include <algorithm>

namespace calendar {

using guichet::Time;

namespace {

constexpr int64_t kDayUs = int64_t{86'400} * 1'000'000;
constexpr std::string_view kBegin = "BEGIN:VEVENT";

// Bytes that are no UTF-8 become replacement characters.
std::string valid_utf8(std::string_view text) {
    std::string out;
    icu::UnicodeString::fromUTF8(icu::StringPiece{text.data(), static_cast<int32_t>(text.size())}).toUTF8String(out);
    return out;
}

std::string cut(std::string text, std::size_t characters) {
    if (guichet::count_characters(text) <= characters) return text;
    std::size_t end = 0;
    for (std::size_t n = 0; end < text.size(); ++end)
        if ((static_cast<unsigned char>(text[end]) & 0xc0) != 0x80 && n++ == characters) break;
    text.resize(end);
    return text;
}

std::string_view view(const char* text) { return text ? std::string_view{text} : std::string_view{}; }

// The name of a zone as it is, without a prefix of its maker: "/freeassociation.sourceforge.net/Europe/Paris".
Zone zone_of(icalproperty* property, std::string_view usual) {
    const auto* parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    auto name = parameter ? view(icalparameter_get_tzid(parameter)) : std::string_view{};
    for (; !name.empty(); name.remove_prefix(std::min(name.find('/', 1), name.size()))) {
        if (const auto zone = Zone::find(name.starts_with('/') ? name.substr(1) : name)) return *zone;
        if (name.find('/', 1) == name.npos) break;
    }
    return Zone::of(usual);
}

struct Read {
    Time at{};
    std::string zone;
    bool is_date = false, fits = false;
};

Read read_time(icalproperty* property, const icaltimetype& time, std::string_view usual) {
    Read out;
    if (time.year < 1970 || time.year > 2199 || !icaltime_is_valid_time(time) || icaltime_is_null_time(time)) return out;
    const auto zone = time.is_date || icaltime_is_utc(time) ? Zone::of("UTC") : zone_of(property, usual);
    out.at = zone.instant(from_ical(time));
    out.zone = zone.name();
    out.is_date = time.is_date != 0;
    out.fits = true;
    return out;
}

icalproperty* first(icalcomponent* vevent, icalproperty_kind kind) { return icalcomponent_get_first_property(vevent, kind); }

std::string text_of(icalcomponent* vevent, icalproperty_kind kind) {
    auto* property = first(vevent, kind);
    const auto* value = property ? icalproperty_get_value(property) : nullptr;
    return value ? std::string{view(icalvalue_get_text(value))} : std::string{};
}

void read_end(icalcomponent* vevent, std::string_view usual, Entry& entry) {
    entry.ends = {entry.starts.us + (entry.whole_day ? kDayUs : 0)};
    if (auto* end = first(vevent, ICAL_DTEND_PROPERTY)) {
        const auto read = read_time(end, icalproperty_get_dtend(end), usual);
        if (read.fits && read.is_date == entry.whole_day) entry.ends = read.at;
    } else if (auto* duration = first(vevent, ICAL_DURATION_PROPERTY)) {
        entry.ends = {entry.starts.us + int64_t{icaldurationtype_as_int(icalproperty_get_duration(duration))} * 1'000'000};
    }
}

void read_rule(icalcomponent* vevent, ReadEvent& out) {
    auto* property = first(vevent, ICAL_RRULE_PROPERTY);
    if (!property) return;
    auto rule = icalproperty_get_rrule(property);
    const std::unique_ptr<char, void (*)(void*)> text{icalrecurrencetype_as_string_r(&rule), icalmemory_free_buffer};
    out.entry.rule = text ? text.get() : "";
    const auto zone = Zone::of(out.entry.zone);
    if (out.entry.rule.size() > 500 || Rule::check(out.entry.rule, zone.local(out.entry.starts), zone) != Rule::Problem::none)
        out.problem = "Its repetition cannot be followed.";
    for (auto* each = first(vevent, ICAL_EXDATE_PROPERTY); each; each = icalcomponent_get_next_property(vevent, ICAL_EXDATE_PROPERTY))
        if (const auto read = read_time(each, icalproperty_get_exdate(each), out.entry.zone); read.fits && out.excluded.size() < 1000)
            out.excluded.push_back(read.at);
}

ReadEvent read_event(icalcomponent* vevent, std::string_view usual) {
    ReadEvent out;
    out.uid = cut(guichet::one_line(view(icalcomponent_get_uid(vevent))), 255);
    out.sequence = std::clamp(icalcomponent_get_sequence(vevent), 0, 1'000'000);
    auto& entry = out.entry;
    entry.title = cut(guichet::one_line(text_of(vevent, ICAL_SUMMARY_PROPERTY)), 200);
    if (entry.title.empty()) entry.title = "–";
    entry.place = cut(guichet::one_line(text_of(vevent, ICAL_LOCATION_PROPERTY)), 300);
    entry.description = cut(guichet::lines(text_of(vevent, ICAL_DESCRIPTION_PROPERTY)), 20000);
    if (auto* access = first(vevent, ICAL_CLASS_PROPERTY)) entry.is_private = icalproperty_get_class(access) != ICAL_CLASS_PUBLIC;
    auto* start = first(vevent, ICAL_DTSTART_PROPERTY);
    const auto read = start ? read_time(start, icalproperty_get_dtstart(start), usual) : Read{};
    if (!read.fits) {
        out.problem = "Its start is missing, or not in the years 1970 to 2199.";
        return out;
    }
    entry.starts = read.at;
    entry.zone = read.zone;
    entry.whole_day = read.is_date;
    read_end(vevent, usual, entry);
    if (entry.ends.us < entry.starts.us) out.problem = "The event ends before it starts.";
    else if (entry.ends.us - entry.starts.us > 366 * kDayUs) out.problem = "An event lasts a year at most.";
    if (auto* recurs = first(vevent, ICAL_RECURRENCEID_PROPERTY)) {
        const auto at = read_time(recurs, icalproperty_get_recurrenceid(recurs), usual);
        if (at.fits) out.recurs_at = at.at;
    } else if (out.problem.empty()) {
        read_rule(vevent, out);
    }
    return out;
}

void read_all(icalcomponent* root, std::string_view zone, std::vector<ReadEvent>& out, bool& found) {
    if (icalcomponent_isa(root) == ICAL_XROOT_COMPONENT) {
        for (auto* each = icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT); each;
             each = icalcomponent_get_next_component(root, ICAL_VCALENDAR_COMPONENT))
            read_all(each, zone, out, found);
        return;
    }
    if (icalcomponent_isa(root) != ICAL_VCALENDAR_COMPONENT) return;
    found = true;
    for (auto* each = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT); each;
         each = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT))
        if (icalcomponent_get_status(each) != ICAL_STATUS_CANCELLED) out.push_back(read_event(each, zone));
}

}  // namespace

std::size_t count_events(std::string_view text) {
    std::size_t out = 0;
    const auto same = [](char a, char b) { return a == b || (a >= 'a' && a <= 'z' && a - 'a' + 'A' == b); };
    for (auto at = text.begin();; ++out) {
        at = std::search(at, text.end(), kBegin.begin(), kBegin.end(), same);
        if (at == text.end()) return out;
        at += static_cast<std::ptrdiff_t>(kBegin.size());
    }
}

std::optional<std::vector<ReadEvent>> read_ics(std::string_view text, std::string_view zone) {
    const ical::Component root{icalparser_parse_string(valid_utf8(text).c_str())};
    std::vector<ReadEvent> out;
    bool found = false;
    if (root) read_all(root.get(), zone, out, found);
    if (!found) return std::nullopt;
    std::ranges::stable_partition(out, [](const ReadEvent& event) { return !event.recurs_at; });
    return out;
}

}  // namespace calendar
