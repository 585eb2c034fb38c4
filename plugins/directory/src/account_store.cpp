#include "account_store.hpp"

#include "access.hpp"
#include "account_events.hpp"

namespace directory {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::string_view kColumns =
    "a.id, a.name, a.type, a.code, a.email, a.phone, a.website, a.address, a.zip, a.town, a.country, a.notes,"
    " a.active, a.created_at, a.created_by, a.updated_at, a.updated_by, a.version, a.custom";

void add_select(guichet::Query& query) { query.sql("select ").sql(kColumns).sql(" from account a where "); }

void add_filter(guichet::Query& query, const AccountFilter& filter) {
    add_access(query, kRead);
    if (!filter.type.empty()) query.sql(" and a.type = ").arg(filter.type);
    if (filter.active) query.sql(*filter.active ? " and a.active" : " and not a.active");
    if (!filter.email.empty()) query.sql(" and a.email_key = lower(").arg(filter.email).sql("::text)");
    add_search(query, "a", kAccount.object, filter.words, Telephones::yes);
    for (const auto& field : filter.custom) guichet::add_field_filter(query, "a.", field);
    guichet::ListColumns::add_conditions(query, "a", filter.columns);
}

template <class F>
auto with_unique_code(Ctx ctx, F&& store) {
    try {
        return store();
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_CONFLICT) throw;
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Another account has this customer number.")}, "code"};
    }
}

}  // namespace

std::string account_key(Value row) { return as_text(row["name"]); }

Value account_types(Ctx ctx) {
    auto out = ctx.array();
    const auto list = ctx.list("directory.account_type");
    for (std::size_t i = 0; i < list.size(); ++i)
        out.push(ctx.object()
                     .set("value", list[i]["code"])
                     .set("label", list[i]["label"])
                     .set("color", list[i]["color"])
                     .set("active", list[i]["active"]));
    return out;
}

Page list_accounts(Ctx ctx, const AccountFilter& filter, const PageRequest& request) {
    guichet::Query query{ctx};
    add_select(query);
    add_filter(query, filter);
    add_page(query, "a", request);
    return take_page(ctx, query.run(), request);
}

Page list_accounts_by(Ctx ctx, const AccountFilter& filter, const guichet::ColumnOrder& order,
                      const std::optional<guichet::ColumnOrder::Place>& after) {
    guichet::Query query{ctx};
    query.sql("select ").sql(kColumns).sql(", ");
    order.add_key(query);
    query.sql(" as column_key from account a");
    order.add_join(query, "a");
    query.sql(" where ");
    add_filter(query, filter);
    if (after) order.add_after(query, "a", *after);
    order.add_order(query, "a");
    query.sql(" limit ").arg(kPageSize + 1);
    const auto rows = query.run();
    Page page{ctx.array(), ""};
    for (std::size_t i = 0; i < rows.size() && i < std::size_t{kPageSize}; ++i) page.items.push(rows.row(i));
    if (rows.size() > std::size_t{kPageSize}) page.next = guichet::encode(guichet::place_of(page.items[kPageSize - 1]));
    return page;
}

guichet::Rows accounts_to_export(Ctx ctx, const AccountFilter& filter) {
    guichet::Query query{ctx};
    query.sql("select ");
    add_export_columns(query, kAccount, "a");
    query.sql(" from account a where ");
    add_filter(query, filter);
    query.sql(" order by a.name_key, a.id limit ").arg(kMostExported);
    return query.run();
}

Value get_account(Ctx ctx, int64_t id) {
    guichet::Query query{ctx};
    add_select(query);
    add_access(query, kRead);
    query.sql(" and a.id = ").arg(id);
    return only_row(query.run());
}

int64_t create_account(Ctx ctx, const Draft& draft) {
    guichet::Tx tx{ctx};
    const auto wanted = creating(ctx, draft);
    const auto id = with_unique_code(ctx, [&] { return insert(ctx, wanted); });
    tx.commit();
    return id;
}

bool update_account(Ctx ctx, const Draft& draft, int64_t id, int64_t version) {
    if (draft.changes("active") && draft.get("active") == "false") require(ctx, kDelete, id);
    guichet::Tx tx{ctx};
    const auto wanted = updating(ctx, draft, id);
    if (!with_unique_code(ctx, [&] { return update(ctx, wanted, id, version); })) return false;
    tx.commit();
    return true;
}

void check_account_unused(Ctx ctx, int64_t id) {
    const auto used =
        ctx.exec("select exists (select from contact where account_id = $1) or exists (select from contract where account_id = $1)", id);
    if (used.boolean(0, 0))
        throw guichet::Error{GUICHET_E_CONFLICT,
                             std::string{ctx.tr("This account has contacts or contracts. Delete them first, or deactivate the account.")}};
}

Value similar_accounts(Ctx ctx, const Draft& draft) {
    guichet::Query query{ctx};
    query.sql("select a.id, a.name, a.town, a.code, a.active from account a where (a.name_key operator(core.%) fold(")
        .arg(draft.get("name"));
    query.sql("::text) and core.similarity(a.name_key, fold(").arg(draft.get("name")).sql("::text)) >= 0.6");
    if (!draft.get("email").empty()) query.sql(" or a.email_key = lower(").arg(draft.get("email")).sql("::text)");
    if (!draft.get("phone").empty()) query.sql(" or a.phone_key = phone_key(").arg(draft.get("phone")).sql("::text)");
    query.sql(") and ");
    add_access(query, kRead);
    query.sql(" order by core.similarity(a.name_key, fold(").arg(draft.get("name")).sql("::text)) desc, a.id limit 5");
    return query.run().value();
}

Value everybody_with(Ctx ctx, std::string_view email) {
    guichet::Query query{ctx};
    query.sql("with address as (select lower(btrim(")
        .arg(email)
        .sql(
            "::text)) as key) select a.id as account_id, a.name as account_name,"
            " a.type as account_type, c.id as contact_id, c.name as contact_name, c.language, 1 as rank"
            " from contact c join account a on a.id = c.account_id, address where c.email_key = address.key and c.active and a.active "
            "and ");
    add_access(query, kRead);
    query.sql(
        " union all select a.id, a.name, a.type, null, null, null, 2 from account a, address"
        " where a.email_key = address.key and a.active and ");
    add_access(query, kRead);
    query.sql(" order by rank, account_id, contact_id limit 50");
    return query.run().value();
}

Value find_by_email(Ctx ctx, std::string_view email) {
    const auto found = everybody_with(ctx, email);
    if (found.size() == 0) throw guichet::Error{GUICHET_E_NOT_FOUND, "nobody has this address"};
    for (std::size_t i = 1; i < found.size(); ++i)
        if (found[i]["account_id"].integer() != found[0]["account_id"].integer())
            throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Several accounts have this e-mail address.")}, "email"};
    return found[0];
}

}  // namespace directory
