// The type of a file, from its content (libmagic). Any thread.
#pragma once

#include <string>
#include <string_view>

namespace host::file {

// "image/png"; "application/octet-stream" when it cannot be told.
std::string media_type(std::string_view content);
// May be shown by a browser inside our site: PNG, JPEG, GIF and WebP, nothing else (security.md R41).
bool may_display(std::string_view media_type);

}  // namespace host::file
