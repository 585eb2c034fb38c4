// Changes to one ticket from its page: in place, by its buttons, and deleting it.
#pragma once

#include "call.hpp"

namespace tickets {

void edit(const Call& call, guichet::Request request);    // POST /tickets/{id}/edit: the fields that the form has
void take(const Call& call, guichet::Request request);    // POST /tickets/{id}/take
void close(const Call& call, guichet::Request request);   // POST /tickets/{id}/close
void reopen(const Call& call, guichet::Request request);  // POST /tickets/{id}/reopen
void remove(const Call& call, guichet::Request request);  // POST /tickets/{id}/delete

}  // namespace tickets
