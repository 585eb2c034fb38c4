// Mailboxes as they are stored.
#pragma once

#include "server.hpp"

#include <guichet/sdk/plugin.hpp>

#include <string_view>

namespace mailbox {

struct Mailbox {
    int64_t id = 0;
    std::string name, address, protocol, sender, language, ticket_type, authserv_id, code, moved_to;
    std::optional<int64_t> team;
    Server server;  // the password is opened; empty when it cannot be any more
    Inbox::Afterwards afterwards = Inbox::Afterwards::seen;
    bool from_start = false, active = true, subaddress = false, validated = false;
    uint32_t validity = 0, last_uid = 0;
    bool ever_fetched = false;
    std::string fetched_day;  // of the last time that worked, UTC
};

// GUICHET_E_NOT_FOUND.
Mailbox load_mailbox(guichet::Ctx ctx, int64_t id);
std::optional<Mailbox> find_mailbox(guichet::Ctx ctx, int64_t id);
std::optional<int64_t> mailbox_named(guichet::Ctx ctx, std::string_view name_or_address);
// Active ones with a server whose pause is over, and whose last fetch lies far enough back.
std::vector<int64_t> due_mailboxes(guichet::Ctx ctx);
// Own addresses, in lower case: nobody of them ever is a requester.
bool is_own_address(guichet::Ctx ctx, std::string_view address);

std::string seal_password(guichet::Ctx ctx, int64_t mailbox, std::string_view password);

// What became of a fetch. After a failure nobody asks for 30 seconds, then twice as long each time, at most 15 minutes.
void note_fetched(guichet::Ctx ctx, int64_t mailbox);
void note_failed(guichet::Ctx ctx, int64_t mailbox, std::string_view why);
void note_position(guichet::Ctx ctx, int64_t mailbox, uint32_t validity, uint32_t last_uid);

}  // namespace mailbox
