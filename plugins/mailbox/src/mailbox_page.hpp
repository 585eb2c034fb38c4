// Administration: mailboxes, whether they work, and their addresses (rows S0-14, S0-15, S2-36).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace mailbox {

void show_mailboxes(guichet::Ctx ctx, guichet::Request request);
void show_mailbox_form(guichet::Ctx ctx, guichet::Request request);
void save_mailbox(guichet::Ctx ctx, guichet::Request request);
void delete_mailbox(guichet::Ctx ctx, guichet::Request request);
void show_mailbox(guichet::Ctx ctx, guichet::Request request);
void test_connection(guichet::Ctx ctx, guichet::Request request);
void validate_address(guichet::Ctx ctx, guichet::Request request);
void fetch_now(guichet::Ctx ctx, guichet::Request request);
// Mailboxes that do not work, and mails in quarantine.
int64_t count_troubles(guichet::Ctx ctx);

}  // namespace mailbox
