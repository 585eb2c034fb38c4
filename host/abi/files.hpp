// Files of the plugin on whose behalf a context runs: for the tables of files and of HTTP.
#pragma once

#include "abi/ctx.hpp"
#include "file/files.hpp"

namespace host::abi {

std::optional<file::StoredFile> find_file(guichet_ctx& ctx, std::int64_t id);
// Records what went wrong; out->size is the caller's. Throws db::Error.
guichet_status store_file(guichet_ctx& ctx, std::string_view name, std::string_view content, guichet_file* out);

}  // namespace host::abi
