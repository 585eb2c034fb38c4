// What is done on the page of a quote.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace quotes {

void edit_quote(guichet::Ctx ctx, guichet::Request request);    // POST /quotes/{id}/edit
void step_quote(guichet::Ctx ctx, guichet::Request request);    // POST /quotes/{id}/step
void delete_quote(guichet::Ctx ctx, guichet::Request request);  // POST /quotes/{id}/delete
void copy_quote(guichet::Ctx ctx, guichet::Request request);    // POST /quotes/{id}/duplicate
void assign_quote(guichet::Ctx ctx, guichet::Request request);  // POST /quotes/{id}/people

}  // namespace quotes
