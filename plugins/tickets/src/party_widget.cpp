#include "party_widget.hpp"

#include "fields.hpp"
#include "ticket_query.hpp"

namespace tickets {

using guichet::Value;

namespace {

constexpr int kCurrent = 10;
constexpr int kPast = 5;

Page find(const Call& call, Filter filter, std::vector<int64_t> statuses, int limit) {
    filter.statuses = std::move(statuses);
    filter.limit = limit;
    return list_for_pages(call, filter);
}

void show(const Call& call, const Filter& filter, Value data, guichet::Html out) {
    const auto current = find(call, filter, call.statuses.unfinished(), kCurrent);
    const auto past = find(call, filter, call.statuses.finished(), kPast);
    data.set("current", current.items).set("past", past.items).set("more", !current.next.empty() || !past.next.empty());
    data.set("types", options_of(call, Field::type, {})).set("priorities", options_of(call, Field::priority, {}));
    out.render("widgets/party.html", data);
}

}  // namespace

void show_account_tickets(const Call& call, Value slot_data, guichet::Html out) {
    const auto id = slot_data["account_id"].integer();
    if (!id) return;
    Filter filter;
    filter.account = id;
    auto data = call.ctx.object().set("account_id", *id).set("back", "/accounts/" + std::to_string(*id));
    show(call, filter, data.set("all_url", "/tickets?phase=all&account_id=" + std::to_string(*id)), out);
}

void show_contact_tickets(const Call& call, Value slot_data, guichet::Html out) {
    const auto id = slot_data["contact_id"].integer();
    if (!id) return;
    Filter filter;
    filter.contact = id;
    auto data = call.ctx.object().set("contact_id", *id).set("back", "/contacts/" + std::to_string(*id));
    if (const auto account = slot_data["account_id"].integer()) {
        data.set("account_id", *account).set("all_url", "/tickets?phase=all&account_id=" + std::to_string(*account));
    }
    show(call, filter, data, out);
}

}  // namespace tickets
