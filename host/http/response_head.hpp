// The status line and fields of a response as bytes.
#pragma once

#include "http/message.hpp"

namespace host::http {

bool has_body(int status);  // 204 and 304 never do

struct ResponseHead {
    bool keep_alive = true;
    bool http_1_0 = false;
};
// Replaces out. Throws std::invalid_argument when a field or the status is not fit to be sent (R07).
void write_head(std::string& out, const Response& response, const ResponseHead& head);

}  // namespace host::http
