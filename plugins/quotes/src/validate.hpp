// A draft becomes a quote: it is complete, has a number, and its lines stay as they are.
#pragma once

#include "quote_store.hpp"

namespace quotes {

// What is missing.
void check_complete(guichet::Ctx ctx, const Header& header, const Lines& lines, guichet::Problems& problems);
// Inside of a Tx, and last: the counter makes others wait. quote: locked, a draft, complete.
void validate(guichet::Ctx ctx, guichet::Value quote);

}  // namespace quotes
