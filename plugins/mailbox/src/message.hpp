// One received message after parsing: plain data, all text UTF-8 in NFC without NUL and other C0 controls but \n and \t.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mailbox {

struct Address {
    std::string name;     // decoded; may be ""
    std::string address;  // as written, without < >
};

struct Header {
    std::string name;   // as written
    std::string value;  // unfolded, encoded words decoded
};
using Headers = std::vector<Header>;

struct Attachment {
    std::string name;        // never "", no path, nothing that is not shown
    std::string type;        // "image/png", lower case
    std::string content_id;  // without < >; "" when none
    bool is_inline = false;  // the HTML shows it by its content_id
    std::string content;
};

// The machine-readable part of a multipart/report (RFC 6522).
struct Report {
    std::string type;             // "delivery-status", "disposition-notification", "feedback-report"; "" when there is none
    std::vector<Headers> blocks;  // of a delivery status: the message, then each recipient
};

struct Message {
    Headers headers;  // of the message itself, in their order
    std::vector<Address> from, reply_to, to, cc;
    bool several_senders = false;  // more than one From or Sender: unauthenticated whatever was signed (mail.md 3.5)
    std::string subject;
    std::optional<std::int64_t> date;                  // seconds since 1970 UTC; none when it cannot be read
    std::string message_id;                            // with < >; "" when none
    std::vector<std::string> in_reply_to, references;  // with < >, in their order

    std::string text;  // what was sent as plain text
    // Allow-listed elements and attributes, serialised from the tree (security.md R40). Where pictures and quotes are:
    //   <img data-cid="…">          the attachment with this content_id
    //   <img data-remote-src="…">   a picture elsewhere, fetched only when the reader asks for it
    //   <div data-quote="">         a quoted message, to be collapsed
    std::string html;
    std::string html_text;  // the same as text; quotes begin with "> "
    // Where html_text quotes, by the marks of the sender's program: from the first to behind the last byte.
    std::optional<std::pair<std::size_t, std::size_t>> html_quote;

    std::vector<Attachment> attachments;
    Report report;
    Headers returned_headers;   // of the message that a report or bounce returns
    std::string returned_text;  // its text, or what follows the bounce's explanation
    std::vector<std::string> warnings;
};

// The first of that name, case-insensitively; null when there is none.
const std::string* find_header(const Headers& headers, std::string_view name);

// What tells a message from another one (mail.md 3.8), as hex: the Message-ID alone may be missing, or be used by somebody else first.
std::string dedup_key(const Message& message);

}  // namespace mailbox
