// What url(), query(), icon() and tr write. Not escaped, except icon().
#pragma once

#include "ui/template/operand.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace host::ui {

// How many {values} a path takes; nothing when a brace is left over.
std::optional<std::uint32_t> count_places(std::string_view path);
// "/tickets/{id}" with each value percent-encoded. "." and "..", which browsers resolve even when encoded, are left out.
void append_url(std::string_view path, std::span<const Operand> values, std::string& out);

// The current page with some query parameters replaced; an empty value takes its parameter away.
void append_query(std::string_view path, std::string_view query_string, std::span<const Operand> names_and_values, std::string& out);

bool is_icon_name(std::string_view name);
void append_icon(std::string_view sprite_url, std::string_view name, std::string& out);

// %1 to %9 replaced, in one pass: a value that contains %1 is written as it is.
void append_filled(std::string_view text, std::span<const Operand> values, std::string& out);

}  // namespace host::ui
