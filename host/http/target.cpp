#include "http/target.hpp"

#include "base/strings.hpp"
#include "http/field_syntax.hpp"
#include "http/refusal.hpp"

#include <algorithm>

namespace host::http {
namespace {

// "http://host/path?query" -> "/path?query". Its host must be the one of the Host field: who routed the
// request by the one must not have meant another site than who reads the other.
std::string_view origin_form(const Request& request) {
    const std::string_view target = request.target;
    if (target.starts_with('/')) return target;
    const std::size_t scheme_end = target.find("://");
    if (scheme_end == std::string_view::npos) throw Refusal{400, "unknown form of request target"};
    const std::string scheme = base::lower_ascii(target.substr(0, scheme_end));
    if (scheme != "http" && scheme != "https") throw Refusal{400, "unknown scheme in the request target"};
    const std::string_view rest = target.substr(scheme_end + 3);
    const std::size_t authority_end = std::min(rest.find_first_of("/?"), rest.size());
    if (!same_ignoring_case(rest.substr(0, authority_end), request.header("host").value_or("")))
        throw Refusal{400, "the request target and Host name different sites"};
    return rest.substr(authority_end);
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// A decoded slash or backslash would make two segments of one, and dots would lead elsewhere: what a
// proxy in front has matched against its rules would not be what is served.
std::string decode_segment(std::string_view segment) {
    auto decoded = percent_decode(segment, false);
    if (!decoded) throw Refusal{400, "malformed escape in the path"};
    if (*decoded == "." || *decoded == "..") throw Refusal{400, "dot segment in the path"};
    if (decoded->find_first_of("/\\") != std::string::npos || std::ranges::any_of(*decoded, is_control))
        throw Refusal{400, "forbidden character in the path"};
    return std::move(*decoded);
}

std::string decode_path(std::string_view path) {
    std::string decoded;
    decoded.reserve(path.size());
    for (const std::string_view segment : base::split(path.substr(1), '/')) {
        decoded += '/';
        decoded += decode_segment(segment);
    }
    if (!base::valid_utf8(decoded)) throw Refusal{400, "the path is not UTF-8"};
    return decoded;
}

bool is_target_char(char c) { return c > 0x20 && c < 0x7f && c != '#' && c != '\\'; }

}  // namespace

void resolve_target(Request& request) {
    if (!std::ranges::all_of(request.target, is_target_char)) throw Refusal{400, "forbidden character in the request target"};
    const std::string_view target = origin_form(request);
    const std::size_t path_end = std::min(target.find('?'), target.size());
    request.path = path_end == 0 ? "/" : decode_path(target.substr(0, path_end));
    request.query_string = target.substr(std::min(path_end + 1, target.size()));
    auto query = parse_form(request.query_string);
    if (!query) throw Refusal{400, "malformed query"};
    request.query = std::move(*query);
}

}  // namespace host::http
