// What somebody typed who never heard of Markdown, in a place where Markdown is shown (CommonMark 0.30, with tables and strikethrough).
#pragma once

#include <string>
#include <string_view>

namespace mailbox {

// Markdown that is shown as the text was typed, line by line: what would be a heading, a list, a quote, an emphasis… gets a backslash.
// Addresses of the web stay as they are, so that they become links. utf8 is valid, its line ends are \n.
std::string as_markdown(std::string_view utf8);

// At most so many characters of it, without half of an escape at the end.
std::string cut_markdown(std::string_view markdown, std::size_t characters);

}  // namespace mailbox
