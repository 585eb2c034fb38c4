#include "web/cross_site.hpp"

#include "base/random.hpp"
#include "ui/template/template.hpp"

namespace host::web {

bool changes_something(std::string_view method) noexcept { return method != "GET" && method != "HEAD" && method != "OPTIONS"; }

bool from_our_pages(const http::Request& request, const Config& config) {
    if (const auto site = request.header("sec-fetch-site"); site && *site != "same-origin" && *site != "none") return false;
    const auto origin = request.header("origin");
    if (!origin) return true;
    const auto scheme = origin->find("://");
    if (scheme == std::string_view::npos) return false;  // "null"
    const auto host = origin->substr(scheme + 3);
    return host == request.header("host") || (!config.public_url.empty() && host == config.public_host());
}

bool token_matches(const http::Request& request, const http::Pairs& form, std::string_view expected) {
    if (expected.empty()) return false;
    for (const auto& [name, value] : form)
        if (name == ui::kCsrfField) return base::constant_time_equal(value, expected);
    const auto header = request.header("x-csrf-token");
    return header && base::constant_time_equal(*header, expected);
}

}  // namespace host::web
