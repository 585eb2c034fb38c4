// Names of files: what senders write, made harmless, and what a download says. Normalise, validate, use
// (security.md R42). No file of ours ever lies under such a name. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace host::file {

// NFC, the last component of a path, without control, format and bidirectional characters and what no file
// system takes, at most 150 characters with its extension kept; "file" when nothing is left.
std::string clean_name(std::string_view sent);

// Value of Content-Disposition (RFC 6266 with RFC 8187 names).
std::string content_disposition(std::string_view clean_name, bool display_inline);

}  // namespace host::file
