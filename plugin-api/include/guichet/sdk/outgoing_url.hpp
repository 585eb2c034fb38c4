// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/outgoing_url.hpp - URLs that users enter and the server fetches: only public addresses are spoken to, so that nobody
// reaches the networks behind the server through it (security.md R49). Blocks while a name is looked up. Include it by itself.
#pragma once

#include <arpa/inet.h>
#include <netdb.h>
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guichet {

struct OutgoingUrl {
    bool tls = false;
    std::string host;  // lower case; an IPv6 address without its brackets
    uint16_t port = 0;
    std::string target;  // path and query, never empty

    // "hooks.example.org" or "hooks.example.org:8443", as the Host header wants it.
    std::string authority() const {
        const auto name = host.find(':') == host.npos ? host : '[' + host + ']';
        return port == (tls ? 443 : 80) ? name : name + ':' + std::to_string(port);
    }
};

namespace detail {

inline bool is_ipv4(const std::string& text) {
    in_addr address{};
    return ::inet_pton(AF_INET, text.c_str(), &address) == 1;
}
inline bool is_ipv6(const std::string& text) {
    in6_addr address{};
    return ::inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

// A name of labels; addresses only as four decimal numbers: 2130706433, 0x7f.1 and 127.1 are other spellings of some.
inline bool is_host_name(const std::string& host) {
    if (host.empty() || host.size() > 253) return false;
    std::string_view rest = host, label;
    while (!rest.empty()) {
        label = rest.substr(0, rest.find('.'));
        const bool plain =
            std::all_of(label.begin(), label.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
        if (label.empty() || label.size() > 63 || !plain || label.front() == '-' || label.back() == '-') return false;
        if (label.size() == rest.size()) break;
        rest.remove_prefix(label.size() + 1);
        if (rest.empty()) return false;  // "localhost."
    }
    const bool number = std::all_of(label.begin(), label.end(), [](char c) { return c >= '0' && c <= '9'; }) || label.starts_with("0x");
    return !number || is_ipv4(host);
}

inline bool within(uint32_t address, uint32_t network, int bits) { return (address >> (32 - bits)) == (network >> (32 - bits)); }

}  // namespace detail

// http://host[:port][/path][?query] or the same with https. Nothing with a user, a fragment, blanks, control or non-ASCII characters.
inline std::optional<OutgoingUrl> parse_outgoing_url(std::string_view url) {
    const bool odd = std::any_of(url.begin(), url.end(),
                                 [](char c) { return c <= ' ' || c >= 0x7f || c == '\\' || c == '#' || c == '"' || c == '<' || c == '>'; });
    const auto scheme = url.substr(0, std::min(url.find("://"), url.size()));
    if (odd || url.size() > 2000 || (scheme != "http" && scheme != "https")) return std::nullopt;
    OutgoingUrl out;
    out.tls = scheme == "https";
    url.remove_prefix(scheme.size() + 3);
    auto authority = url.substr(0, url.find_first_of("/?"));
    out.target = url.substr(authority.size());
    if (!out.target.starts_with('/')) out.target.insert(0, 1, '/');
    const auto closing = authority.starts_with('[') ? authority.find(']') : 0;
    if (closing == authority.npos) return std::nullopt;
    const auto colon = authority.find(':', closing);
    std::string_view port = out.tls ? "443" : "80";
    if (colon != authority.npos) port = authority.substr(colon + 1), authority = authority.substr(0, colon);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
    if (error != std::errc{} || end != port.data() + port.size() || out.port == 0) return std::nullopt;
    if (closing > 0 && closing + 1 != authority.size()) return std::nullopt;
    out.host = closing > 0 ? authority.substr(1, closing - 1) : authority;
    for (char& c : out.host) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    if (closing > 0 ? !detail::is_ipv6(out.host) : !detail::is_host_name(out.host)) return std::nullopt;
    return out;
}

// Whether the whole internet may speak to it. A numeric address as inet_ntop writes it; IPv4 inside of IPv6 never is (RFC 6890).
inline bool is_public_address(const std::string& address) {
    in_addr v4{};
    if (::inet_pton(AF_INET, address.c_str(), &v4) == 1) {
        static constexpr struct {
            uint32_t network;
            int bits;
        } kSpecial[] = {{0x00000000, 8},  {0x0a000000, 8},  {0x64400000, 10}, {0x7f000000, 8},  {0xa9fe0000, 16},
                        {0xac100000, 12}, {0xc0000000, 24}, {0xc0000200, 24}, {0xc0586300, 24}, {0xc0a80000, 16},
                        {0xc6120000, 15}, {0xc6336400, 24}, {0xcb007100, 24}, {0xe0000000, 3}};
        const auto n = ntohl(v4.s_addr);
        return std::none_of(std::begin(kSpecial), std::end(kSpecial), [n](const auto& s) { return detail::within(n, s.network, s.bits); });
    }
    in6_addr v6{};
    if (::inet_pton(AF_INET6, address.c_str(), &v6) != 1) return false;
    uint32_t n = 0;
    std::memcpy(&n, v6.s6_addr, 4);
    n = ntohl(n);
    // global unicast without the protocols' own, documentation and 6to4
    return detail::within(n, 0x20000000, 3) && !detail::within(n, 0x20010000, 23) && n != 0x20010db8 &&
           !detail::within(n, 0x20020000, 16) && !detail::within(n, 0x3fff0000, 20);
}

struct OutgoingAddress {
    std::string address;  // the only one to connect to: the name is not looked up again; "" with a problem
    enum class Problem { none, unknown, internal } problem = Problem::none;
};

// Internal hosts are those that an administrator lists, "host" or "host:port" as written in URLs. Of any other, every address must
// be public.
inline OutgoingAddress resolve_outgoing(const OutgoingUrl& url, const std::vector<std::string>& internal_hosts) {
    using Problem = OutgoingAddress::Problem;
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(url.host.c_str(), nullptr, &hints, &found) != 0) return {{}, Problem::unknown};
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> list{found, &::freeaddrinfo};
    const auto listed = [&](const std::string& host) { return host == url.host || host == url.host + ':' + std::to_string(url.port); };
    const bool internal = std::any_of(internal_hosts.begin(), internal_hosts.end(), listed);
    OutgoingAddress out{{}, Problem::unknown};
    for (const auto* a = list.get(); a; a = a->ai_next) {
        char text[NI_MAXHOST];
        if (::getnameinfo(a->ai_addr, a->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0) continue;
        if (!internal && !is_public_address(text)) return {{}, Problem::internal};
        if (out.address.empty()) out = {text, Problem::none};
    }
    return out;
}

}  // namespace guichet
