#include "event_input.hpp"

#include "filter.hpp"
#include "linked.hpp"

namespace calendar {

using guichet::Value;
using namespace std::chrono;

namespace {

constexpr int64_t kHourUs = int64_t{3600} * 1'000'000;
constexpr int64_t kLongestUs = 366 * 24 * kHourUs;
constexpr int64_t kMostReminder = 40320;  // four weeks

void check_text(guichet::Ctx ctx, std::string_view field, std::string_view text, std::size_t most, std::string_view message,
                guichet::Problems& problems) {
    if (guichet::count_characters(text) > most) problems.add(field, guichet::fill(ctx.tr(message), {std::to_string(most)}));
}

bool is_user(guichet::Ctx ctx, int64_t id) { return !ctx.exec("select from core.user_v1 where id = $1 and active", id).empty(); }

// Everything that does not depend on how the values came in.
void check(guichet::Ctx ctx, const Entry& entry, const Entry& stored, std::string_view starts, std::string_view ends, std::string_view rule,
           guichet::Problems& problems) {
    if (entry.title.empty()) problems.add("title", ctx.tr("Enter a title."));
    check_text(ctx, "title", entry.title, 200, "The title is longer than %1 characters.", problems);
    check_text(ctx, "place", entry.place, 300, "The place is longer than %1 characters.", problems);
    check_text(ctx, "description", entry.description, 20000, "The description is longer than %1 characters.", problems);
    if (!entry.type.empty() && entry.type != stored.type) {
        const auto type = type_of(ctx, entry.type);
        if (!type || !type["active"].boolean().value_or(true)) problems.add("type", ctx.tr("There is no such choice."));
    }
    if (entry.owner_id != stored.owner_id && !is_user(ctx, entry.owner_id)) problems.add("owner_id", ctx.tr("There is no such user."));
    if (entry.ticket_id && entry.ticket_id != stored.ticket_id && !linked::ticket(ctx, *entry.ticket_id))
        problems.add("ticket_id", ctx.tr("There is no such ticket."));
    if (entry.account_id && entry.account_id != stored.account_id && !linked::account(ctx, *entry.account_id))
        problems.add("account_id", ctx.tr("There is no such account."));
    if (entry.contact_id && entry.contact_id != stored.contact_id) {
        const auto contact = linked::contact(ctx, *entry.contact_id);
        if (!contact) problems.add("contact_id", ctx.tr("There is no such contact."));
        else if (entry.account_id && contact["account_id"].integer() != entry.account_id)
            problems.add("contact_id", ctx.tr("This contact belongs to another account."));
    }
    if (entry.reminder_minutes && (*entry.reminder_minutes < 0 || *entry.reminder_minutes > kMostReminder))
        problems.add("reminder_minutes", ctx.tr("A reminder comes four weeks before at most."));
    if (problems.by_field()[starts] || problems.by_field()[ends]) return;
    if (entry.ends.us < entry.starts.us) return problems.add(ends, ctx.tr("The event ends before it starts."));
    if (entry.ends.us - entry.starts.us > kLongestUs) return problems.add(ends, ctx.tr("An event lasts a year at most."));
    const auto zone = Zone::of(entry.zone);
    check_rule(ctx, entry.rule, zone.local(entry.starts), zone, rule, problems);
}

std::optional<int64_t> id_of(std::string_view text) {
    const auto id = guichet::to_integer(text);
    return id && *id > 0 ? id : std::nullopt;
}

// Whole days have no zone: their clock is UTC's, and the day of the end is the last one.
void read_times(guichet::Ctx ctx, const Typed& typed, Entry& entry, guichet::Problems& problems) {
    const auto zone = entry.whole_day ? Zone::of("UTC") : Zone::of(entry.zone);
    entry.zone = zone.name();
    const auto read = [&](std::string_view field, const std::string& text, guichet::Time& to, days more) {
        auto clock = parse_clock(text);
        if (entry.whole_day)
            if (const auto day = parse_day(std::string_view{text}.substr(0, 10))) clock = Local{*day + more};
        if (clock) to = zone.instant(*clock);
        else problems.add(field, ctx.tr("Enter a day and a time, in the years 1970 to 2199."));
    };
    read("starts", typed.starts, entry.starts, days{0});
    read("ends", typed.ends, entry.ends, days{1});
}

std::string clock_text(const Entry& entry, guichet::Time at, bool is_end) {
    const auto clock = Zone::of(entry.zone).local(at);
    return format_clock(entry.whole_day && is_end ? std::max(clock - days{1}, Zone::of(entry.zone).local(entry.starts)) : clock);
}

std::string number_text(std::optional<int64_t> n) { return n ? std::to_string(*n) : std::string{}; }

}  // namespace

Entry new_entry(guichet::Ctx ctx) {
    Entry out;
    out.zone = ctx.zone();
    out.starts = {(ctx.now().us / kHourUs + 1) * kHourUs};
    out.ends = {out.starts.us + kHourUs};
    out.owner_id = ctx.user_id();
    const auto type = ctx.settings()["default_type"].text().value_or("");
    if (type_of(ctx, type)["active"].boolean().value_or(false)) out.type = type;
    out.reminder_minutes = ctx.settings()["default_reminder"].integer();
    if (out.reminder_minutes && *out.reminder_minutes < 0) out.reminder_minutes.reset();
    return out;
}

Typed typed_event(guichet::Request request) {
    const auto text = [&](std::string_view name) { return guichet::one_line(request.form(name).value_or("")); };
    Typed out;
    out.title = text("title");
    out.type = text("type");
    out.starts = text("starts");
    out.ends = text("ends");
    out.zone = text("zone");
    out.place = text("place");
    out.description = guichet::lines(request.form("description").value_or(""));
    out.owner_id = text("owner_id");
    out.ticket = text("ticket");
    out.account_id = text("account_id");
    out.contact_id = text("contact_id");
    out.reminder = text("reminder");
    out.whole_day = request.form("whole_day").has_value();
    out.is_private = request.form("private").has_value();
    out.rule = typed_rule(request);
    return out;
}

Typed form_of(guichet::Ctx ctx, const Entry& entry) {
    Typed out;
    out.title = entry.title;
    out.type = entry.type;
    out.starts = clock_text(entry, entry.starts, false);
    out.ends = clock_text(entry, entry.ends, true);
    out.zone = entry.whole_day ? std::string{ctx.zone()} : entry.zone;
    out.place = entry.place;
    out.description = entry.description;
    out.owner_id = std::to_string(entry.owner_id);
    if (entry.ticket_id) out.ticket = linked::ticket(ctx, *entry.ticket_id)["ref"].text().value_or("");
    out.account_id = number_text(entry.account_id);
    out.contact_id = number_text(entry.contact_id);
    out.reminder = number_text(entry.reminder_minutes);
    out.whole_day = entry.whole_day;
    out.is_private = entry.is_private;
    const auto zone = Zone::of(entry.zone);
    out.rule = form_of_rule(entry.rule, zone.local(entry.starts), zone);
    return out;
}

Entry entry_of(guichet::Ctx ctx, const Typed& typed, const Entry& stored, guichet::Problems& problems) {
    Entry out = stored;
    out.title = typed.title;
    out.type = typed.type;
    out.place = typed.place;
    out.description = typed.description;
    out.whole_day = typed.whole_day;
    out.is_private = typed.is_private;
    out.owner_id = guichet::to_integer(typed.owner_id).value_or(stored.owner_id);
    out.account_id = id_of(typed.account_id);
    out.contact_id = id_of(typed.contact_id);
    if (const auto zone = Zone::find(typed.zone)) out.zone = zone->name();
    else problems.add("zone", ctx.tr("There is no such time zone."));
    read_times(ctx, typed, out, problems);
    // a ticket that the user may not see stays where it is
    const bool hidden = stored.ticket_id && !linked::ticket(ctx, *stored.ticket_id);
    if (!hidden || !typed.ticket.empty()) out.ticket_id = typed.ticket.empty() ? std::nullopt : linked::ticket_by_ref(ctx, typed.ticket);
    if (!typed.ticket.empty() && !out.ticket_id) problems.add("ticket", ctx.tr("There is no ticket with this number."));
    out.reminder_minutes = guichet::to_integer(typed.reminder);
    if (!typed.reminder.empty() && !out.reminder_minutes) problems.add("reminder", ctx.tr("Enter a number of minutes."));
    out.rule = rule_of(ctx, typed.rule, Zone::of(out.zone), problems);
    check(ctx, out, stored, "starts", "ends", typed.rule.repeat == "rule" ? "rule" : "until", problems);
    return out;
}

namespace {

class JsonReader {
public:
    JsonReader(guichet::Ctx ctx, Value body, guichet::Problems& problems) : ctx_{ctx}, body_{body}, problems_{problems} {}

