#include "series.hpp"

#include "event_store.hpp"
#include "invitation.hpp"
#include "occurrences.hpp"
#include "rule.hpp"

#include <algorithm>

namespace calendar {

using guichet::Ctx;
using guichet::Time;
using namespace std::chrono;

namespace {

Rule rule_of(const Entry& entry) {
    const auto zone = Zone::of(entry.zone);
    return {entry.rule, zone.local(entry.starts), zone};
}

Event series_of(Ctx ctx, const Occurrence& occurrence) {
    return occurrence.event->series_id ? load_for_update(ctx, *occurrence.event->series_id) : *occurrence.event;
}

// A start of the series as the clock shows it, moved as the series is.
Time shifted(Time at, const Entry& from, const Entry& to) {
    const auto old_zone = Zone::of(from.zone), new_zone = Zone::of(to.zone);
    return new_zone.instant(old_zone.local(at) + (new_zone.local(to.starts) - old_zone.local(from.starts)));
}

// The rule from an occurrence on: what was counted before is taken off.
std::string rest_of(const Entry& series, Time at) {
    const auto rule = rule_of(series);
    const auto before = rule.parts().count > 0 ? rule.count_before(Zone::of(series.zone).local(at)) : 0;
    return before == 0 ? series.rule : rule.counted(std::max(1, rule.parts().count - before));
}

bool gives(const Entry& entry, Time at) {
    auto event = std::make_shared<Event>();
    event->entry = entry;
    return !entry.rule.empty() && occurrence_at(event, at).has_value();
}

void adopt(Ctx ctx, const Event& override_event, int64_t series, std::string_view uid, Time recurs_at) {
    ctx.exec("update event set series_id = $2, uid = $3, recurs_at = $4, version = version + 1 where id = $1", override_event.id, series,
             uid, recurs_at);
}

// The exceptions of a series go with it as far as its new rule still has their starts.
void carry_exceptions(Ctx ctx, const Event& series, const Entry& wanted) {
    if (series.entry.starts.us == wanted.starts.us && series.entry.rule == wanted.rule && series.entry.zone == wanted.zone) return;
    std::vector<Time> excluded;
    for (const auto at : series.excluded)
        if (const auto to = shifted(at, series.entry, wanted); gives(wanted, to)) excluded.push_back(to);
    set_excluded(ctx, series, excluded);
    auto overrides = load_overrides(ctx, {series.id});
    // later ones first, or the other way round: none takes the place that another one still has
    if (shifted(series.entry.starts, series.entry, wanted).us > series.entry.starts.us) std::ranges::reverse(overrides);
    for (const auto& each : overrides) {
        const auto to = shifted(*each.recurs_at, series.entry, wanted);
        if (gives(wanted, to)) adopt(ctx, each, series.id, series.uid, to);
        else remove(ctx, each);
    }
}

// Ends the series before an occurrence; what differs from there on is left for the caller.
void cut(Ctx ctx, const Event& series, Time before) {
    auto entry = series.entry;
    entry.rule = rule_of(entry).until(before);
    update(ctx, series, entry);
    std::vector<Time> excluded;
    std::ranges::copy_if(series.excluded, std::back_inserter(excluded), [&](Time at) { return at.us < before.us; });
    if (excluded.size() != series.excluded.size()) set_excluded(ctx, series, excluded);
}

int64_t change_one(Ctx ctx, const Occurrence& occurrence, Entry wanted) {
    wanted.rule.clear();
    if (occurrence.event->series_id || occurrence.event->entry.rule.empty()) {
        update(ctx, *occurrence.event, wanted);
        return occurrence.event->id;
    }
    const auto& series = *occurrence.event;
    // who changes the same occurrence meanwhile is too late
    ctx.exec("update event set version = version + 1 where id = $1", series.id);
    return insert(ctx, {wanted, series.uid, series.id, occurrence.at(), series.sequence + 1, {}});
}

int64_t change_all(Ctx ctx, const Event& series, const Entry& wanted) {
    carry_exceptions(ctx, series, wanted);
    update(ctx, series, wanted);
    return series.id;
}

int64_t change_following(Ctx ctx, const Occurrence& occurrence, const Event& series, Entry wanted) {
    const auto at = occurrence.at();
    if (at.us <= series.entry.starts.us) return change_all(ctx, series, wanted);
    auto from = series.entry;
    from.starts = at;
    NewEvent rest{wanted, {}, {}, {}, 0, {}};
    for (const auto each : series.excluded)
        if (each.us > at.us) rest.excluded.push_back(shifted(each, from, wanted));
    const auto overrides = load_overrides(ctx, {series.id});
    cut(ctx, series, at);
    const auto made = insert(ctx, rest);
    // a series of its own is answered by itself
    ctx.exec(
        "insert into attendee (event_id, user_id, contact_id, name, email) select $2, user_id, contact_id, name, email from attendee"
        " where event_id = $1",
        series.id, made);
    expect_invitations(ctx, made);
    const auto uid = std::string{ctx.exec("select uid from event where id = $1", made).text(0, 0)};
    for (const auto& each : overrides) {
        if (each.recurs_at->us < at.us) continue;
        const auto to = shifted(*each.recurs_at, from, wanted);
        if (each.recurs_at->us > at.us && gives(wanted, to)) adopt(ctx, each, made, uid, to);
        else remove(ctx, each);
    }
    return made;
}

// "BYDAY=MO,WE" of a weekly rule, so many days later.
std::string rotated(const std::string& rule, int by) {
    constexpr std::string_view kDays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    const auto from = rule.find("BYDAY=");
    if (by % 7 == 0 || rule.find("FREQ=WEEKLY") == rule.npos || from == rule.npos) return rule;
    auto out = rule;
    const auto end = std::min(rule.find(';', from), rule.size());
    for (auto at = from + 6; at + 2 <= end; at += 3) {
        const auto day = std::ranges::find(kDays, std::string_view{rule}.substr(at, 2));
        if (day == std::end(kDays)) return rule;
        out.replace(at, 2, kDays[static_cast<std::size_t>((day - std::begin(kDays) + by % 7 + 7) % 7)]);
    }
    return out;
}

}  // namespace

std::optional<Scope> parse_scope(std::string_view text) {
    for (const auto scope : {Scope::one, Scope::following, Scope::all})
        if (scope_name(scope) == text) return scope;
    return std::nullopt;
}

std::string_view scope_name(Scope scope) { return scope == Scope::one ? "one" : scope == Scope::following ? "following" : "all"; }

namespace {

Occurrence occurrence_of(Event found, std::optional<Time> at) {
    const auto event = std::make_shared<Event>(std::move(found));
    const auto first = at ? std::nullopt : next_occurrence(event, event->entry.starts);
    const auto out = at ? occurrence_at(event, *at) : first ? first : occurrence_at(event, event->entry.starts);
    if (out) return *out;
    if (!at) return {event, event->entry.starts, event->entry.ends};  // every date of it is left out
    throw guichet::Error{GUICHET_E_NOT_FOUND, "no such occurrence"};
}

}  // namespace

Occurrence load_occurrence(Ctx ctx, int64_t event, std::optional<Time> at) { return occurrence_of(load(ctx, event), at); }

std::optional<Occurrence> find_occurrence(Ctx ctx, int64_t event, std::optional<Time> at) {
    try {
        return load_occurrence(ctx, event, at);
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_NOT_FOUND) throw;
        return std::nullopt;
    }
}

