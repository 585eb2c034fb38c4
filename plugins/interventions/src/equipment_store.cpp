#include "equipment_store.hpp"

#include "access.hpp"
#include "file_store.hpp"
#include "others.hpp"
#include "record.hpp"

namespace interventions {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::string_view kColumns =
    "e.id, e.account_id, e.label, e.serial, e.product_ref, e.model, e.site, e.address, e.contract_id, e.contract_line_id,"
    " e.commissioned_on, e.warranty_until, e.status, e.notes, e.public_code, e.created_at, e.created_by, e.updated_at, e.updated_by, "
    "e.version,"
    " e.custom, (select name from directory.account_v1 where id = e.account_id) as account_name,"
    " (select ref from directory.contract_v1 where id = e.contract_id) as contract_ref,"
    " (select label from directory.contract_line_v1 where id = e.contract_line_id) as contract_line_label";

void add_filter(guichet::Query& query, const EquipmentFilter& filter) {
    add_account_access(query, "e.account_id", kReadAccount);
    if (filter.account_id) query.sql(" and e.account_id = ").arg(*filter.account_id);
    if (!filter.serial.empty()) query.sql(" and e.serial_key = fold(").arg(filter.serial).sql("::text)");
    if (!filter.status.empty()) query.sql(" and e.status = ").arg(filter.status);
    if (filter.offered) query.sql(" and e.status <> ").arg(kRetired);
    add_search(query, "e", kEquipmentObject, filter.words);
    for (const auto& field : filter.custom) guichet::add_field_filter(query, "e.", field);
}

template <class F>
auto with_unique_serial(Ctx ctx, F&& store) {
    try {
        return store();
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_CONFLICT) throw;
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("This account already has an equipment with this serial number.")},
                             "serial"};
    }
}

void tell(Ctx ctx, int64_t id, std::string_view what) {
    ctx.after("interventions.equipment_changed", 1, "equipment/" + std::to_string(id), ctx.object().set("id", id).set("what", what));
}

Value one(Ctx ctx, std::string_view column, std::string_view key) {
    guichet::Query query{ctx};
    query.sql("select ").sql(kColumns).sql(" from equipment e where e.").sql(column).sql("::text = ").arg(key);
    add_account_access(query, "e.account_id", kReadAccount);
    return only_row(query.run());
}

void check_contract(Ctx ctx, Draft& draft, guichet::Problems& problems) {
    if (const auto line = draft.id("contract_line_id"); line > 0) {
        const auto rows = ctx.exec("select contract_id from directory.contract_line_v1 where id = $1", line);
        const auto contract = rows.empty() ? 0 : rows.i64(0, 0);
        if (draft.get("contract_id").empty() && contract) draft.set("contract_id", std::to_string(contract));
        if (contract != draft.id("contract_id")) problems.add("contract_line_id", ctx.tr("This line belongs to another contract."));
    }
    if (draft.get("contract_id").empty()) return;
    if (!contract_of(ctx, draft.id("account_id"), draft.id("contract_id")))
        problems.add("contract_id", ctx.tr("This is not a contract of the account."));
}

}  // namespace

Value equipment_statuses(Ctx ctx) { return list_choices(ctx, "interventions.equipment_status"); }

Page list_equipment(Ctx ctx, const EquipmentFilter& filter, const PageRequest& request) {
    guichet::Query query{ctx};
    query.sql("select ").sql(kColumns).sql(" from equipment e where true");
    add_filter(query, filter);
    add_page(query, "e", request);
    return take_page(ctx, query.run(), request);
}

Value get_equipment(Ctx ctx, int64_t id) {
    guichet::Query query{ctx};
    query.sql("select ").sql(kColumns).sql(" from equipment e where e.id = ").arg(id);
    add_account_access(query, "e.account_id", kReadAccount);
    return only_row(query.run());
}

Value equipment_by_code(Ctx ctx, std::string_view public_code) { return one(ctx, "public_code", public_code); }

void check_equipment(Ctx ctx, Draft& draft, guichet::Problems& problems) {
    draft.check(problems);
    if (problems.by_field()["account_id"]) return;
    if (!find_account(ctx, draft.id("account_id"))) return problems.add("account_id", ctx.tr("There is no such account."));
    check_contract(ctx, draft, problems);
    const auto from = draft.get("commissioned_on"), until = draft.get("warranty_until");
    if (!from.empty() && !until.empty() && until < from)
        problems.add("warranty_until", ctx.tr("The warranty ends before the commissioning."));
}

int64_t create_equipment(Ctx ctx, const Draft& draft) {
    guichet::Tx tx{ctx};
    const auto id = with_unique_serial(ctx, [&] { return insert(ctx, draft); });
    tell(ctx, id, "created");
    tx.commit();
    return id;
}

bool update_equipment(Ctx ctx, const Draft& draft, int64_t id, int64_t version) {
    guichet::Tx tx{ctx};
    if (!with_unique_serial(ctx, [&] { return update(ctx, draft, id, version); })) return false;
    tell(ctx, id, "updated");
    tx.commit();
    return true;
}

void delete_equipment(Ctx ctx, Value row) {
    const auto id = row["id"].integer().value_or(0);
    guichet::Tx tx{ctx};
    if (!ctx.exec("select from intervention where equipment_id = $1 limit 1", id).empty())
        throw guichet::Error{GUICHET_E_CONFLICT,
                             std::string{ctx.tr("There are interventions on this equipment. Give it the status “Retired” instead.")}};
    remove_files(ctx, "equipment_id", id);
    ctx.exec("delete from equipment where id = $1", id);
    tell(ctx, id, "deleted");
    ctx.audit("interventions.equipment_deleted", "equipment/" + std::to_string(id));
    tx.commit();
}

void present_equipment(Ctx ctx, Value rows) {
    const auto statuses = equipment_statuses(ctx);
    std::vector<int64_t> ids;
    for (std::size_t i = 0; i < rows.size(); ++i) ids.push_back(rows[i]["id"].integer().value_or(0));
    const auto days =
        ctx.exec(
               "select q.id, q.commissioned_on::timestamp at time zone $2::text as commissioned_at,"
               " q.warranty_until::timestamp at time zone $2::text as warranty_at,"
               " q.warranty_until >= (now() at time zone $2::text)::date as in_warranty from equipment q where q.id = any($1::bigint[])",
               guichet::array_literal(ids), ctx.zone())
            .value();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto row = rows[i];
        const auto status = choice_of(ctx, statuses, row["status"].text().value_or(""));
        row.set("status_label", status["label"]).set("status_color", status["color"]);
        for (std::size_t d = 0; d < days.size(); ++d)
            if (days[d]["id"].integer() == row["id"].integer())
                for (const auto* member : {"commissioned_at", "warranty_at", "in_warranty"}) row.set(member, days[d][member]);
    }
}

Value equipment_options(Ctx ctx, int64_t account_id, int64_t chosen) {
    guichet::Query query{ctx};
    query.sql("select e.id::text as value, e.label || coalesce(' – ' || e.serial, '') as label from equipment e where e.account_id = ")
        .arg(account_id);
    query.sql(" and (e.status <> ").arg(kRetired).sql(" or e.id = ").arg(chosen).sql(")");
    add_account_access(query, "e.account_id", kReadAccount);
    return query.sql(" order by e.label_key, e.id limit 200").run().value();
}

}  // namespace interventions
