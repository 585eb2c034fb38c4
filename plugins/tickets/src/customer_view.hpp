// What a customer sees of tickets (tickets/customers_v1.h): the ticket, its public messages, and the files of either. Team
// notes, private messages and what colleagues attached to the ticket itself do not exist here (R34).
#pragma once

#include "ticket_store.hpp"

namespace tickets::customers {

guichet::Value show(const Call& call, int64_t ticket);
guichet::Value list(const Call& call, guichet::Value scope, int32_t limit);
guichet::Value find(const Call& call, std::string_view ref, std::string_view tracking_id, int64_t ticket);
guichet::Value participants(const Call& call, int64_t ticket);
void send_file(const Call& call, guichet_http* http, int64_t ticket, int64_t file, bool display_inline);

}  // namespace tickets::customers
