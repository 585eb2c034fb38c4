// The page of one ticket, whole or the parts of it that a change concerns.
#pragma once

#include "conversation.hpp"

namespace tickets {

void show_ticket(const Call& call, guichet::Request request);

// What went wrong with a change, shown above the ticket with what was typed.
struct Trouble {
    guichet::Value errors{};    // field -> message
    guichet::Value conflict{};  // {by, at, fields: [{name, label, theirs, mine, value}]}
    const Values* typed = nullptr;
    guichet::Value typed_custom{};  // {code: text}
    guichet::Value entered{};       // of the forms for links: {ticket, relation}
};

// The page (the parts that changed, for htmx) with what went wrong, or nothing.
void send_ticket(const Call& call, guichet::Request request, const Ticket& ticket, const Trouble& trouble);

// The conversation alone, for htmx; without typed: with the draft that is stored.
void send_conversation(const Call& call, guichet::Request request, const Ticket& ticket, const Composing* typed);

// A message that is shown again without htmx: the whole page.
void send_ticket(const Call& call, guichet::Request request, const Ticket& ticket, const Composing& typed);

}  // namespace tickets
