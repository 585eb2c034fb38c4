#include "http/head_rules.hpp"

#include "base/strings.hpp"
#include "http/refusal.hpp"
#include "http/target.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace host::http {
namespace {

std::size_t count(const Request& request, std::string_view name) {
    return static_cast<std::size_t>(std::ranges::count(request.headers, name, &Pairs::value_type::first));
}

void check_method(std::string_view method) {
    constexpr std::array kRefused{"CONNECT", "TRACE"};
    if (std::ranges::find(kRefused, method) != kRefused.end()) throw Refusal{405, "method not allowed"};
    constexpr std::array kKnown{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    if (std::ranges::find(kKnown, method) == kKnown.end()) throw Refusal{501, "unknown method"};
}

bool is_length(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && text.front() != '-';
}

// Beast takes the last of several equal lengths, lists of lengths, and passes over codings it does not
// know; whoever reads the stream before or behind us may see the border elsewhere.
void check_framing(const Request& request, bool http_1_0) {
    const auto length = request.header("content-length");
    const auto coding = request.header("transfer-encoding");
    if (length && coding) throw Refusal{400, "both Content-Length and Transfer-Encoding"};
    if (count(request, "content-length") > 1) throw Refusal{400, "more than one Content-Length"};
    if (length && !is_length(*length)) throw Refusal{400, "malformed Content-Length"};
    if (!coding) return;
    if (http_1_0) throw Refusal{400, "Transfer-Encoding in HTTP/1.0"};
    if (count(request, "transfer-encoding") > 1) throw Refusal{400, "more than one Transfer-Encoding"};
    if (base::lower_ascii(*coding) != "chunked") throw Refusal{501, "unknown Transfer-Encoding"};
}

void check_host(const Request& request) {
    const std::size_t hosts = count(request, "host");
    if (hosts != 1) throw Refusal{400, hosts == 0 ? "no Host" : "more than one Host"};
    if (!is_host_value(*request.header("host"))) throw Refusal{400, "malformed Host"};
}

void check_public(const Request& request, const PublicHosts& hosts) {
    for (const auto& [name, value] : request.headers) {
        if (name != "host" && name != "x-forwarded-host") continue;
        for (const std::string_view host : base::split(value, ','))
            if (!hosts.contains(base::trim(host))) throw Refusal{421, "this site does not answer to that name"};
    }
}

}  // namespace

void check_head(Request& request, bool http_1_0, const PublicHosts& hosts) {
    check_method(request.method);
    check_framing(request, http_1_0);
    check_host(request);
    resolve_target(request);
    check_public(request, hosts);
}

}  // namespace host::http
