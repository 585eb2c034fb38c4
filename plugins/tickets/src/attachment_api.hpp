// REST of the files of a ticket. Opening one is attachment_page.hpp.
#pragma once

#include "call.hpp"

namespace tickets::api {

void list_attachments(const Call& call, guichet::Request request);
void create_attachments(const Call& call, guichet::Request request);
void remove_attachment(const Call& call, guichet::Request request);

}  // namespace tickets::api
