#include "base/log.hpp"

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/strings.hpp"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <mutex>

namespace host::base {
namespace {

struct Settings {
    std::atomic<Level> minimum{Level::info};
    std::atomic<bool> json{false};
    std::mutex writing;
};

Settings& settings() {
    static Settings instance;
    return instance;
}

std::string_view name_of(Level level) {
    switch (level) {
        case Level::debug: return "debug";
        case Level::info: return "info";
        case Level::warn: return "warn";
        case Level::error: return "error";
    }
    return "error";
}

// Terminals obey C0, DEL and C1 controls; viewers break lines at U+2028 and U+2029; U+202A to U+202E and
// U+2066 to U+2069 reorder what is shown.
bool is_control(std::string_view sequence) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(sequence[i]); };
    if (sequence.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7f;
    if (sequence.size() == 2) return byte(0) == 0xc2 && byte(1) < 0xa0;
    if (sequence.size() != 3 || byte(0) != 0xe2) return false;
    return (byte(1) == 0x80 && byte(2) >= 0xa8 && byte(2) <= 0xae) || (byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9);
}

// Controls and what is not UTF-8 become \xNN; a character of quoted gets a backslash before it.
void append_escaped(std::string& line, std::string_view text, std::string_view quoted) {
    while (!text.empty()) {
        const std::size_t length = utf8_sequence_length(text);
        const std::string_view sequence = text.substr(0, length == 0 ? 1 : length);
        if (length == 0 || is_control(sequence)) {
            for (const char& byte : sequence) (line += "\\x") += hex({&byte, 1});
        } else {
            if (length == 1 && quoted.find(sequence[0]) != std::string_view::npos) line += '\\';
            line += sequence;
        }
        text.remove_prefix(sequence.size());
    }
}

std::string text_line(std::int64_t us, Level level, std::string_view message, std::initializer_list<Field> fields) {
    std::string line = rfc3339(us) + ' ';
    line += name_of(level);
    line += ' ';
    append_escaped(line, message, {});
    for (const Field& field : fields) {
        ((line += ' ') += field.name) += '=';
        if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
            line += std::to_string(*number);
            continue;
        }
        line += '"';
        append_escaped(line, std::get<std::string_view>(field.value), "\"\\");
        line += '"';
    }
    return line += '\n';
}

std::string printable(std::string_view text) {
    std::string result;
    append_escaped(result, text, {});
    return result;
}

std::string json_line(std::int64_t us, Level level, std::string_view message, std::initializer_list<Field> fields) {
    Arena arena;
    Value* event = Value::object(arena);
    event->set("ts", rfc3339(us));
    event->set("level", name_of(level));
    event->set("msg", printable(message));
    for (const Field& field : fields) {
        if (const auto* number = std::get_if<std::int64_t>(&field.value)) event->set(field.name, *number);
        else event->set(field.name, printable(std::get<std::string_view>(field.value)));
    }
    return to_json(*event) + '\n';
}

}  // namespace

void configure_log(Level minimum, bool json) {
    settings().minimum = minimum;
    settings().json = json;
}

std::string log_line(bool json, std::int64_t us_since_1970_utc, Level level, std::string_view message,
                     std::initializer_list<Field> fields) {
    return json ? json_line(us_since_1970_utc, level, message, fields) : text_line(us_since_1970_utc, level, message, fields);
}

void log(Level level, std::string_view message, std::initializer_list<Field> fields) {
    Settings& s = settings();
    if (level < s.minimum.load(std::memory_order_relaxed)) return;
    const std::string line = log_line(s.json, now_us(), level, message, fields);
    const std::lock_guard lock{s.writing};
    std::string_view rest = line;
    while (!rest.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;  // nowhere left to complain
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace host::base
