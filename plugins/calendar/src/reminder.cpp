#include "reminder.hpp"

#include "attendees.hpp"
#include "event_store.hpp"
#include "mail_words.hpp"
#include "occurrences.hpp"

namespace calendar {

using guichet::Ctx;
using guichet::Time;

namespace {

constexpr int kAtOnce = 50;
constexpr int64_t kMinuteUs = int64_t{60} * 1'000'000;
// After that, who was not reminded in time is not disturbed any more.
constexpr int64_t kLateUs = 60 * kMinuteUs;

int64_t notice_us(const Event& event) { return event.entry.reminder_minutes.value_or(0) * kMinuteUs; }

// The first occurrence that is reminded of after a time.
std::optional<Occurrence> next_reminded(const std::shared_ptr<const Event>& event, Time after) {
    if (!event->entry.reminder_minutes) return std::nullopt;
    return next_start(event, {after.us + notice_us(*event) + 1});
}

void plan(Ctx ctx, const std::shared_ptr<const Event>& event, Time after) {
    const auto next = next_reminded(event, after);
    ctx.exec("update event set remind_at = $2::timestamptz where id = $1", event->id,
             next ? std::optional{Time{next->starts.us - notice_us(*event)}} : std::nullopt);
}

void remind(Ctx ctx, const Occurrence& occurrence, std::string_view email, std::string_view name, std::string_view language) {
    const auto& event = *occurrence.event;
    auto path = path_of(event.id) + (event.entry.rule.empty() ? "" : "?at=" + format_utc(occurrence.at()));
    auto envelope = ctx.object().set("to", email).set("to_name", name).set("language", language);
    envelope.set("headers", ctx.object().set("Auto-Submitted", "auto-generated").set("X-Auto-Response-Suppress", "All"));
    ctx.send_mail("calendar.reminder", envelope,
                  ctx.object()
                      .set("title", event.entry.title)
                      .set("when", mail_when(event.entry, occurrence.starts, occurrence.ends, language))
                      .set("place", event.entry.place.empty() ? "–" : event.entry.place)
                      .set("url", path));
}

// The owner, and every user who takes part and has not declined.
void remind_users(Ctx ctx, const Occurrence& occurrence) {
    const auto& event = *occurrence.event;
    const auto rows = ctx.exec(
        "select coalesce(u.email, ''), u.name, coalesce(u.language, '') from core.user_v1 u where u.active and (u.id = $1 or u.id in"
        " (select a.user_id from attendee a left join occurrence_answer o on o.attendee_id = a.id and o.recurs_at = $3"
        " where a.event_id = $2 and coalesce(o.answer, a.answer) <> 'declined'))",
        event.entry.owner_id, event.series_id.value_or(event.id), occurrence.at());
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (guichet::is_email(rows.text(i, 0)))
            remind(ctx, occurrence, rows.text(i, 0), rows.text(i, 1), rows.text(i, 2).empty() ? ctx.language() : rows.text(i, 2));
}

void remind_one(Ctx ctx, int64_t id, Time due, std::optional<Time> reminded) {
    const auto event = std::make_shared<Event>(load(ctx, id));
    const auto now = ctx.now();
    const auto occurrence = occurrence_at(event, {due.us + notice_us(*event)});
    const bool is_new = occurrence && (!reminded || reminded->us != occurrence->starts.us);
    if (is_new && std::max(occurrence->starts.us, due.us + kLateUs) >= now.us) {
        remind_users(ctx, *occurrence);
        ctx.exec("update event set reminded_for = $2 where id = $1", id, occurrence->starts);
    }
    plan(ctx, event, {std::max(due.us, now.us - kLateUs)});
}

}  // namespace

// The first is known; from the middle of a series the job goes on by itself.
void plan_reminder(Ctx ctx, int64_t event) {
    ctx.exec(
        "update event set remind_at = case when reminder_minutes is null then null"
        " when starts_at > now() then starts_at - make_interval(mins => reminder_minutes) when rule is not null then now() end where id = "
        "$1",
        event);
}

void send_reminders(Ctx ctx, guichet::Job job) {
    for (;;) {
        job.progress(0);
        guichet::Tx tx{ctx};
        const auto rows = ctx.exec(
            "select id, remind_at, reminded_for from event where remind_at <= now() order by remind_at limit $1 for update skip locked",
            kAtOnce);
        for (std::size_t i = 0; i < rows.size(); ++i)
            remind_one(ctx, rows.i64(i, 0), rows.time(i, 1), rows.is_null(i, 2) ? std::nullopt : std::optional{rows.time(i, 2)});
        tx.commit();
        if (rows.size() == 0) return;
    }
}

}  // namespace calendar
