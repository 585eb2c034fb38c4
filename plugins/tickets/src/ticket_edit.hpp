// Changes to one ticket from its page: in place, by its buttons, and deleting it.
#pragma once

#include "call.hpp"

namespace tickets {

void edit(const Call& call, guichet::Request request);    // POST /tickets/{id}/edit: the fields that the form has
void step(const Call& call, guichet::Request request);    // POST /tickets/{id}/<step>
void remove(const Call& call, guichet::Request request);  // POST /tickets/{id}/delete

}  // namespace tickets
