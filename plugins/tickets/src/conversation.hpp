// The conversation on the page of a ticket: what can be written, and what was.
#pragma once

#include "draft_store.hpp"
#include "ticket_store.hpp"

namespace tickets {

inline constexpr int kShownMessages = 25;  // on a page

// What was typed and is shown again instead of the stored draft.
struct Composing {
    Draft draft;
    guichet::Value errors{};
    bool preview = false;
    bool overtaken = false;  // somebody has answered since the page was shown
};

// Fills the variables of ticket/conversation.html and ticket/attachments.html. Without typed: the draft that is stored.
void add_conversation(const Call& call, guichet::Request request, const Ticket& ticket, const Composing* typed, guichet::Value& data);

// Those of ticket/composer_to.html: whom a reply goes to, and whether it goes at all. Returns whether anybody can be answered.
bool add_recipient(const Call& call, const Ticket& ticket, guichet::Value& data);

// Fills those of ticket/news.html: who writes just now, and how much is new since the message seen.
void add_news(const Call& call, int64_t ticket, int64_t seen, guichet::Value& data);

}  // namespace tickets
