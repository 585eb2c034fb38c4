// One mail as it goes over the wire: headers encoded (RFC 2047, RFC 2231), text and HTML side by side,
// attachments; lines end with CRLF and hold nothing but ASCII. The same message gives the same bytes. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace host::mail {

struct Attachment {
    std::string name, type, content;
};

struct Message {
    std::string from_name, from_address, to_name, to_address, reply_to;
    std::string message_id, in_reply_to;      // without <>
    std::vector<std::string> references;
    std::string subject, text, html;
    std::int64_t date_us = 0;
    std::vector<std::pair<std::string, std::string>> headers;  // checked (address.hpp)
    std::vector<Attachment> attachments;
};

std::string to_mime(const Message& message);

}  // namespace host::mail
