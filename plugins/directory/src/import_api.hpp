// /api/v1/imports: a file is sent and checked at once, its problems are read, and it is carried out.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace directory::import_api {

void create(guichet::Ctx ctx, guichet::Request request);
void get(guichet::Ctx ctx, guichet::Request request);
void run(guichet::Ctx ctx, guichet::Request request);
void remove(guichet::Ctx ctx, guichet::Request request);

}  // namespace directory::import_api
