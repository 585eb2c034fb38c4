#include "web/security_headers.hpp"

#include <algorithm>

namespace host::web {
namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors ";

bool has(const http::Response& response, std::string_view name) {
    return std::ranges::any_of(response.headers, [&](const auto& h) { return h.first == name; });
}

}  // namespace

void allow_framing(http::Response& response, std::string_view origins) {
    response.set("Content-Security-Policy", std::string{kPolicy}.append("'self' ").append(origins));
    response.set("X-Frame-Options", "SAMEORIGIN");  // of browsers that do not know frame-ancestors, which has precedence (CSP 3, 6.4.2)
}

void add_security_headers(http::Response& response, bool https, bool cacheable) {
    static const std::string nobody = std::string{kPolicy} + "'none'";
    const std::pair<std::string_view, std::string_view> always[] = {
        {"Content-Security-Policy", nobody},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"},
        {"X-Frame-Options", "DENY"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
    };
    for (const auto& [name, value] : always)
        if (!has(response, name)) response.add(name, value);
    if (!cacheable && !has(response, "Cache-Control")) response.add("Cache-Control", "no-store");
    if (https && !has(response, "Strict-Transport-Security"))
        response.add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    if (!has(response, "Content-Type") && !response.body.empty()) response.add("Content-Type", "text/plain; charset=utf-8");
}

}  // namespace host::web
