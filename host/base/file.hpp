// Whole files. Any thread.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace host::base {

// A Problem "file.open", "file.read" or "file.too_large" with the file as its path.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes = 256u << 20);

// Replaces the file in one step: readers and a crash see the old content or the new, never a part.
// Throws std::filesystem::filesystem_error; the old file is then as it was.
void write_file(const std::filesystem::path& path, std::string_view content, unsigned mode = 0644);

// What was created or renamed in the folder is found after a crash. Throws std::filesystem::filesystem_error.
void sync_folder(const std::filesystem::path& folder);

}  // namespace host::base
