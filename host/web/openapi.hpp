// /api/openapi.json: OpenAPI 3.1, generated from the routes of the active modules.
#pragma once

#include "plugin/snapshot.hpp"

#include <string>

namespace host::web {

std::string openapi_document(const plugin::Snapshot& snapshot, std::string_view server_url);

}  // namespace host::web
