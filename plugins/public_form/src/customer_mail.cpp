#include "customer_mail.hpp"

#include "limits.hpp"
#include "link_store.hpp"
#include "recognise.hpp"
#include "submission_store.hpp"

#include <tickets/tickets_v1.h>

namespace public_form {

namespace {

// What is kept from the customer has no page for him.
bool has_page(guichet::Ctx ctx, int64_t ticket_id) {
    const auto tickets = ctx.service<tickets_tickets_v1>(TICKETS_TICKETS, 1, 0);
    if (!tickets) return false;
    guichet_value* out = nullptr;
    tickets(&tickets_tickets_v1::find, ticket_id, &out);
    return guichet::Value{ctx.raw(), out}["visible_to_client"].boolean().value_or(false);
}

}  // namespace

// A person who is written to by a person always gets the mail.
void edit_customer_mail(guichet::Ctx ctx, guichet::Event event) {
    auto mail = event.data();
    const auto to = normalised_email(mail["to"].text().value_or(""));
    const bool automatic = mail["automatic"].boolean().value_or(false);
    if (automatic && !is_confirmed(ctx, to) && !(take(ctx, kMailsAnHour, to) && take(ctx, kMailsADay, to)))
        event.veto(std::string{ctx.tr("This address got several mails in a short time and has not confirmed any.")});
    const auto ticket = mail["ticket_id"].integer().value_or(0);
    if (!has_page(ctx, ticket)) return;
    NewLink link;
    link.ticket_id = ticket;
    link.email = to;
    link.days = ctx.settings()["link_days"].integer();
    if (link.days == 0) link.days.reset();
    mail.set("public_url", ticket_path(add_link(ctx, link)));
}

}  // namespace public_form
