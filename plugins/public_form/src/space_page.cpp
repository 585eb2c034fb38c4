#include "space_page.hpp"

#include "customers.hpp"
#include "page.hpp"
#include "parties.hpp"
#include "submission_store.hpp"

namespace public_form {

using guichet::Request;
using guichet::Value;

namespace {

constexpr int32_t kMostTickets = 200;

// Without those that somebody has only claimed to be of this customer (R59).
Value shared_tickets(guichet::Ctx ctx, const Grant& customer) {
    auto scope = ctx.object();
    if (customer.of_contact) scope.set("contact_id", *customer.contact_id);
    else scope.set("account_id", *customer.account_id);
    const auto all = Customers{ctx}.list(scope, kMostTickets);
    std::vector<int64_t> ids;
    for (std::size_t i = 0; i < all.size(); ++i) ids.push_back(all[i]["id"].integer().value_or(0));
    const auto claimed = unconfirmed_claims(ctx, ids, customer.email);
    auto out = ctx.array();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (std::ranges::find(claimed, ids[i]) == claimed.end()) out.push(all[i]);
    return out;
}

// Also when links and contacts change between two clicks: nothing of the customer's then.
const Grant* customer_of(guichet::Ctx ctx, Request request, const Visit& visit, const Settings& settings) {
    const auto* customer = visit.customer();
    if (!customer) send_no_such_link(ctx, request, settings);
    return customer;
}

}  // namespace

void open_customer_link(guichet::Ctx ctx, Request request) {
    const auto grant = open_link(ctx, request, request.param("token").value_or(""));
    if (!grant || !grant->is_customer()) return send_no_such_link(ctx, request, Settings{ctx});
    request.redirect("/public/space");
}

void show_space(guichet::Ctx ctx, Request request) {
    const Settings settings{ctx};
    const Visit visit{ctx, request};
    const auto* customer = customer_of(ctx, request, visit, settings);
    if (!customer) return;
    auto data = ctx.object().set("title", ctx.tr("Your requests")).set("customer", customer_values(ctx, *customer));
    data.set("tickets", shared_tickets(ctx, *customer)).set("key", visit.form_key()).set("preview", customer->preview);
    send_page(ctx, request, settings, "space.html", data);
}

void choose_contact(guichet::Ctx ctx, Request request) {
    const Settings settings{ctx};
    const Visit visit{ctx, request};
    const auto* customer = customer_of(ctx, request, visit, settings);
    if (!customer) return;
    visit.check_form(request);
    const auto chosen = guichet::to_integer(request.form("contact_id").value_or(""));
    const auto contacts = customer->account_id && !customer->of_contact ? contacts_of(ctx, *customer->account_id) : ctx.array();
    for (std::size_t i = 0; i < contacts.size(); ++i)
        if (contacts[i]["id"].integer() == chosen) {
            guichet::Tx tx{ctx};
            visit.choose_contact(*customer, *chosen);
            tx.commit();
            return request.redirect("/public/space");
        }
    throw guichet::Error{GUICHET_E_NOT_FOUND, "no contact of this account"};
}

void leave_space(guichet::Ctx ctx, Request request) {
    Visit{ctx, request}.check_form(request);
    end_visit(ctx, request);
    request.redirect("/public");
}

}  // namespace public_form
