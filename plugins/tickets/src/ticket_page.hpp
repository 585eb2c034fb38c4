// The page of one ticket, whole or the parts of it that a change concerns.
#pragma once

#include "ticket_store.hpp"

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

// The conversation alone, for htmx; draft is what was typed and not sent.
struct Draft {
    std::string body, visibility = "public", to_user;
    guichet::Value errors{};
};
void send_conversation(const Call& call, guichet::Request request, const Ticket& ticket, const Draft& draft);

// The form of a message that is sent without htmx and has errors: the whole page again.
void send_ticket(const Call& call, guichet::Request request, const Ticket& ticket, const Draft& draft);

}  // namespace tickets
