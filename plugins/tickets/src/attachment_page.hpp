// The documents of a ticket on its page: attaching, opening, deleting.
#pragma once

#include "ticket_store.hpp"

namespace tickets {

void attach(const Call& call, guichet::Request request);             // POST /tickets/{id}/attachments
void delete_attachment(const Call& call, guichet::Request request);  // POST /tickets/{id}/attachments/{file_id}/delete
void open_attachment(const Call& call, guichet::Request request);  // also of REST

// Fills the variables of ticket/attachments.html. Returns the files, for the messages that they came with.
guichet::Value add_documents(const Call& call, const Ticket& ticket, guichet::Value& data);

}  // namespace tickets
