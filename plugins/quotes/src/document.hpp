// The quote as a PDF document, in its own language.
#pragma once

#include "quote_store.hpp"

namespace quotes {

// Made now, with what is stored; of a draft it says so. Not inside a Tx.
std::string_view make_document(guichet::Ctx ctx, guichet::Value quote);
// What the customer gets: made once after the quote was validated, and the same from then on. Inside of a Tx, as forms and calls with an
// idempotency key are, it must have been made before: GUICHET_E_CONFLICT.
guichet::File stored_document(guichet::Ctx ctx, guichet::Value quote);

void send_document(guichet::Ctx ctx, guichet::Request request);  // GET /quotes/{id}/pdf, /api/v1/quotes/{id}/pdf

}  // namespace quotes
