#include "escalation.hpp"

#include "words.hpp"

#include <tickets/tickets_v1.h>

#include <set>

namespace sla {

using guichet::Ctx;
using guichet::Value;

namespace {

struct Person {
    std::string address, language;
    auto operator<=>(const Person&) const = default;
};

void add_people(std::set<Person>& to, const guichet::Rows& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (guichet::is_email(rows.text(i, 0))) to.insert({std::string{rows.text(i, 0)}, std::string{rows.text(i, 1)}});
}

std::set<Person> recipients(Ctx ctx, const Reached& reached) {
    std::set<Person> out;
    for (const auto& who : reached.level->notify) {
        if (who == "assignee" && reached.ticket->assignee)
            add_people(out, ctx.exec("select coalesce(email, ''), coalesce(language, '') from core.user_v1 where active and id = $1",
                                     *reached.ticket->assignee));
        else if (who == "team" && reached.ticket->team)
            add_people(out, ctx.exec("select coalesce(u.email, ''), coalesce(u.language, '') from core.user_v1 u join core.team_member_v1 "
                                     "m on m.user_id = u.id"
                                     " where u.active and m.team_id = $1",
                                     *reached.ticket->team));
        else if (who == "manager")
            add_people(out, ctx.exec("select coalesce(u.email, ''), coalesce(u.language, '') from core.user_v1 u join core.user_level_v1 l "
                                     "on l.user_id = u.id"
                                     " where u.active and l.permission = 'sla.manage'"));
        else if (guichet::is_email(who)) out.insert({who, std::string{ctx.language()}});
    }
    return out;
}

void notify(Ctx ctx, const Reached& reached) {
    const auto& clock = *reached.clock;
    for (const auto& person : recipients(ctx, reached))
        ctx.exec(
            "insert into notice (address, language, ticket_id, ticket_ref, subject, kind, due_at, late) values ($1, $2, $3, $4, $5, $6, "
            "to_timestamp($7), $8)",
            person.address, person.language, reached.ticket->id, reached.ticket->ref, reached.ticket->subject, name_of(clock.reading.clock),
            clock.reading.deadline.reckoned.time_since_epoch().count(), clock.late);
}

void change_ticket(Ctx ctx, const Reached& reached) {
    auto changes = ctx.object();
    if (reached.level->assign) changes.set("assignee", *reached.level->assign);
    if (reached.level->team) changes.set("team", *reached.level->team);
    if (!reached.level->priority.empty()) changes.set("priority", reached.level->priority);
    const auto tickets = ctx.service<tickets_tickets_v1>(TICKETS_TICKETS, 1, 2);
    if (!tickets) return;
    try {
        if (changes.size() > 0) tickets(&tickets_tickets_v1::update, reached.ticket->id, changes.raw());
    } catch (const guichet::Error& error) {
        ctx.log(GUICHET_LOG_WARN, "escalation of ticket " + reached.ticket->ref + ": " + error.what());
    }
    const auto texts = history_texts(ctx, *reached.level, reached.clock->late);
    tickets(&tickets_tickets_v1::note, reached.ticket->id, texts.raw());
}

void publish(Ctx ctx, const Reached& reached) {
    const auto& clock = *reached.clock;
    auto data =
        ctx.object().set("ticket_id", reached.ticket->id).set("clock", name_of(clock.reading.clock)).set("cycle", clock.reading.cycle);
    data.set("level", reached.level->key()).set("policy_id", reached.policy->id).set("late", clock.late);
    ctx.after("sla.escalated", 1, "ticket/" + std::to_string(reached.ticket->id), data);
}

// Of a digest, or the only one of a mail.
std::string line(std::string_view language, const guichet::Rows& rows, std::size_t i) {
    return "- **" + std::string{rows.text(i, 1)} + "** " + std::string{rows.text(i, 2)} + " – " +
           mail_words(language, rows.text(i, 3), rows.boolean(i, 5)) + " " + std::string{rows.text(i, 4)};
}

void send_to(Ctx ctx, std::string_view address, std::string_view language) {
    guichet::Tx tx{ctx};
    const auto rows = ctx.exec(
        "with gone as (delete from notice where address = $1 returning *) select ticket_id, ticket_ref, subject, kind,"
        " to_char(due_at at time zone $2::text, case when language = 'en' then 'YYYY-MM-DD HH24:MI' else 'DD/MM/YYYY HH24:MI' end), late "
        "from gone"
        " order by due_at, id",
        address, ctx.zone());
    if (rows.empty()) return;
    std::string lines;
    for (std::size_t i = 0; i < rows.size() && i < 200; ++i) lines += line(language, rows, i) + "\n";
    auto envelope = ctx.object().set("to", address);
    if (!language.empty()) envelope.set("language", language);
    auto data = ctx.object().set("count", static_cast<int64_t>(rows.size())).set("ref", rows.text(0, 1)).set("subject", rows.text(0, 2));
    data.set("lines_markdown", lines)
        .set("url", rows.size() == 1 ? "/tickets/" + std::to_string(rows.i64(0, 0)) : std::string{"/sla/late"});
    ctx.send_mail(rows.size() == 1 ? "sla.deadline" : "sla.deadlines", envelope, data);
    tx.commit();
}

}  // namespace

void act(Ctx ctx, const Reached& reached) {
    notify(ctx, reached);
    change_ticket(ctx, reached);
    publish(ctx, reached);
}

void send_notices(Ctx ctx) {
    const auto people = ctx.exec("select address, min(language) from notice group by address order by address");
    for (std::size_t i = 0; i < people.size(); ++i) send_to(ctx, people.text(i, 0), people.text(i, 1));
}

}  // namespace sla
