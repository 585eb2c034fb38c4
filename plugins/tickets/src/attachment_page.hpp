// Attaching files on the page of a ticket, and opening them.
#pragma once

#include "call.hpp"

namespace tickets {

void attach(const Call& call, guichet::Request request);
void open_attachment(const Call& call, guichet::Request request);  // also of REST

}  // namespace tickets
