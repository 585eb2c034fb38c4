// REST: rules, and the notices of who asks.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace notifications::api {

void list_rules(guichet::Ctx ctx, guichet::Request request);    // GET /api/v1/notification-rules
void create_rule(guichet::Ctx ctx, guichet::Request request);   // POST /api/v1/notification-rules
void patch_rule(guichet::Ctx ctx, guichet::Request request);    // PATCH /api/v1/notification-rules/{id}
void delete_rule(guichet::Ctx ctx, guichet::Request request);   // DELETE /api/v1/notification-rules/{id}
void list_notices(guichet::Ctx ctx, guichet::Request request);  // GET /api/v1/notices

}  // namespace notifications::api
