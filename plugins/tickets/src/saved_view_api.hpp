// /api/v1/tickets/views
#pragma once

#include "call.hpp"

namespace tickets::api {

void list_views(const Call& call, guichet::Request request);
void create_view(const Call& call, guichet::Request request);
void get_view(const Call& call, guichet::Request request);
void patch_view(const Call& call, guichet::Request request);
void delete_view(const Call& call, guichet::Request request);

}  // namespace tickets::api
