#include "schedule.hpp"

#include "access.hpp"

namespace interventions {

using guichet::Value;

namespace {

constexpr std::size_t kMostUsers = 1000;

Value ids_of(guichet::Ctx ctx, std::string_view joined) {
    auto out = ctx.array();
    while (!joined.empty()) {
        const auto end = std::min(joined.find(','), joined.size());
        if (const auto id = guichet::to_integer(joined.substr(0, end))) out.push(*id);
        joined.remove_prefix(std::min(end + 1, joined.size()));
    }
    return out;
}

}  // namespace

void planned_for_others(guichet::Ctx ctx, int64_t from_us, int64_t to_us, const int64_t* user_ids, size_t n, guichet_value** out) {
    if (n > kMostUsers) throw guichet::Error{GUICHET_E_INVALID, "too many users at once"};
    guichet::Query query{ctx};
    query.sql(
        "select i.id, i.ref, i.subject, i.status, i.account_id, (select name from directory.account_v1 where id = i.account_id) as "
        "account_name,"
        " i.ticket_id, (select address from equipment where id = i.equipment_id) as address, i.planned_from as from,"
        " coalesce(i.planned_to, i.planned_from + interval '1 hour') as to,"
        " (select string_agg(t.user_id::text, ',' order by t.user_id) from technician t where t.intervention_id = i.id) as people,"
        " '/interventions/' || i.id as path, i.version, i.updated_at from intervention i where i.planned_from < ");
    query.arg(guichet::Time{to_us})
        .sql(" and coalesce(i.planned_to, i.planned_from + interval '1 hour') > ")
        .arg(guichet::Time{from_us})
        .sql(" and ");
    add_access(query, kRead);
    if (n > 0) {
        query.sql(" and exists (select from technician t where t.intervention_id = i.id and t.user_id = any(");
        query.arg(guichet::array_literal(std::vector<int64_t>{user_ids, user_ids + n})).sql("::bigint[]))");
    }
    const auto rows = query.sql(" order by i.planned_from, i.id limit 1000").run();
    auto items = ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto row = rows.row(i);
        items.push(row.set("technicians", ids_of(ctx, row["people"].text().value_or(""))));
    }
    *out = items.raw();
}

}  // namespace interventions
