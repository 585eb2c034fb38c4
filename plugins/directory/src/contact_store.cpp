#include "contact_store.hpp"

#include "access.hpp"

namespace directory {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::string_view kColumns =
    "select c.id, c.account_id, a.name as account_name, c.name, c.first_name, c.last_name, c.job_title, c.email, c.phone,"
    " c.mobile, c.language, c.main, c.active, c.created_at, c.created_by, c.updated_at, c.updated_by, c.version, c.custom";

void add_filter(guichet::Query& query, const ContactFilter& filter) {
    add_account_access(query, "c.account_id", kRead);
    if (filter.account_id) query.sql(" and c.account_id = ").arg(*filter.account_id);
    if (filter.active) query.sql(*filter.active ? " and c.active" : " and not c.active");
    if (!filter.email.empty()) query.sql(" and c.email_key = lower(").arg(filter.email).sql("::text)");
    add_search(query, "c", kContact.object, filter.words, Telephones::yes);
    for (const auto& field : filter.custom) guichet::add_field_filter(query, "c.", field);
}

// Two that are saved at once wait for each other at their account.
void take_over(Ctx ctx, const Draft& draft, int64_t id) {
    if (draft.get("main") != "true") return;
    const auto account_id = guichet::to_integer(draft.get("account_id")).value_or(0);
    ctx.exec("select from account where id = $1 for no key update", account_id);
    const auto others = ctx.exec("select id from contact where account_id = $1 and main and id <> $2", account_id, id);
    for (std::size_t i = 0; i < others.size(); ++i) {
        const auto row = get_contact(ctx, others.i64(i, 0));
        Draft other{ctx, kContact, row};
        other.set("main", "false");
        update(ctx, other, others.i64(i, 0), row["version"].integer().value_or(0));
    }
}

}  // namespace

Value contact_languages(Ctx ctx) {
    const auto french = ctx.object().set("value", "fr").set("label", ctx.tr("French"));
    const auto english = ctx.object().set("value", "en").set("label", ctx.tr("English"));
    return ctx.array().push(french).push(english);
}

std::string contact_key(Value row) { return as_text(row["last_name"]) + ' ' + as_text(row["first_name"]); }

Page list_contacts(Ctx ctx, const ContactFilter& filter, const PageRequest& request) {
    guichet::Query query{ctx};
    query.sql(kColumns).sql(" from (select c.* from contact c where true");
    add_filter(query, filter);
    add_page(query, "c", request);
    query.sql(") c join account a on a.id = c.account_id");
    add_order(query, "c", *request.sort);
    return take_page(ctx, query.run(), request);
}

guichet::Rows contacts_to_export(Ctx ctx, const ContactFilter& filter) {
    guichet::Query query{ctx};
    query.sql("select ");
    add_export_columns(query, kContact, "c");
    query.sql(" from contact c where true");
    add_filter(query, filter);
    query.sql(" order by c.name_key, c.id limit ").arg(kMostExported);
    return query.run();
}

Value get_contact(Ctx ctx, int64_t id) {
    guichet::Query query{ctx};
    query.sql(kColumns).sql(" from contact c join account a on a.id = c.account_id where c.id = ").arg(id).sql(" and ");
    add_access(query, kRead);
    return only_row(query.run());
}

int64_t create_contact(Ctx ctx, const Draft& draft) {
    guichet::Tx tx{ctx};
    take_over(ctx, draft, 0);
    const auto id = insert(ctx, draft);
    tx.commit();
    return id;
}

bool update_contact(Ctx ctx, const Draft& draft, int64_t id, int64_t version) {
    guichet::Tx tx{ctx};
    take_over(ctx, draft, id);
    if (!update(ctx, draft, id, version)) return false;
    tx.commit();
    return true;
}

}  // namespace directory
