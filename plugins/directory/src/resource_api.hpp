// /api/v1/<resource>: one object is added, read, changed, deleted.
#pragma once

#include "resource.hpp"

namespace directory::resource_api {

void create(guichet::Ctx ctx, guichet::Request request, const Resource& resource);
void get(guichet::Ctx ctx, guichet::Request request, const Resource& resource);
void patch(guichet::Ctx ctx, guichet::Request request, const Resource& resource);
void remove(guichet::Ctx ctx, guichet::Request request, const Resource& resource);

}  // namespace directory::resource_api
