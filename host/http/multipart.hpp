// multipart/form-data (RFC 7578) as browsers and curl send it, read strictly: what another reader could
// understand differently is refused (security.md R42). The body stays where it is; contents are views into it.
#pragma once

#include "http/message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace host::http {

struct Upload {
    std::string field;         // name of the control
    std::string filename;      // as sent, valid UTF-8; not yet cleaned (file/names.hpp)
    std::string_view content;  // of the request's body
};

struct Multipart {
    Pairs fields;  // in the order sent
    std::vector<Upload> uploads;
};

// At most this much; more is refused like what is malformed.
inline constexpr std::size_t kMaxParts = 200;
inline constexpr std::size_t kMaxUploads = 20;
inline constexpr std::size_t kMaxPartHeaderBytes = 4 * 1024;
inline constexpr std::size_t kMaxFieldBytes = 256 * 1024;

// "" when the type is not multipart/form-data with one boundary.
std::string multipart_boundary(std::string_view content_type);
// nullopt when malformed. A control for files that was left empty is not among the uploads.
std::optional<Multipart> parse_multipart(std::string_view body, std::string_view boundary);

}  // namespace host::http
