#include "http/multipart.hpp"

#include "base/strings.hpp"
#include "http/field_syntax.hpp"

#include <algorithm>
#include <map>

namespace host::http {
namespace {

using Parameters = std::map<std::string, std::string, std::less<>>;

// A quoted string; a backslash escapes a quote or a backslash only, because browsers send "C:\x" as it is.
std::optional<std::string> take_quoted(std::string_view& rest) {
    std::string out;
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] == '"') {
            rest.remove_prefix(i + 1);
            return out;
        }
        if (rest[i] == '\\' && i + 1 < rest.size() && (rest[i + 1] == '"' || rest[i + 1] == '\\')) ++i;
        out += rest[i];
    }
    return std::nullopt;
}

std::string take_token(std::string_view& rest) {
    const auto end = std::min(rest.find_first_of("; \t"), rest.size());
    std::string out{rest.substr(0, end)};
    rest.remove_prefix(end);
    return out;
}

// "form-data; name="a"; filename="b"": the value and its parameters; nullopt when malformed or one comes twice.
std::optional<std::pair<std::string, Parameters>> parse_parameters(std::string_view text) {
    std::pair<std::string, Parameters> out;
    out.first = base::lower_ascii(base::trim(text.substr(0, text.find(';'))));
    auto rest = text.substr(std::min(text.find(';'), text.size()));
    while (!base::trim(rest).empty()) {
        rest = base::trim(rest);
        if (rest.front() != ';') return std::nullopt;
        rest = base::trim(rest.substr(1));
        const auto equals = rest.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const auto name = base::lower_ascii(rest.substr(0, equals));
        rest.remove_prefix(equals + 1);
        std::optional<std::string> value = rest.starts_with('"') ? take_quoted(rest) : std::optional{take_token(rest)};
        if (!is_token(name) || !value || !out.second.emplace(name, std::move(*value)).second) return std::nullopt;
    }
    return out;
}

bool is_text(std::string_view text) { return base::valid_utf8(text) && !base::contains_nul(text); }

// Browsers write a quote and line breaks in a name as %22, %0D and %0A, and nothing else that way.
std::string decode_browser_name(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto escape = text.substr(i, 3);
        const char c = escape == "%22" ? '"' : escape == "%0D" ? '\r' : escape == "%0A" ? '\n' : '\0';
        out += c ? c : text[i];
        if (c) i += 2;
    }
    return out;
}

// RFC 8187: UTF-8'fr'na%C3%AFve.txt
std::optional<std::string> decode_extended(std::string_view text) {
    const auto charset = text.find('\'');
    const auto language = charset == std::string_view::npos ? charset : text.find('\'', charset + 1);
    if (language == std::string_view::npos || base::lower_ascii(text.substr(0, charset)) != "utf-8") return std::nullopt;
    return percent_decode(text.substr(language + 1), false);
}

struct Part {
    std::string name;
    std::optional<std::string> filename;
};

bool read_disposition(std::string_view value, Part& part) {
    auto parsed = parse_parameters(value);
    if (!parsed || parsed->first != "form-data") return false;
    auto& parameters = parsed->second;
    const auto name = parameters.find("name");
    if (name == parameters.end()) return false;
    part.name = decode_browser_name(name->second);
    if (const auto it = parameters.find("filename"); it != parameters.end()) part.filename = decode_browser_name(it->second);
    if (const auto it = parameters.find("filename*"); it != parameters.end()) {
        auto extended = decode_extended(it->second);
        if (!extended) return false;
        part.filename = std::move(*extended);
    }
    return is_text(part.name) && !part.name.empty() && (!part.filename || is_text(*part.filename));
}

std::optional<Part> parse_part_headers(std::string_view headers) {
    Part part;
    bool disposed = false;
    while (!headers.empty()) {
        const auto end = headers.find("\r\n");
        const auto line = headers.substr(0, end);
        headers.remove_prefix(end == std::string_view::npos ? headers.size() : end + 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) || line.find_first_of("\r\n") != std::string_view::npos)
            return std::nullopt;  // also a folded line
        const auto name = base::lower_ascii(line.substr(0, colon));
        const auto value = base::trim(line.substr(colon + 1));
        if (name == "content-disposition") {
            if (disposed || !read_disposition(value, part)) return std::nullopt;
            disposed = true;
        } else if (name == "content-transfer-encoding") {
            const auto encoding = base::lower_ascii(value);
            if (encoding != "7bit" && encoding != "8bit" && encoding != "binary") return std::nullopt;
        }
    }
    return disposed ? std::optional{part} : std::nullopt;
}

bool add_part(std::string_view raw, Multipart& out) {
    const auto end = raw.find("\r\n\r\n");
    if (end == std::string_view::npos || end > kMaxPartHeaderBytes) return false;
    auto part = parse_part_headers(raw.substr(0, end));
    const auto content = raw.substr(end + 4);
    if (!part) return false;
    if (part->filename) {
        if (!part->filename->empty() || !content.empty()) out.uploads.push_back({std::move(part->name), std::move(*part->filename), content});
        return out.uploads.size() <= kMaxUploads;
    }
    if (content.size() > kMaxFieldBytes || !is_text(content)) return false;
    out.fields.emplace_back(std::move(part->name), content);
    return true;
}

bool is_boundary(std::string_view text) {
    constexpr std::string_view kAllowed = "'()+_,-./:=? ";
    return !text.empty() && text.size() <= 70 && text.back() != ' ' && std::ranges::all_of(text, [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || kAllowed.find(c) != std::string_view::npos;
    });
}

}  // namespace

std::string multipart_boundary(std::string_view content_type) {
    const auto parsed = parse_parameters(content_type);
    if (!parsed || parsed->first != "multipart/form-data") return {};
    const auto boundary = parsed->second.find("boundary");
    return boundary != parsed->second.end() && is_boundary(boundary->second) ? boundary->second : std::string{};
}

std::optional<Multipart> parse_multipart(std::string_view body, std::string_view boundary) {
    Multipart out;
    const std::string dashes = "--" + std::string{boundary};
    const std::string delimiter = "\r\n" + dashes;
    if (!body.starts_with(dashes)) return std::nullopt;  // text before the first part is no form of a browser
    body.remove_prefix(dashes.size());
    for (std::size_t parts = 0; body.starts_with("\r\n"); ++parts) {
        body.remove_prefix(2);
        const auto end = body.find(delimiter);
        if (parts == kMaxParts || end == std::string_view::npos || !add_part(body.substr(0, end), out)) return std::nullopt;
        body.remove_prefix(end + delimiter.size());
    }
    if (body != "--" && body != "--\r\n") return std::nullopt;
    return out;
}

}  // namespace host::http
