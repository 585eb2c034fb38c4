#include "web/client_address.hpp"

#include "base/strings.hpp"

#include <Poco/Net/IPAddress.h>

#include <algorithm>

namespace host::web {

std::string client_address(const http::Request& request, std::span<const std::string> trusted_proxies) {
    const auto is_trusted = [&](const std::string& address) { return std::ranges::find(trusted_proxies, address) != trusted_proxies.end(); };
    auto client = request.peer_ip;
    if (!is_trusted(client)) return client;
    std::string forwarded;  // each proxy adds to the end, in the same line or in another one
    for (const auto& [name, value] : request.headers)
        if (name == "x-forwarded-for") forwarded.append(forwarded.empty() ? "" : ",").append(value);
    auto chain = base::split(forwarded, ',');
    for (; !chain.empty() && is_trusted(client); chain.pop_back()) {
        Poco::Net::IPAddress address;
        if (!Poco::Net::IPAddress::tryParse(std::string{base::trim(chain.back())}, address)) break;
        client = address.toString();
    }
    return client;
}

}  // namespace host::web
