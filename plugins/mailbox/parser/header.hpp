// Header fields: RFC 5322, 2047, 2231 and 6532, and what is sent instead of them (RFC 7103).
#pragma once

#include "message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailbox {

struct RawHeader {
    std::string_view name;
    std::string value;  // unfolded, otherwise as it was sent
};

// The fields before the first empty line; body_at: where that line ends. Lines that are no field are left out.
std::vector<RawHeader> read_fields(std::string_view text, std::size_t* body_at = nullptr);

// Unstructured text: encoded words decoded, other bytes as UTF-8, one clean line.
std::string decode_words(std::string_view raw);
// Encoded words become what only holds characters of atoms, in UTF-8: what is decoded later never separates anything (RFC 2047 6.2).
std::string unify_words(std::string_view raw);

Headers decode_headers(const std::vector<RawHeader>& fields);
// Groups are left out, their members are not.
std::vector<Address> read_addresses(std::string_view raw);
// "<a@b>" each; what has no < > but an @ gets them.
std::vector<std::string> read_ids(std::string_view raw);

}  // namespace mailbox
