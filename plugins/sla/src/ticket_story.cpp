#include "ticket_story.hpp"

namespace sla {

using guichet::Ctx;
using guichet::Rows;

namespace {

Instant instant(int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

bool is_closed(std::string_view phase) { return phase == "resolved" || phase == "closed" || phase == "deleted"; }

TicketStory story_of(const Rows& rows, std::size_t i) {
    TicketStory out;
    out.id = rows.i64(i, 0);
    out.created = instant(rows.i64(i, 1));
    std::string* const texts[] = {&out.ref, &out.subject, &out.status, &out.phase, &out.priority, &out.type, &out.channel};
    for (std::size_t c = 0; c < std::size(texts); ++c) *texts[c] = rows.text(i, 2 + c);
    out.team = rows.maybe_i64(i, 9);
    out.account = rows.maybe_i64(i, 10);
    out.contract = rows.maybe_i64(i, 11);
    out.assignee = rows.maybe_i64(i, 12);
    if (const auto due = rows.maybe_i64(i, 13)) out.due = instant(*due);
    out.merged = rows.boolean(i, 14);
    return out;
}

Event status_event(Instant at, bool pauses, std::string_view phase) {
    return {.at = at, .kind = Event::Kind::status, .pauses = pauses, .closed = is_closed(phase), .reached = false, .due = {}};
}

// Columns: ticket, at, source (0 status, 1 message), code, pauses, phase, from the customer.
Happening happening_of(const Rows& rows, std::size_t i) {
    const auto at = instant(rows.i64(i, 1));
    if (rows.i64(i, 2) == 0) return {status_event(at, rows.boolean(i, 4), rows.text(i, 5)), std::string{rows.text(i, 3)}};
    const auto kind = rows.boolean(i, 6) ? Event::Kind::customer_message : Event::Kind::agent_message;
    return {{.at = at, .kind = kind, .pauses = false, .closed = false, .reached = false, .due = {}}, {}};
}

// A ticket begins with the status that its first change left, or that it still has.
constexpr std::string_view kHappenings =
    "select e.ticket_id, floor(extract(epoch from e.at))::bigint, e.source, coalesce(e.code, ''), coalesce(s.pauses, false),"
    " coalesce(s.phase, 'open'), e.from_customer from ("
    "select t.id as ticket_id, t.created_at as at, 0::bigint as source, 0::bigint as id, coalesce((select c.from_status from"
    " tickets.status_change_v1 c where c.ticket_id = t.id order by c.id limit 1), t.status) as code, false as from_customer"
    " from tickets.ticket_v1 t where t.id = any($1::bigint[])"
    " union all select c.ticket_id, c.at, 0, c.id, c.to_status, false from tickets.status_change_v1 c where c.ticket_id = any($1::bigint[])"
    " union all select m.ticket_id, m.created_at, 1, m.id, null, m.from_customer from tickets.message_v1 m"
    " where m.ticket_id = any($1::bigint[]) and m.visibility = 'public' and not m.automatic"
    ") e left join tickets.status_v1 s on s.code = e.code order by e.ticket_id, e.at, e.source, e.id";

}  // namespace

std::vector<TicketStory> load_stories(Ctx ctx, const std::vector<int64_t>& ids) {
    const auto wanted = guichet::array_literal(ids);
    const auto tickets = ctx.exec(
        "select id, floor(extract(epoch from created_at))::bigint, ref, subject, status, phase, priority, type, channel, team_id, "
        "account_id,"
        " contract_id, assignee_id, floor(extract(epoch from due_at))::bigint, merged_into is not null from tickets.ticket_v1"
        " where id = any($1::bigint[]) order by id",
        wanted);
    std::vector<TicketStory> out;
    for (std::size_t i = 0; i < tickets.size(); ++i) out.push_back(story_of(tickets, i));
    const auto rows = ctx.exec(kHappenings, wanted);
    auto story = out.begin();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        while (story != out.end() && story->id < rows.i64(i, 0)) ++story;
        if (story != out.end() && story->id == rows.i64(i, 0)) story->happenings.push_back(happening_of(rows, i));
    }
    return out;
}

}  // namespace sla
