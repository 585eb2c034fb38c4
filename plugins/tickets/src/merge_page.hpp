// Merging and splitting from the page of a ticket, and in REST.
#pragma once

#include "call.hpp"

namespace tickets {

void show_merge(const Call& call, guichet::Request request);  // GET /tickets/{id}/merge
void merge(const Call& call, guichet::Request request);       // POST: into (number or id), then confirmed=1
void show_split(const Call& call, guichet::Request request);  // GET /tickets/{id}/split
void split_off(const Call& call, guichet::Request request);   // POST: message (repeated), subject

namespace api {
void merge(const Call& call, guichet::Request request);
void split(const Call& call, guichet::Request request);
}  // namespace api

}  // namespace tickets
