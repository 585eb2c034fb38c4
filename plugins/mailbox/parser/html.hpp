// HTML of a message: text, and what may be shown of it (security.md R40). One parse by the rules of browsers; both are written from the
// tree, so that a browser sees what was checked.
#pragma once

#include "message.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mailbox {

struct HtmlPicture {
    std::string content_id, type, content;  // of a data: address
};

struct HtmlContent {
    std::string html;  // as message.hpp says
    std::string text;
    std::optional<std::pair<std::size_t, std::size_t>> quote;
    std::vector<std::string> content_ids;  // the pictures that it shows
    std::vector<HtmlPicture> pictures;
    std::size_t dropped_pictures = 0;  // data: addresses that are larger than 2 MiB, or no picture
};

// utf8 is valid and has no NUL.
HtmlContent read_html(const std::string& utf8);

std::string escape_html(std::string_view text);
// Plain text as HTML.
std::string text_to_html(std::string_view text);

// Charset in a <meta> of the first 1024 bytes; "" when there is none.
std::string declared_charset(std::string_view html);

}  // namespace mailbox
