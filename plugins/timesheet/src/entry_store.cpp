#include "entry_store.hpp"

#include "changed.hpp"
#include "entry_query.hpp"

namespace timesheet {

using guichet::Ctx;
using guichet::Error;
using guichet::Value;

namespace {

std::string text(Value value) { return std::string{value.text().value_or("")}; }

Change change(std::string_view what, int64_t id, int64_t user, const Booking& on, int64_t seconds) {
    return {"entry", what, id, on.ticket, on.contract, user, seconds};
}

// The constraint of the table would refuse it as well; this says why, and knows of entries that were written while they might overlap.
void refuse_overlap(Ctx ctx, int64_t user, const Span& span, int64_t except) {
    const auto rows = ctx.exec(
        "select to_char(e.starts_at at time zone $5::text, 'HH24:MI'), to_char(e.ends_at at time zone $5::text, 'HH24:MI'), e.ticket_ref"
        " from entry e where e.user_id = $1 and e.starts_at > $2::timestamptz - interval '32 days' and e.starts_at < $3 and e.ends_at > $2"
        " and e.id <> $4 order by e.starts_at limit 1",
        user, *span.starts, *span.ends, except, ctx.zone());
    if (rows.empty()) return;
    throw Error{
        GUICHET_E_CONFLICT,
        guichet::fill(ctx.tr("Time is recorded already from %1 to %2, on ticket %3."), {rows.text(0, 0), rows.text(0, 1), rows.text(0, 2)}),
        "starts_at"};
}

// True: the entry overlaps no other one. After this nobody else writes entries of the user until the transaction ends.
bool claim(Ctx ctx, int64_t user, const Span& span, int64_t except) {
    ctx.exec("select queue_for($1)", user);
    if (Settings{ctx}.allow_overlaps) return false;
    if (span.starts) refuse_overlap(ctx, user, span, except);
    return true;
}

}  // namespace

Entry load_entry(Ctx ctx, int64_t id, std::string_view permission) {
    EntryFilter filter;
    filter.id = id;
    const auto page = list_entries(ctx, filter, 1, std::nullopt);
    if (page.items.size() == 0) throw Error{GUICHET_E_NOT_FOUND, "no such entry"};
    if (permission != kRead && !may(ctx, id, permission)) {
        if (may(ctx, id, kRead)) throw Error{GUICHET_E_DENIED, "not this entry"};
        throw Error{GUICHET_E_NOT_FOUND, "no such entry"};  // deleted just now
    }
    const auto row = page.items[std::size_t{0}];
    Entry entry;
    entry.id = id;
    entry.user = row["user_id"].integer().value_or(0);
    entry.version = row["version"].integer().value_or(0);
    entry.on = {
        row["ticket_id"].integer().value_or(0), text(row["ticket_ref"]), {}, row["account_id"].integer(), row["contract_id"].integer()};
    entry.work = {{row["starts_at"].time(), row["ends_at"].time(), text(row["day"]), row["seconds"].integer().value_or(0)},
                  text(row["activity"]),
                  text(row["note"]),
                  row["billable"].boolean().value_or(true)};
    entry.row = row;
    return entry;
}

int64_t add_entry(Ctx ctx, int64_t user, const Booking& on, const Work& work) {
    guichet::Tx tx{ctx};
    const auto& span = work.span;
    const bool alone = claim(ctx, user, span, 0);
    const auto rows = ctx.exec(
        "insert into entry (user_id, ticket_id, ticket_ref, account_id, contract_id, day, starts_at, ends_at, seconds, activity, note, "
        "billable,"
        " alone, created_by, updated_by) values ($1, $2, $3, $4, $5, $6::text::date, $7, $8, $9, $10, $11, $12, $13, $14, $14) returning "
        "id",
        user, on.ticket, on.ref, on.account, on.contract, span.day, span.starts, span.ends, span.seconds, work.activity, work.note,
        work.billable, alone, ctx.user_id());
    const auto id = rows.i64(0, 0);
    publish(ctx, change("added", id, user, on, span.seconds));
    tx.commit();
    return id;
}

void change_entry(Ctx ctx, const Entry& entry, int64_t version, const Work& work) {
    guichet::Tx tx{ctx};
    const auto& span = work.span;
    const bool alone = claim(ctx, entry.user, span, entry.id);
    const auto rows = ctx.exec(
        "update entry set day = $3::text::date, starts_at = $4, ends_at = $5, seconds = $6, activity = $7, note = $8, billable = $9, alone "
        "= $10,"
        " updated_at = now(), updated_by = $11, version = version + 1 where id = $1 and version = $2 returning id",
        entry.id, version, span.day, span.starts, span.ends, span.seconds, work.activity, work.note, work.billable, alone, ctx.user_id());
    if (rows.empty())
        throw Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Somebody else has changed this entry in the meantime.")}, "version"};
    publish(ctx, change("changed", entry.id, entry.user, entry.on, span.seconds));
    tx.commit();
}

void remove_entry(Ctx ctx, const Entry& entry) {
    guichet::Tx tx{ctx};
    ctx.exec("select queue_for($1)", entry.user);
    if (!ctx.exec("delete from entry where id = $1 returning id", entry.id).empty()) {
        publish(ctx, change("removed", entry.id, entry.user, entry.on, entry.work.span.seconds));
        ctx.audit("timesheet.entry_deleted", "ticket/" + std::to_string(entry.on.ticket),
                  ctx.object().set("entry_id", entry.id).set("user_id", entry.user).set("seconds", entry.work.span.seconds));
    }
    tx.commit();
}

}  // namespace timesheet
