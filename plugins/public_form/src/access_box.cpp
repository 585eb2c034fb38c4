#include "access_box.hpp"

#include "access_party.hpp"
#include "submission_store.hpp"

namespace public_form {

using guichet::Request;
using guichet::Value;

namespace {

constexpr int64_t kMostDays = 3650;

// Who has made a link, by name; valid ones apart from those that are history.
void add_links(guichet::Ctx ctx, Value data, Value links) {
    auto valid = ctx.array(), past = ctx.array();
    const auto users = ctx.users();
    for (std::size_t i = 0; i < links.size(); ++i) {
        auto link = links[i];
        for (std::size_t u = 0; u < users.size(); ++u)
            if (users[u]["id"].integer() == link["created_by"].integer()) link.set("author", users[u]["name"]);
        (link["valid"].boolean().value_or(false) ? valid : past).push(link);
    }
    data.set("links", valid).set("past", past);
}

// A token that is shown once.
void send_created(guichet::Ctx ctx, Request request, const AccessParty& party, const std::string& token) {
    auto data = ctx.object().set("title", ctx.tr("The link is ready")).set("name", party.name()).set("back", party.path());
    data.set("link", std::string{ctx.site_url()} + (party.ticket_id ? ticket_path(token) : customer_path(token)));
    request.page("access/created.html", data);
}

}  // namespace

void show_account_access(guichet::Ctx ctx, Value slot_data, guichet::Html out) {
    const auto id = slot_data["account_id"].integer();
    if (!id) return;
    auto data = ctx.object().set("party", "account_id").set("id", *id);
    add_links(ctx, data, links_of_account(ctx, *id));
    out.render("access/box.html", data);
}

void show_contact_access(guichet::Ctx ctx, Value slot_data, guichet::Html out) {
    const auto id = slot_data["contact_id"].integer();
    if (!id) return;
    auto data = ctx.object().set("party", "contact_id").set("id", *id);
    add_links(ctx, data, links_of_contact(ctx, *id));
    out.render("access/box.html", data);
}

void show_ticket_access(guichet::Ctx ctx, Value slot_data, guichet::Html out) {
    const auto id = slot_data["ticket_id"].integer();
    if (!id) return;
    auto data = ctx.object().set("id", *id);
    add_links(ctx, data, links_of_ticket(ctx, *id));
    data.set("submission", submission_of(ctx, *id));
    out.render("access/ticket.html", data);
}

void create_access(guichet::Ctx ctx, Request request) {
    const auto party = AccessParty::of(ctx, request);
    auto link = party.link();
    const auto days = guichet::to_integer(guichet::one_line(request.form("days").value_or("")));
    if (days && *days > 0) link.days = std::min(*days, kMostDays);
    guichet::Tx tx{ctx};
    const auto token = add_link(ctx, link);
    party.audit(ctx, "public_form.link_created");
    tx.commit();
    send_created(ctx, request, party, token);
}

void look_as_customer(guichet::Ctx ctx, Request request) {
    const auto party = AccessParty::of(ctx, request);
    auto link = party.link();
    link.preview = true;
    link.days = 1;
    guichet::Tx tx{ctx};
    const auto token = add_link(ctx, link);
    tx.commit();
    request.redirect(party.ticket_id ? ticket_path(token) : customer_path(token));
}

void revoke_access(guichet::Ctx ctx, Request request) {
    const auto party = AccessParty::of(ctx, request);
    guichet::Tx tx{ctx};
    revoke_link(ctx, request.id(), party.link());
    party.audit(ctx, "public_form.link_revoked");
    tx.commit();
    request.redirect(party.path());
}

void renew_access(guichet::Ctx ctx, Request request) {
    const auto party = AccessParty::of(ctx, request);
    if (!party.ticket_id) throw guichet::Error{GUICHET_E_NOT_FOUND, "no ticket"};
    guichet::Tx tx{ctx};
    revoke_links_of_ticket(ctx, *party.ticket_id);
    party.audit(ctx, "public_form.links_revoked");
    const bool renewed = request.form("renew") == "1";
    const auto token = renewed ? add_link(ctx, party.link()) : std::string{};
    tx.commit();
    if (!renewed) return request.redirect(party.path());
    send_created(ctx, request, party, token);
}

}  // namespace public_form
