// "Customer access" on the pages of an account, a contact and a ticket: which links there are, and what is done with them.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

// Widgets.
void show_account_access(guichet::Ctx ctx, guichet::Value slot_data, guichet::Html out);
void show_contact_access(guichet::Ctx ctx, guichet::Value slot_data, guichet::Html out);
void show_ticket_access(guichet::Ctx ctx, guichet::Value slot_data, guichet::Html out);

void create_access(guichet::Ctx ctx, guichet::Request request);     // POST /customer-access
void look_as_customer(guichet::Ctx ctx, guichet::Request request);  // POST /customer-access/look
void revoke_access(guichet::Ctx ctx, guichet::Request request);     // POST /customer-access/{id}/revoke
void renew_access(guichet::Ctx ctx, guichet::Request request);      // POST /customer-access/renew: of a ticket

}  // namespace public_form
