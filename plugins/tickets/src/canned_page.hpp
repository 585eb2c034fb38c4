// Canned replies: their administration, and inserting one into the composer.
#pragma once

#include "call.hpp"

namespace tickets {

void show_canned(const Call& call, guichet::Request request);       // GET /admin/canned-replies
void show_canned_form(const Call& call, guichet::Request request);  // GET /admin/canned-replies/new, /{id}
void save_canned(const Call& call, guichet::Request request);       // POST the same
void delete_canned(const Call& call, guichet::Request request);     // POST /admin/canned-replies/{id}/delete

void find_canned(const Call& call, guichet::Request request);    // GET /tickets/{id}/canned?canned_q=
void insert_canned(const Call& call, guichet::Request request);  // POST /tickets/{id}/canned

// Fills the variable canned of the composer.
void add_canned(const Call& call, std::string_view q, guichet::Value& data);

}  // namespace tickets
