// REST of mailboxes.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace mailbox::api {

void list(guichet::Ctx ctx, guichet::Request request);
void create(guichet::Ctx ctx, guichet::Request request);
void get(guichet::Ctx ctx, guichet::Request request);
void patch(guichet::Ctx ctx, guichet::Request request);
void remove(guichet::Ctx ctx, guichet::Request request);

}  // namespace mailbox::api
