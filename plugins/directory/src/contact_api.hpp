// /api/v1/contacts.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace directory::contact_api {

void list(guichet::Ctx ctx, guichet::Request request);
void create(guichet::Ctx ctx, guichet::Request request);
void get(guichet::Ctx ctx, guichet::Request request);
void patch(guichet::Ctx ctx, guichet::Request request);

}  // namespace directory::contact_api
