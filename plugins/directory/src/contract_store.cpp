#include "contract_store.hpp"

#include "access.hpp"

namespace directory {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::string_view kColumns =
    "select c.id, c.account_id, a.name as account_name, c.ref, c.label, c.starts_on, c.ends_on, c.status, c.notes, c.created_at,"
    " c.created_by, c.updated_at, c.updated_by, c.version, c.custom, ";

// Whether it runs today, as the user's zone has it.
void add_runs(guichet::Query& query) {
    query.sql("contract_runs(c.status, c.starts_on, c.ends_on, (now() at time zone ").arg(query.ctx().zone()).sql("::text)::date)");
}

void add_columns(guichet::Query& query) {
    query.sql(kColumns);
    add_runs(query);
    query.sql(" as runs_today");
}

void add_filter(guichet::Query& query, const ContractFilter& filter) {
    add_account_access(query, "c.account_id", kRead);
    if (filter.account_id) query.sql(" and c.account_id = ").arg(*filter.account_id);
    if (!filter.status.empty()) query.sql(" and c.status = ").arg(filter.status);
    if (filter.running) {
        query.sql(" and ");
        add_runs(query);
    }
    add_search(query, "c", kContract.object, filter.words);
    for (const auto& field : filter.custom) guichet::add_field_filter(query, "c.", field);
}

// Inside a transaction, and last: the counter makes others wait.
Draft numbered(Ctx ctx, Draft draft) {
    if (draft.get("ref").empty()) draft.set("ref", ctx.next_number("directory.contract", ctx.now()));
    return draft;
}

[[noreturn]] void refuse_end(Ctx ctx, std::string_view msgid) {
    throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr(msgid)}, "ends_on"};
}

Value one_contract(Ctx ctx, int64_t id, bool display) {
    guichet::Query query{ctx};
    add_columns(query);
    if (display) add_days(query, "c");
    query.sql(" from contract c join account a on a.id = c.account_id where c.id = ").arg(id).sql(" and ");
    add_access(query, kRead);
    return only_row(query.run());
}

}  // namespace

std::string contract_key(Value row) { return as_text(row["ref"]); }

Value contract_statuses(Ctx ctx) {
    auto out = ctx.array();
    const auto add = [&](std::string_view value, std::string_view label, std::string_view color) {
        out.push(ctx.object().set("value", value).set("label", label).set("color", color));
    };
    add("draft", ctx.tr("Draft"), "secondary");
    add("running", ctx.tr("Running"), "green");
    add("ended", ctx.tr("Ended"), "orange");
    return out;
}

Page list_contracts(Ctx ctx, const ContractFilter& filter, const PageRequest& request) {
    guichet::Query query{ctx};
    add_columns(query);
    if (filter.display) add_days(query, "c");
    query.sql(" from (select c.* from contract c where true");
    add_filter(query, filter);
    add_page(query, "c", request);
    query.sql(") c join account a on a.id = c.account_id");
    add_order(query, "c", *request.sort);
    return take_page(ctx, query.run(), request);
}

guichet::Rows contracts_to_export(Ctx ctx, const ContractFilter& filter) {
    guichet::Query query{ctx};
    query.sql("select ");
    add_export_columns(query, kContract, "c");
    query.sql(" from contract c where true");
    add_filter(query, filter);
    query.sql(" order by c.ref_key, c.id limit ").arg(kMostExported);
    return query.run();
}

Value get_contract(Ctx ctx, int64_t id) { return one_contract(ctx, id, false); }
Value contract_to_show(Ctx ctx, int64_t id) { return one_contract(ctx, id, true); }

int64_t create_contract(Ctx ctx, const Draft& draft) {
    guichet::Tx tx{ctx};
    const auto id = insert(ctx, numbered(ctx, draft));
    tx.commit();
    return id;
}

bool update_contract(Ctx ctx, const Draft& draft, int64_t id, int64_t version) {
    guichet::Tx tx{ctx};
    if (!update(ctx, numbered(ctx, draft), id, version)) return false;
    tx.commit();
    return true;
}

void check_days(Ctx ctx, const Draft& draft, guichet::Problems& problems) {
    const auto starts_on = draft.get("starts_on"), ends_on = draft.get("ends_on");
    if (!starts_on.empty() && !ends_on.empty() && ends_on < starts_on)
        problems.add("ends_on", ctx.tr("The end is before the start."));
}

Value contract_periods(Ctx ctx, int64_t id) {
    guichet::Query query{ctx};
    query.sql("select p.id, p.starts_on, p.ends_on, p.created_at, p.created_by");
    add_days(query, "p");
    query.sql(" from contract_period p where p.contract_id = ").arg(id).sql(" order by p.starts_on desc, p.id desc limit 100");
    return query.run().value();
}

void renew_contract(Ctx ctx, Value contract, std::string_view ends_on) {
    const auto id = contract["id"].integer().value_or(0);
    const auto starts_on = contract["starts_on"].text(), until = contract["ends_on"].text();
    if (!until) refuse_end(ctx, "The contract has no end: there is nothing to renew.");
    if (ends_on.empty()) refuse_end(ctx, "Enter the new end.");
    if (const auto wrong = problem_of(Kind::date, ends_on); !wrong.empty()) refuse_end(ctx, wrong);
    if (ends_on <= *until) refuse_end(ctx, "The new end is not after the present one.");
    Draft draft{ctx, kContract, contract};
    draft.set("ends_on", ends_on);
    draft.set("status", "running");
    const auto author = ctx.user_id() > 0 ? std::optional{ctx.user_id()} : std::nullopt;
    guichet::Tx tx{ctx};
    // the time before the first renewal is a period as well
    ctx.exec(
        "insert into contract_period (contract_id, starts_on, ends_on, created_by)"
        " select $1::bigint, $2::text::date, $3::text::date, $4::bigint where $2 is not null"
        " and not exists (select from contract_period where contract_id = $1)",
        id, starts_on, *until, author);
    ctx.exec(
        "insert into contract_period (contract_id, starts_on, ends_on, created_by)"
        " values ($1::bigint, $2::text::date + 1, $3::text::date, $4::bigint)",
        id, *until, ends_on, author);
    if (!update(ctx, draft, id, contract["version"].integer().value_or(0)))
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Somebody else has changed this in the meantime.")}, "version"};
    tx.commit();
}

void add_days(guichet::Query& query, std::string_view alias) {
    for (const std::string_view end : {"start", "end"}) {
        query.sql(", ").sql(alias).sql(".").sql(end).sql("s_on::timestamp at time zone ").arg(query.ctx().zone());
        query.sql("::text as ").sql(end).sql("s_at");
    }
}

}  // namespace directory
