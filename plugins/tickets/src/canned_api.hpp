// Canned replies under /api/v1/canned-replies.
#pragma once

#include "call.hpp"

namespace tickets::api {

void list_canned(const Call& call, guichet::Request request);  // those the user may insert; all=1: for those who manage them
void create_canned(const Call& call, guichet::Request request);
void patch_canned(const Call& call, guichet::Request request);
void delete_canned(const Call& call, guichet::Request request);

}  // namespace tickets::api
