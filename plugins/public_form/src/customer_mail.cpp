#include "customer_mail.hpp"

#include "limits.hpp"
#include "link_store.hpp"
#include "recognise.hpp"
#include "submission_store.hpp"

namespace public_form {

// A person who is written to by a person always gets the mail.
void edit_customer_mail(guichet::Ctx ctx, guichet::Event event) {
    auto mail = event.data();
    const auto to = normalised_email(mail["to"].text().value_or(""));
    const bool automatic = mail["automatic"].boolean().value_or(false);
    if (automatic && !is_confirmed(ctx, to) && !(take(ctx, kMailsAnHour, to) && take(ctx, kMailsADay, to)))
        event.veto(std::string{ctx.tr("This address got several mails in a short time and has not confirmed any.")});
    NewLink link;
    link.ticket_id = mail["ticket_id"].integer();
    link.email = to;
    link.days = ctx.settings()["link_days"].integer();
    if (link.days == 0) link.days.reset();
    mail.set("public_url", ticket_path(add_link(ctx, link)));
}

}  // namespace public_form
