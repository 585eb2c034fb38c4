// One line per event on stdout: text for people, or JSON objects (GUICHET_LOG=json). Control characters
// are escaped (security.md R54). Any thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace host::base {

enum class Level { debug = 1, info, warn, error };
struct Field {
    std::string_view name;
    std::variant<std::string_view, std::int64_t> value;
};

void configure_log(Level minimum, bool json);
void log(Level level, std::string_view message, std::initializer_list<Field> fields = {});

// The line for an event, with its end of line: what log() writes.
std::string log_line(bool json, std::int64_t us_since_1970_utc, Level level, std::string_view message,
                     std::initializer_list<Field> fields);

}  // namespace host::base
