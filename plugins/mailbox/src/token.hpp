// What ties an incoming mail to a ticket or to a sent mail: ids with a MAC, in the addresses and Message-IDs of what we send
// (mail.md 3.2 rows 1 and 2, 3.4). The MAC is HMAC-SHA-256 cut to 80 bits over kind, key id and ids, compared in constant time.
//   reply address   <mailbox local part>+t.<base32 of key id, ticket>.<mac>@<mailbox domain>
//   Message-ID      <t.<ticket>.<message>.<recipient>.<base32 of key id, mac>@<domain>>
//   return path     <local part>+<mail>.<base32 of key id, mac>@<domain>
// Ids are positive. Letters are lower case; readers accept either case, since some servers change it. base32: RFC 4648, no padding.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailbox {

struct Key {
    std::uint32_t id;    // 0 to 65535
    std::string secret;  // at least 16 bytes, random
};
// The first one signs; each of them is accepted.
using Keys = std::vector<Key>;

struct Token {
    enum class Kind { reply, message, bounce };
    Kind kind;
    std::uint32_t key = 0;
    std::int64_t ticket = 0;                  // reply, message
    std::int64_t message = 0, recipient = 0;  // message
    std::int64_t mail = 0;                    // bounce
    std::string mac;                          // 10 bytes
    std::string address;                      // reply, bounce: the address without what follows "+"
    std::string domain;                       // lower case; a Message-ID counts only with the domain that we use
};

// mailbox is "support@example.org"; keys is not empty. The domain is taken over as it is given.
std::string make_reply_address(const Keys& keys, std::string_view mailbox, std::int64_t ticket);
std::string make_message_id(const Keys& keys, std::int64_t ticket, std::int64_t message, std::int64_t recipient, std::string_view domain);
std::string make_return_path(const Keys& keys, std::string_view address, std::int64_t mail);

// Syntax only. address: bare, without a name; message_id: with or without < >.
std::optional<Token> find_address_token(std::string_view address);
std::optional<Token> find_message_id_token(std::string_view message_id);
// True when one of the keys made it.
bool verify(const Keys& keys, const Token& token);

}  // namespace mailbox
