#include "http/message.hpp"

#include "base/strings.hpp"
#include "http/field_syntax.hpp"

#include <algorithm>
#include <stdexcept>

namespace host::http {
namespace {

constexpr std::size_t kMaxFormFields = 200;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

std::optional<std::string> decode_form_text(std::string_view text) {
    auto decoded = percent_decode(text, true);
    if (!decoded || base::contains_nul(*decoded) || !base::valid_utf8(*decoded)) return std::nullopt;
    return decoded;
}

void check_field(std::string_view name, std::string_view value) {
    if (!is_token(name)) throw std::invalid_argument{"invalid header name"};
    if (!is_field_value(value)) throw std::invalid_argument{"control character in the value of header " + std::string{name}};
}

}  // namespace

std::optional<std::string_view> Request::header(std::string_view lower_case_name) const {
    for (const auto& [name, value] : headers)
        if (name == lower_case_name) return value;
    return std::nullopt;
}

std::optional<std::string_view> Request::query_value(std::string_view name, std::size_t index) const {
    for (const auto& [key, value] : query)
        if (key == name && index-- == 0) return value;
    return std::nullopt;
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    for (const auto& [header_name, value] : headers) {
        if (header_name != "cookie") continue;
        for (const std::string_view part : base::split(value, ';')) {
            const std::string_view pair = base::trim(part);
            const std::size_t equals = pair.find('=');
            if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
        }
    }
    return std::nullopt;
}

void Response::set(std::string_view name, std::string_view value) {
    check_field(name, value);
    std::erase_if(headers, [&](const auto& field) { return same_ignoring_case(field.first, name); });
    headers.emplace_back(name, value);
}

void Response::add(std::string_view name, std::string_view value) {
    check_field(name, value);
    headers.emplace_back(name, value);
}

std::optional<Pairs> parse_form(std::string_view body) {
    Pairs fields;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('&'), body.size());
        const std::string_view field = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        if (field.empty()) continue;
        if (fields.size() == kMaxFormFields) return std::nullopt;
        const std::size_t equals = std::min(field.find('='), field.size());
        auto name = decode_form_text(field.substr(0, equals));
        auto value = decode_form_text(field.substr(std::min(equals + 1, field.size())));
        if (!name || !value) return std::nullopt;
        fields.emplace_back(std::move(*name), std::move(*value));
    }
    return fields;
}

std::string percent_encode(std::string_view text) {
    std::string encoded;
    base::percent_encode(text, encoded);
    return encoded;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
            if (low < 0) return std::nullopt;
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    return decoded;
}

}  // namespace host::http
