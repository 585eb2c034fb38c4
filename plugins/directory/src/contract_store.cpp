#include "contract_store.hpp"

#include "access.hpp"

namespace directory {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::string_view kColumns =
    "select c.id, c.account_id, c.ref, c.label, c.starts_on, c.ends_on, c.status, c.created_at, c.created_by,"
    " c.updated_at, c.updated_by, c.version, c.custom";

void add_today(guichet::Query& query) {
    query.sql(" and (now() at time zone ").arg(query.ctx().zone());
    query.sql("::text)::date between coalesce(c.starts_on, '-infinity') and coalesce(c.ends_on, 'infinity')");
}

void give_reference(Ctx ctx, Draft& draft) {
    if (!draft.get("ref").empty()) return;
    const auto rows = ctx.exec("select 'CT-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('contract_number')::text, 4, '0')");
    draft.set("ref", rows.text(0, 0));
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
    query.sql(kColumns);
    if (filter.display) {
        query.sql(", c.starts_on::timestamp at time zone ").arg(ctx.zone()).sql("::text as starts_at");
        query.sql(", c.ends_on::timestamp at time zone ").arg(ctx.zone()).sql("::text as ends_at");
    }
    query.sql(" from contract c where true");
    add_account_access(query, "c.account_id", kRead);
    if (filter.account_id) query.sql(" and c.account_id = ").arg(*filter.account_id);
    if (!filter.status.empty()) query.sql(" and c.status = ").arg(filter.status);
    if (filter.today) add_today(query);
    add_search(query, "c", kContract.object, filter.words);
    for (const auto& field : filter.custom) guichet::add_field_filter(query, "c.", field);
    add_page(query, "c", request);
    return take_page(ctx, query.run(), request);
}

Value get_contract(Ctx ctx, int64_t id) {
    guichet::Query query{ctx};
    query.sql(kColumns).sql(" from contract c where c.id = ").arg(id);
    add_account_access(query, "c.account_id", kRead);
    return only_row(query.run());
}

int64_t create_contract(Ctx ctx, Draft draft) {
    give_reference(ctx, draft);
    return insert(ctx, draft);
}

bool update_contract(Ctx ctx, Draft draft, int64_t id, int64_t version) {
    give_reference(ctx, draft);
    return update(ctx, draft, id, version);
}

void check_contract(Ctx ctx, const Draft& draft, guichet::Problems& problems) {
    const auto starts_on = draft.get("starts_on"), ends_on = draft.get("ends_on");
    if (!starts_on.empty() && !ends_on.empty() && ends_on < starts_on)
        problems.add("ends_on", ctx.tr("The end is before the start."));
}

}  // namespace directory
