// The quote as a PDF document, in its own language.
#pragma once

#include "quote_store.hpp"

namespace quotes {

// Made now, with what is stored; of a draft it says so. Not inside a Tx.
std::string_view make_document(guichet::Ctx ctx, guichet::Value quote);
// What the customer gets: made once after the quote was validated, and the same from then on. Not inside a Tx.
guichet::File stored_document(guichet::Ctx ctx, guichet::Value quote);

void send_document(guichet::Ctx ctx, guichet::Request request);  // GET /quotes/{id}/pdf, /api/v1/quotes/{id}/pdf

}  // namespace quotes
