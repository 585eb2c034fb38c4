#include "pack_store.hpp"

#include "changed.hpp"
#include "duration.hpp"
#include "settings.hpp"

#include <directory/accounts_v1.h>

namespace timesheet {

using guichet::Ctx;
using guichet::Error;
using guichet::Query;
using guichet::Value;

namespace {

constexpr int kMostOfAContract = 50;

Query select(Ctx ctx) {
    Query query{ctx};
    query.sql(
        "select p.id, p.contract_id, p.account_id, p.seconds, p.used, p.starts_on::text as starts_on, p.ends_on::text as ends_on,"
        " p.starts_on::timestamp at time zone z.name as starts_at, p.ends_on::timestamp at time zone z.name as ends_at, p.note,"
        " p.created_at, p.updated_at, p.version, (now() at time zone z.name)::date between p.starts_on and coalesce(p.ends_on, 'infinity')"
        " as valid_today from hour_pack_use p cross join (select ");
    query.arg(ctx.zone()).sql("::text as name) z where true");
    return query;
}

bool sees_account(Ctx ctx, int64_t account) {
    const auto accounts = ctx.service<directory_accounts_v1>(DIRECTORY_ACCOUNTS, 1, 0);
    guichet_value* found = nullptr;
    try {
        if (accounts) accounts(&directory_accounts_v1::find_account, account, &found);
    } catch (const Error& error) {
        if (error.code() != GUICHET_E_NOT_FOUND) throw;
    }
    return found != nullptr;
}

std::optional<std::string_view> last_day(const Pack& pack) {
    return pack.ends_on.empty() ? std::nullopt : std::optional<std::string_view>{pack.ends_on};
}

// Before the constraint of the table, which says the same without words; one writer per contract at a time.
void refuse_overlap(Ctx ctx, const Pack& pack, int64_t except) {
    ctx.exec("select pg_advisory_xact_lock(hashtextextended('timesheet.contract', $1))", pack.contract);
    const auto rows = ctx.exec(
        "select p.starts_on::text, coalesce(p.ends_on::text, '…') from hour_pack p where p.contract_id = $1 and p.id <> $2"
        " and daterange(p.starts_on, p.ends_on, '[]') && daterange($3::text::date, $4::text::date, '[]') limit 1",
        pack.contract, except, pack.starts_on, last_day(pack));
    if (rows.empty()) return;
    throw Error{
        GUICHET_E_CONFLICT,
        guichet::fill(ctx.tr("Another pack of this contract is valid from %1 to %2: add the hours to it, or end it the day before."),
                      {rows.text(0, 0), rows.text(0, 1)}),
        "starts_on"};
}

}  // namespace

std::optional<Contract> find_contract(Ctx ctx, int64_t id) {
    const auto rows = ctx.exec(
        "select c.account_id, c.ref, c.label, a.name from directory.contract_v1 c join directory.account_v1 a on a.id = c.account_id"
        " where c.id = $1",
        id);
    if (rows.empty() || !sees_account(ctx, rows.i64(0, 0))) return std::nullopt;
    return Contract{id, rows.i64(0, 0), std::string{rows.text(0, 1)}, std::string{rows.text(0, 2)}, std::string{rows.text(0, 3)}};
}

Value packs_of(Ctx ctx, int64_t contract) {
    auto query = select(ctx);
    return query.sql(" and p.contract_id = ").arg(contract).sql(" order by p.starts_on desc limit ").arg(kMostOfAContract).run().value();
}

Value list_packs(Ctx ctx, std::optional<int64_t> contract, std::optional<int64_t> before, int limit) {
    auto query = select(ctx);
    if (contract) query.sql(" and p.contract_id = ").arg(*contract);
    if (before) query.sql(" and p.id < ").arg(*before);
    return query.sql(" order by p.id desc limit ").arg(limit).run().value();
}

Value load_pack(Ctx ctx, int64_t id) {
    auto query = select(ctx);
    const auto rows = query.sql(" and p.id = ").arg(id).run();
    if (rows.empty()) throw Error{GUICHET_E_NOT_FOUND, "no such pack"};
    return rows.row(0);
}

Value present_pack(Ctx ctx, int64_t contract) {
    auto query = select(ctx);
    query.sql(" and p.contract_id = ").arg(contract);
    const auto rows =
        query.sql(" and (now() at time zone z.name)::date between p.starts_on and coalesce(p.ends_on, 'infinity') limit 1").run();
    return rows.empty() ? Value{} : measured(ctx, rows.row(0));
}

int64_t add_pack(Ctx ctx, const Pack& pack) {
    guichet::Tx tx{ctx};
    refuse_overlap(ctx, pack, 0);
    const auto id = ctx.exec(
                           "insert into hour_pack (contract_id, account_id, seconds, starts_on, ends_on, note, created_by, updated_by)"
                           " values ($1, $2, $3, $4::text::date, $5::text::date, $6, $7, $7) returning id",
                           pack.contract, pack.account, pack.seconds, pack.starts_on, last_day(pack), pack.note, ctx.user_id())
                        .i64(0, 0);
    publish(ctx, {"pack", "added", id, std::nullopt, pack.contract, std::nullopt, pack.seconds});
    tx.commit();
    return id;
}

void change_pack(Ctx ctx, int64_t id, int64_t version, const Pack& pack) {
    guichet::Tx tx{ctx};
    refuse_overlap(ctx, pack, id);
    const auto rows = ctx.exec(
        "update hour_pack set seconds = $3, starts_on = $4::text::date, ends_on = $5::text::date, note = $6, updated_at = now(),"
        " updated_by = $7, version = version + 1 where id = $1 and version = $2 returning id",
        id, version, pack.seconds, pack.starts_on, last_day(pack), pack.note, ctx.user_id());
    if (rows.empty())
        throw Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Somebody else has changed this pack in the meantime.")}, "version"};
    publish(ctx, {"pack", "changed", id, std::nullopt, pack.contract, std::nullopt, pack.seconds});
    tx.commit();
}

void remove_pack(Ctx ctx, Value row) {
    guichet::Tx tx{ctx};
    const auto id = row["id"].integer().value_or(0);
    if (!ctx.exec("delete from hour_pack where id = $1 returning id", id).empty()) {
        publish(ctx, {"pack", "removed", id, std::nullopt, row["contract_id"].integer(), std::nullopt, row["seconds"].integer()});
        ctx.audit("timesheet.pack_deleted", "contract/" + std::to_string(row["contract_id"].integer().value_or(0)),
                  ctx.object().set("pack_id", id).set("seconds", row["seconds"]));
    }
    tx.commit();
}

Value measured(Ctx ctx, Value row) {
    const auto bought = row["seconds"].integer().value_or(1), used = row["used"].integer().value_or(0), left = bought - used;
    row.set("bought", format_duration(ctx, bought)).set("used_text", format_duration(ctx, used));
    row.set("left_text", format_duration(ctx, left < 0 ? -left : left)).set("over", left < 0);
    row.set("percent", std::min<int64_t>(100, used * 100 / bought));
    return row.set("low", left >= 0 && left * 100 < bought * Settings{ctx}.pack_warning_percent);
}

}  // namespace timesheet
