// A mailbox as it was typed or sent by REST, and what is wrong with it.
#pragma once

#include "mailbox_store.hpp"

#include <map>

namespace mailbox {

struct MailboxInput {
    // By the name of the column; "team_id" is a number as text, or "".
    std::map<std::string, std::string, std::less<>> texts;
    bool active = true, from_start = false;
    std::optional<std::string> password;  // nullopt: the stored one stays; "" drops it

    const std::string& text(std::string_view name) const { return texts.find(name)->second; }
};

// Every text there is, with its first value.
MailboxInput new_mailbox(guichet::Ctx ctx);
MailboxInput stored_mailbox(guichet::Value row);
MailboxInput read_form(guichet::Request request);
// Members that are left out stay. Adds to problems what has the wrong type.
void apply_json(guichet::Ctx ctx, guichet::Value json, MailboxInput& input, guichet::Problems& problems);

// Normalised on the way.
void check(guichet::Ctx ctx, MailboxInput& input, guichet::Problems& problems);

// In transactions of their own. GUICHET_E_CONFLICT, field "address": another mailbox has it; field "version": it was changed
// meanwhile; remove: mails came in through it. Another address must be validated again; another server or folder is read from its
// beginning.
int64_t add_mailbox(guichet::Ctx ctx, const MailboxInput& input);
void change_mailbox(guichet::Ctx ctx, int64_t id, std::optional<int64_t> version, const MailboxInput& input);
void remove_mailbox(guichet::Ctx ctx, int64_t id);

// What pages and REST show of one: without the password, with has_password, state and counts.
guichet::Value mailbox_row(guichet::Ctx ctx, int64_t id);  // GUICHET_E_NOT_FOUND
guichet::Value mailbox_rows(guichet::Ctx ctx);

}  // namespace mailbox
