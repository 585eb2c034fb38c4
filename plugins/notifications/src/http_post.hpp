// One POST over HTTP/1.1 to an address that was looked up before. Nothing of the answer but its status is looked at, and redirects
// are not followed.
#pragma once

#include <guichet/sdk/outgoing_url.hpp>

#include <map>

namespace notifications {

struct HttpAnswer {
    int status = 0;     // 0: there was none, error says why
    std::string error;  // a msgid, or the words of a library
    int64_t duration_ms = 0;
};
// Takes at most 5 s from the connection to the head of the answer. ca_file: certificates to trust instead of the system's, or "".
HttpAnswer http_post(const guichet::OutgoingUrl& url, const std::string& address, const std::map<std::string, std::string>& headers,
                     const std::string& body, const std::string& ca_file);

}  // namespace notifications
