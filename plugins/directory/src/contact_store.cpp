#include "contact_store.hpp"

#include "access.hpp"

namespace directory {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::string_view kColumns =
    "select c.id, c.account_id, a.name as account_name, c.name, c.first_name, c.last_name, c.job_title, c.email, c.phone,"
    " c.mobile, c.active, c.created_at, c.created_by, c.updated_at, c.updated_by, c.version, c.custom";

}  // namespace

std::string contact_key(Value row) { return as_text(row["last_name"]) + ' ' + as_text(row["first_name"]); }

Page list_contacts(Ctx ctx, const ContactFilter& filter, const PageRequest& request) {
    guichet::Query query{ctx};
    query.sql(kColumns).sql(" from (select c.* from contact c where true");
    add_account_access(query, "c.account_id", kRead);
    if (filter.account_id) query.sql(" and c.account_id = ").arg(*filter.account_id);
    if (filter.active) query.sql(*filter.active ? " and c.active" : " and not c.active");
    if (!filter.email.empty()) query.sql(" and c.email_key = lower(").arg(filter.email).sql("::text)");
    add_search(query, "c", kContact.object, filter.words);
    for (const auto& field : filter.custom) guichet::add_field_filter(query, "c.", field);
    add_page(query, "c", request);
    query.sql(") c join account a on a.id = c.account_id");
    add_order(query, "c", *request.sort);
    return take_page(ctx, query.run(), request);
}

Value get_contact(Ctx ctx, int64_t id) {
    guichet::Query query{ctx};
    query.sql(kColumns).sql(" from contact c join account a on a.id = c.account_id where c.id = ").arg(id).sql(" and ");
    add_access(query, kRead);
    return only_row(query.run());
}

}  // namespace directory
