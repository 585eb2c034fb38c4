#include "ui/template/functions.hpp"

#include "base/strings.hpp"
#include "ui/template/escape.hpp"
#include "ui/template/template.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace host::ui {
namespace {

std::string encoded(const Operand& value) {
    std::string text;
    value.append_to(text);
    std::string out;
    base::percent_encode(text, out);
    return out;
}

void append_path(std::string_view path, std::string& out) {
    for (const auto segment : base::split(path.substr(std::min<std::size_t>(1, path.size())), '/')) {
        out += '/';
        base::percent_encode(segment, out);
    }
}

void append_parameter(std::string_view name, std::string_view value, char& separator, std::string& out) {
    out += std::exchange(separator, '&');
    out += name;
    out += '=';
    out += value;
}

}  // namespace

std::optional<std::uint32_t> count_places(std::string_view path) {
    std::uint32_t count = 0;
    bool open = false;
    for (const char c : path) {
        if (c != '{' && c != '}') continue;
        if (open == (c == '{')) return std::nullopt;
        open = c == '{';
        if (open) ++count;
    }
    return open ? std::nullopt : std::optional{count};
}

void append_url(std::string_view path, std::span<const Operand> values, std::string& out) {
    for (const Operand& value : values) {
        const std::size_t place = path.find('{');
        out += path.substr(0, place);
        if (const std::string text = encoded(value); text != "." && text != "..") out += text;
        path.remove_prefix(path.find('}') + 1);
    }
    out += path;
}

void append_query(std::string_view path, std::string_view query_string, std::span<const Operand> names_and_values, std::string& out) {
    std::vector<std::pair<std::string, std::string>> changes;
    for (std::size_t i = 0; i + 1 < names_and_values.size(); i += 2)
        changes.emplace_back(encoded(names_and_values[i]), encoded(names_and_values[i + 1]));
    append_path(path, out);
    char separator = '?';
    for (const auto parameter : base::split(query_string, '&')) {
        const std::string_view name = parameter.substr(0, parameter.find('='));
        const auto change = std::ranges::find(changes, name, &std::pair<std::string, std::string>::first);
        if (change == changes.end() && !parameter.empty()) {
            out += std::exchange(separator, '&');
            out += parameter;
        } else if (change != changes.end() && !change->second.empty()) {
            append_parameter(name, std::exchange(change->second, {}), separator, out);
        }
    }
    for (const auto& [name, value] : changes)
        if (!value.empty()) append_parameter(name, value, separator, out);
}

bool is_icon_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

void append_icon(std::string_view sprite_url, std::string_view name, std::string& out) {
    if (!is_icon_name(name)) return;
    out += R"(<svg class="icon" aria-hidden="true"><use href=")";
    escape_text(sprite_url, out);
    out += "#tabler-";
    out += name;
    out += R"("></use></svg>)";
}

void append_filled(std::string_view text, std::span<const Operand> values, std::string& out) {
    for (;;) {
        const std::size_t percent = text.find('%');
        out += text.substr(0, percent);
        if (percent == text.npos) return;
        const std::size_t index = percent + 1 < text.size() ? static_cast<std::size_t>(text[percent + 1] - '1') : values.size();
        if (index < values.size()) values[index].append_to(out);
        else out += '%';
        text.remove_prefix(percent + (index < values.size() ? 2 : 1));
    }
}

}  // namespace host::ui
