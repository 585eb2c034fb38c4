// Mail to the customer: replies, and what is told by itself when a ticket is added or closed (S2-32). Written to the host's queue in
// the transaction of what it tells; other plugins say how it is addressed, or refuse it (event tickets.customer_mailing).
#pragma once

#include "requester.hpp"

namespace tickets {

struct CustomerMail {
    std::string_view kind;  // "reply", "confirmation", "closed": template tickets.<kind>
    Requester to;
    guichet::Value values;             // of the placeholders; number, title and link come by themselves
    std::optional<int64_t> message{};  // that is mailed
    std::vector<int64_t> files{};      // sent along
    bool automatic() const { return kind != "reply"; }
};

// Id of the mail; 0 when no sender is configured, or a plugin has refused an automatic one: the history says why then.
// Throws GUICHET_E_INVALID with a field that begins with "to" when the address cannot be written to, GUICHET_E_VETO for a reply
// that was refused.
int64_t queue_mail(const Call& call, const Ticket& ticket, const CustomerMail& mail);

bool is_address_problem(const guichet::Error& error);

// Subscriptions: tickets that came by web or mail are confirmed, and their closing is told, as the settings say.
void confirm_ticket(const Call& call, guichet::Event event);
void tell_closing(const Call& call, guichet::Event event);

}  // namespace tickets