    void text(std::string_view name, std::string& to, bool long_text = false) {
        const auto value = body_[name];
        if (!value) return;
        if (value.is_null()) to.clear();
        else if (const auto given = value.text()) to = long_text ? guichet::lines(*given) : guichet::one_line(*given);
        else problems_.add(name, ctx_.tr("This must be text."));
    }
    void flag(std::string_view name, bool& to) {
        const auto value = body_[name];
        if (!value) return;
        if (const auto given = value.boolean()) to = *given;
        else problems_.add(name, ctx_.tr("This must be true or false."));
    }
    void number(std::string_view name, std::optional<int64_t>& to) {
        const auto value = body_[name];
        if (!value) return;
        to = value.integer();
        if (!to && !value.is_null()) problems_.add(name, ctx_.tr("This must be a whole number."));
    }
    void time(std::string_view name, guichet::Time& to) {
        const auto value = body_[name];
        if (!value) return;
        const auto given = parse_instant(value.text().value_or(""));
        if (given) to = *given;
        else
            problems_.add(name,
                          ctx_.tr("Give a time as RFC 3339 has it, 2026-11-23T09:00:00+01:00 for example, in the years 1970 to 2199."));
    }

private:
    guichet::Ctx ctx_;
    Value body_;
    guichet::Problems& problems_;
};

}  // namespace

Entry entry_of_json(guichet::Ctx ctx, Value body, const Entry& stored, guichet::Problems& problems) {
    for (std::size_t i = 0; i < body.size(); ++i)
        if (const auto name = body.key(i);
            std::ranges::find(kMembers, name) == std::end(kMembers) && name != "version" && name != "attendees")
            problems.add(name, ctx.tr("There is no such member here."));
    Entry out = stored;
    JsonReader read{ctx, body, problems};
    read.text("title", out.title);
    read.text("type", out.type);
    read.text("zone", out.zone);
    read.text("place", out.place);
    read.text("description", out.description, true);
    read.text("rule", out.rule);
    read.flag("whole_day", out.whole_day);
    read.flag("private", out.is_private);
    read.time("starts_at", out.starts);
    read.time("ends_at", out.ends);
    read.number("ticket_id", out.ticket_id);
    read.number("account_id", out.account_id);
    read.number("contact_id", out.contact_id);
    read.number("reminder_minutes", out.reminder_minutes);
    std::optional<int64_t> owner = out.owner_id;
    read.number("owner_id", owner);
    out.owner_id = owner.value_or(0);
    if (body["starts_at"] && !body["ends_at"] && !problems.by_field()["starts_at"])
        out.ends = {out.starts.us + stored.ends.us - stored.starts.us};
    if (out.whole_day) out.zone = "UTC";
    if (const auto zone = Zone::find(out.zone)) out.zone = zone->name();
    else problems.add("zone", ctx.tr("There is no such time zone."));
    constexpr int64_t kDayUs = 24 * kHourUs;
    for (const auto& [name, at] : {std::pair{"starts_at", out.starts}, std::pair{"ends_at", out.ends}})
        if (out.whole_day && at.us % kDayUs != 0) problems.add(name, ctx.tr("Whole days begin and end at midnight UTC."));
    check(ctx, out, stored, "starts_at", "ends_at", "rule", problems);
    return out;
}

}  // namespace calendar
