// /assets/<hash>/<file> of the host and /assets/<hash>/<package>/<file> of the active packages.
#pragma once

#include "http/message.hpp"
#include "plugin/snapshot.hpp"
#include "web/layout.hpp"

#include <filesystem>

namespace host::web {

Assets read_assets(const std::filesystem::path& folder);
// 404 when there is no such file. An address with an outdated hash gets the current content, not to be kept.
http::Response serve_asset(const http::Request& request, const Assets& host_assets, const plugin::Snapshot& snapshot);

}  // namespace host::web