Occurrence lock_occurrence(Ctx ctx, int64_t event, std::optional<Time> at, int64_t version) {
    auto found = load_for_update(ctx, event);
    require_version(ctx, found, version);
    return occurrence_of(std::move(found), at);
}

Entry entry_for(Ctx ctx, const Occurrence& occurrence, Scope scope) {
    if (scope == Scope::one || !occurrence.recurs()) {
        auto out = occurrence.event->entry;
        if (occurrence.recurs()) out.rule.clear();
        out.starts = occurrence.starts;
        out.ends = occurrence.ends;
        return out;
    }
    const auto series = occurrence.event->series_id ? load(ctx, *occurrence.event->series_id).entry : occurrence.event->entry;
    if (scope == Scope::all) return series;
    auto out = occurrence.event->entry;
    out.rule = rest_of(series, occurrence.at());
    out.starts = occurrence.starts;
    out.ends = occurrence.ends;
    return out;
}

int64_t change(Ctx ctx, const Occurrence& occurrence, Scope scope, const Entry& wanted) {
    require_update(*occurrence.event);
    if (!occurrence.recurs()) {
        update(ctx, *occurrence.event, wanted);
        return occurrence.event->id;
    }
    if (scope == Scope::one) return change_one(ctx, occurrence, wanted);
    const auto series = series_of(ctx, occurrence);
    require_update(series);
    return scope == Scope::all ? change_all(ctx, series, wanted) : change_following(ctx, occurrence, series, wanted);
}

void erase(Ctx ctx, const Occurrence& occurrence, Scope scope) {
    require_delete(*occurrence.event);
    if (!occurrence.recurs()) return remove(ctx, *occurrence.event);
    const auto series = series_of(ctx, occurrence);
    require_delete(series);
    const auto at = occurrence.at();
    if (scope == Scope::all || (scope == Scope::following && at.us <= series.entry.starts.us)) return remove(ctx, series);
    if (scope == Scope::following) {
        for (const auto& each : load_overrides(ctx, {series.id}))
            if (each.recurs_at->us >= at.us) remove(ctx, each);
        return cut(ctx, series, at);
    }
    if (occurrence.event->series_id) remove(ctx, *occurrence.event);
    auto excluded = series.excluded;
    excluded.push_back(at);
    set_excluded(ctx, series, excluded);
}

Entry moved(const Entry& entry, Time starts) {
    const auto zone = Zone::of(entry.zone);
    const auto by = day_of(zone.local(starts)) - day_of(zone.local(entry.starts));
    auto out = entry;
    out.ends = {starts.us + entry.ends.us - entry.starts.us};
    out.starts = starts;
    out.rule = rotated(entry.rule, static_cast<int>(by.count()));
    return out;
}

}  // namespace calendar
