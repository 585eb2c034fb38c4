// The answer that carries a file: attachment or one of the images that may be shown, nosniff, sandboxed, one
// byte range (RFC 9110), an entity tag, kept by the browser of this user alone (security.md R41, R42).
#pragma once

#include "file/files.hpp"
#include "http/message.hpp"

namespace host::file {

// 200, 206, 304 or 416. Throws StorageError when the content is not there.
http::Response download(const http::Request& request, const StoredFile& file, const BlobStore& blobs, bool display_inline);

}  // namespace host::file
