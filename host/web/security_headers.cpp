#include "web/security_headers.hpp"

#include <algorithm>

namespace host::web {
namespace {

bool has(const http::Response& response, std::string_view name) {
    return std::ranges::any_of(response.headers, [&](const auto& h) { return h.first == name; });
}

}  // namespace

void add_security_headers(http::Response& response, bool https, bool cacheable) {
    static constexpr std::pair<std::string_view, std::string_view> kAlways[] = {
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
         "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"},
        {"X-Frame-Options", "DENY"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
    };
    for (const auto& [name, value] : kAlways)
        if (!has(response, name)) response.add(name, value);
    if (!cacheable && !has(response, "Cache-Control")) response.add("Cache-Control", "no-store");
    if (https && !has(response, "Strict-Transport-Security"))
        response.add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    if (!has(response, "Content-Type") && !response.body.empty()) response.add("Content-Type", "text/plain; charset=utf-8");
}

}  // namespace host::web
