#include "party_widget.hpp"

#include "directory.hpp"
#include "fields.hpp"
#include "figure.hpp"
#include "ticket_access.hpp"
#include "ticket_query.hpp"

namespace tickets {

using guichet::Value;

namespace {

constexpr int kCurrent = 10;
constexpr int kPast = 5;

// Counting stops here: more than that is said as "more".

struct Party {
    std::string_view column;  // of the ticket
    int64_t id;
    Filter filter;
};

Page find(const Call& call, Filter filter, std::vector<int64_t> statuses, int limit) {
    filter.statuses = std::move(statuses);
    filter.limit = limit;
    return list_for_pages(call, filter);
}

// {value, more} of the tickets that the user may read, finished ones included.
Value count(const Call& call, const Party& party) {
    guichet::Query query{call.ctx};
    query.sql("select count(*) from (select from ticket t where t.").sql(party.column).sql(" = ").arg(party.id).sql(" and (");
    Access{call.ctx, kRead}.add_any(query);
    query.sql(")").sql(kCountLimit).sql(") t");
    return figure(call, query.run().i64(0, 0));
}

// Why no ticket can be added for the account; "" when one can.
std::string_view obstacle(const Call& call, std::optional<int64_t> account_id) {
    const auto account = account_id ? directory::account(call.ctx, *account_id) : Value{};
    if (account && !directory::may_have_tickets(call.ctx, account))
        return call.tr("This account is a lead. Make it a customer to add a ticket.");
    return {};
}

void show(const Call& call, const Party& party, Value data, guichet::Html out) {
    const auto current = find(call, party.filter, call.statuses.unfinished(), kCurrent);
    const auto past = find(call, party.filter, call.statuses.finished(), kPast);
    data.set("current", current.items).set("past", past.items).set("count", count(call, party));
    data.set("obstacle", obstacle(call, data["account_id"].integer()));
    data.set("types", options_of(call, Field::type, {})).set("priorities", options_of(call, Field::priority, {}));
    out.render("widgets/party.html", data);
}

}  // namespace

void show_account_tickets(const Call& call, Value slot_data, guichet::Html out) {
    const auto id = slot_data["account_id"].integer();
    if (!id) return;
    Party party{"account_id", *id, {}};
    party.filter.only("account_id", *id);
    auto data = call.ctx.object().set("account_id", *id).set("back", "/accounts/" + std::to_string(*id));
    show(call, party, data.set("all_url", "/tickets?phase=all&account_id=" + std::to_string(*id)), out);
}

void show_contact_tickets(const Call& call, Value slot_data, guichet::Html out) {
    const auto id = slot_data["contact_id"].integer();
    if (!id) return;
    Party party{"contact_id", *id, {}};
    party.filter.only("contact_id", *id);
    auto data = call.ctx.object().set("contact_id", *id).set("back", "/contacts/" + std::to_string(*id));
    if (const auto account = slot_data["account_id"].integer())
        data.set("account_id", *account).set("all_url", "/tickets?phase=all&account_id=" + std::to_string(*account));
    show(call, party, data, out);
}

}  // namespace tickets
