#include "parameters.hpp"

#include <algorithm>

namespace tickets {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
        if (escape) {
            out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else out += text[i] == '+' ? ' ' : text[i];
    }
    return out;
}

bool stands_for_itself(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.' || c == '~';
}

void append_encoded(std::string& out, std::string_view text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (stands_for_itself(c)) out += c;
        else ((out += '%') += kHex[byte >> 4]) += kHex[byte & 15];
    }
}

}  // namespace

Parameters::Parameters(std::string_view query_string) {
    while (!query_string.empty()) {
        const auto end = std::min(query_string.find('&'), query_string.size());
        const auto pair = query_string.substr(0, end);
        const auto middle = std::min(pair.find('='), pair.size());
        query_string.remove_prefix(std::min(end + 1, query_string.size()));
        if (middle > 0) pairs_.push_back({decoded(pair.substr(0, middle)), decoded(pair.substr(std::min(middle + 1, pair.size())))});
    }
}

std::string_view Parameters::get(std::string_view name) const {
    const auto it = std::ranges::find(pairs_, name, &Pair::name);
    return it == pairs_.end() ? std::string_view{} : it->value;
}

std::vector<std::string_view> Parameters::values(std::string_view name) const {
    std::vector<std::string_view> out;
    for (const auto& pair : pairs_)
        if (pair.name == name && !pair.value.empty()) out.emplace_back(pair.value);
    return out;
}

bool Parameters::repeats(std::string_view name) const { return std::ranges::count(pairs_, name, &Pair::name) > 1; }

Parameters Parameters::without(std::initializer_list<std::string_view> names) const {
    auto out = *this;
    std::erase_if(out.pairs_, [&](const Pair& pair) { return std::ranges::find(names, pair.name) != names.end(); });
    return out;
}

Parameters Parameters::without(std::string_view name, std::string_view value) const {
    auto out = *this;
    std::erase_if(out.pairs_, [&](const Pair& pair) { return pair.name == name && pair.value == value; });
    return out;
}

Parameters Parameters::with(std::string_view name, std::string_view value) const {
    auto out = without({name});
    out.pairs_.push_back({std::string{name}, std::string{value}});
    return out;
}

std::string Parameters::text() const {
    std::string out;
    for (const auto& [name, value] : pairs_) {
        if (value.empty()) continue;
        if (!out.empty()) out += '&';
        append_encoded(out, name);
        out += '=';
        append_encoded(out, value);
    }
    return out;
}

std::string Parameters::address(std::string_view path) const {
    const auto query = text();
    return std::string{path} + (query.empty() ? "" : "?" + query);
}

}  // namespace tickets
