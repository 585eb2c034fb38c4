// Small functions on text. ASCII unless they say otherwise; none depends on the locale.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace host::base {

std::string_view trim(std::string_view text);  // space, \t, \r, \n, \v, \f at both ends
std::string lower_ascii(std::string_view text);
// "a,,b" -> "a", "", "b"; "" -> one empty part. The parts point into text.
std::vector<std::string_view> split(std::string_view text, char separator);
bool contains_nul(std::string_view text);
bool valid_utf8(std::string_view text);  // no overlong form, no surrogate, nothing past U+10FFFF
std::size_t count_code_points(std::string_view valid_utf8_text);
std::string hex(std::string_view bytes);  // lower case

// Length of the valid UTF-8 sequence that text starts with, 0 when it starts with none.
std::size_t utf8_sequence_length(std::string_view text);

// Appends text with all but the unreserved characters of RFC 3986 percent-encoded.
void percent_encode(std::string_view text, std::string& out);

}  // namespace host::base
