#include "invitation.hpp"

#include "event_store.hpp"
#include "ics.hpp"
#include "linked.hpp"
#include "mail_words.hpp"

namespace calendar {

using guichet::Ctx;
using guichet::Value;

namespace {

struct Mail {
    std::string_view mail_template, method;
};
constexpr Mail kInvitation{"calendar.invitation", "REQUEST"}, kUpdate{"calendar.update", "REQUEST"},
    kCancellation{"calendar.cancellation", "CANCEL"};

// Where answers go: an address that the desk fetches when there is one, else the owner's own.
std::string organizer_address(Ctx ctx, const Entry& entry) {
    const auto desk = ctx.settings()["answer_address"].text().value_or("");
    if (guichet::is_email(desk)) return std::string{desk};
    const auto rows = ctx.exec("select coalesce(email, '') from core.user_v1 where id = $1", entry.owner_id);
    return rows.empty() || !guichet::is_email(rows.text(0, 0)) ? std::string{} : std::string{rows.text(0, 0)};
}

std::string language_of(Ctx ctx, const Attendee& attendee) {
    std::string out{ctx.language()};
    if (attendee.user_id) {
        const auto rows = ctx.exec("select coalesce(language, '') from core.user_v1 where id = $1", *attendee.user_id);
        if (!rows.empty() && !rows.text(0, 0).empty()) out = rows.text(0, 0);
    } else if (attendee.contact_id) {
        if (const auto language = linked::contact(ctx, *attendee.contact_id)["language"].text(); language && !language->empty())
            out = *language;
    }
    return out;
}

// A sequence beyond the one that was told: a cancellation counts as a change (RFC 5546, 2.1.4).
std::string calendar_text(Ctx ctx, Event event, const std::vector<Attendee>& attendees, const Mail& mail) {
    if (mail.method == "CANCEL") ++event.sequence;
    IcsCalendar out;
    out.method = mail.method;
    out.organizer_name = event.owner;
    out.organizer_email = organizer_address(ctx, event.entry);
    out.events.push_back({std::move(event), attendees});
    return write_ics(out);
}

void send(Ctx ctx, const Event& event, const Attendee& to, const std::vector<Attendee>& attendees, const Mail& mail) {
    const auto language = language_of(ctx, to);
    const auto file =
        ctx.put_file(mail.method == "CANCEL" ? "cancellation.ics" : "invitation.ics", calendar_text(ctx, event, attendees, mail));
    auto envelope = ctx.object().set("to", to.email).set("language", language).set("attachments", ctx.array().push(file.id));
    if (!to.name.empty()) envelope.set("to_name", to.name);
    if (const auto address = organizer_address(ctx, event.entry); !address.empty()) envelope.set("reply_to", address);
    auto values = ctx.object()
                      .set("title", event.entry.title)
                      .set("when", mail_when(event.entry, event.entry.starts, event.entry.ends, language))
                      .set("place", event.entry.place.empty() ? "–" : event.entry.place)
                      .set("organizer", event.owner)
                      .set("description_markdown", event.entry.description);
    const auto id = ctx.send_mail(mail.mail_template, envelope, values);
    if (id == 0) return ctx.remove_file(file.id);  // no sender is configured
    ctx.exec("insert into mailed_file (file_id, mail_id) values ($1, $2)", file.id, id);
}

// Who makes the event knows of it.
bool is_owner(const Event& event, const Attendee& attendee) { return attendee.user_id == event.entry.owner_id; }

bool is_over(Ctx ctx, int64_t event) { return ctx.exec("select busy_until < now() from event where id = $1", event).boolean(0, 0); }

// One address that cannot be written to keeps nobody else's mail back.
template <class F>
void each_alone(Ctx ctx, F&& send_one) {
    try {
        guichet::Tx savepoint{ctx};
        send_one();
        savepoint.commit();
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_INVALID) throw;
        ctx.log(GUICHET_LOG_WARN, std::string{"an invitation could not be written: "} + error.what());
    }
}

std::vector<int64_t> told_sequences(Ctx ctx, const Event& event, const std::vector<Attendee>& attendees) {
    const auto rows = ctx.exec("select attendee_id, sequence from told where event_id = $1", event.id);
    std::vector<int64_t> out(attendees.size(), -1);
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t i = 0; i < attendees.size(); ++i)
            if (attendees[i].id == rows.i64(r, 0)) out[i] = rows.i64(r, 1);
    return out;
}

}  // namespace

void expect_invitations(Ctx ctx, int64_t event) {
    const auto rows =
        ctx.exec("select exists (select from attendee a join event e on a.event_id = coalesce(e.series_id, e.id) where e.id = $1)", event);
    if (rows.boolean(0, 0)) ctx.enqueue("calendar.invite", ctx.object().set("event_id", event), "invite-" + std::to_string(event));
}

void send_invitations(Ctx ctx, guichet::Job job) {
    const auto id = job.args()["event_id"].integer().value_or(0);
    guichet::Tx tx{ctx};
    if (ctx.exec("select from event where id = $1 for update", id).empty() || is_over(ctx, id)) return;
    const auto event = load(ctx, id);
    const auto attendees = load_attendees(ctx, event);
    const auto told = told_sequences(ctx, event, attendees);
    for (std::size_t i = 0; i < attendees.size(); ++i) {
        if (is_owner(event, attendees[i]) || told[i] >= event.sequence) continue;
        each_alone(ctx, [&] { send(ctx, event, attendees[i], attendees, told[i] < 0 && !event.series_id ? kInvitation : kUpdate); });
        ctx.exec(
            "insert into told (event_id, attendee_id, sequence) values ($1, $2, $3) on conflict (event_id, attendee_id) do update set "
            "sequence = excluded.sequence",
            event.id, attendees[i].id, event.sequence);
    }
    tx.commit();
}

void cancel_for(Ctx ctx, const Event& event, const Attendee& attendee) {
    const auto told = ctx.exec("select from told where event_id = $1 and attendee_id = $2", event.id, attendee.id);
    if (told.empty() || is_over(ctx, event.id)) return;
    each_alone(ctx, [&] { send(ctx, event, attendee, {attendee}, kCancellation); });
}

void cancel_for_all(Ctx ctx, const Event& event) {
    for (const auto& attendee : load_attendees(ctx, event)) cancel_for(ctx, event, attendee);
}

void forget_files(Ctx ctx, guichet::Job) {
    guichet::Tx tx{ctx};
    const auto gone = ctx.exec(
        "delete from mailed_file f where not exists (select from core.mail_v1 m where m.id = f.mail_id and m.state in ('queued', 'held')) "
        "returning file_id");
    for (std::size_t i = 0; i < gone.size(); ++i) ctx.remove_file(gone.i64(i, 0));
    tx.commit();
}

}  // namespace calendar
