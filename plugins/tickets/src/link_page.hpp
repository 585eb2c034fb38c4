// Linking tickets from the page of one, and in REST.
#pragma once

#include "call.hpp"

namespace tickets {

void link(const Call& call, guichet::Request request);    // POST /tickets/{id}/links
void unlink(const Call& call, guichet::Request request);  // POST /tickets/{id}/links/{link_id}/delete

namespace api {
void list_links(const Call& call, guichet::Request request);
void create_link(const Call& call, guichet::Request request);
void remove_link(const Call& call, guichet::Request request);
}  // namespace api

}  // namespace tickets
