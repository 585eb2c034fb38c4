#include "contract_line_store.hpp"

#include "access.hpp"

namespace directory {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr int64_t kWhole = 10000;  // hundredths of a per cent

constexpr std::string_view kColumns =
    "select l.id, l.contract_id, c.account_id, l.label, l.product_ref, trim_scale(l.quantity) as quantity, l.unit_price_cents, l.vat_rate,"
    " l.starts_on, l.ends_on, l.status, l.created_at, l.created_by, l.updated_at, l.updated_by, l.version, l.custom";

void add_lines(guichet::Query& query) {
    query.sql(" from contract_line l join contract c on c.id = l.contract_id where true");
    add_account_access(query, "c.account_id", kRead);
}

}  // namespace

Page list_contract_lines(Ctx ctx, const ContractLineFilter& filter, const PageRequest& request) {
    guichet::Query query{ctx};
    query.sql(kColumns);
    if (filter.display) add_days(query, "l");
    add_lines(query);
    if (filter.contract_id) query.sql(" and l.contract_id = ").arg(*filter.contract_id);
    for (const auto& field : filter.custom) guichet::add_field_filter(query, "l.", field);
    add_page(query, "l", request);
    return take_page(ctx, query.run(), request);
}

Value get_contract_line(Ctx ctx, int64_t id) {
    guichet::Query query{ctx};
    query.sql(kColumns);
    add_lines(query);
    query.sql(" and l.id = ").arg(id);
    return only_row(query.run());
}

void check_contract_line(Ctx ctx, const Draft& draft, guichet::Problems& problems) {
    check_days(ctx, draft, problems);
    if (guichet::to_integer(draft.get("vat_rate")).value_or(0) > kWhole) problems.add("vat_rate", ctx.tr("A VAT rate is at most 100 %."));
}

}  // namespace directory
