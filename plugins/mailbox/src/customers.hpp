// The way to the tickets of customers (tickets/customers_v1.h).
#pragma once

#include <guichet/sdk/plugin.hpp>
#include <tickets/customers_v1.h>

namespace mailbox {

// Throws GUICHET_E_UNAVAILABLE when there is none: the mail is taken up again later.
inline guichet::Service<tickets_customers_v1> customers(guichet::Ctx ctx) {
    const auto out = ctx.service<tickets_customers_v1>(TICKETS_CUSTOMERS, 1, 0);
    if (!out) throw guichet::Error{GUICHET_E_UNAVAILABLE, "tickets are switched off"};
    return out;
}

}  // namespace mailbox
