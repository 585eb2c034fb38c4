#include "http/public_hosts.hpp"

#include "base/strings.hpp"

#include <Poco/Net/IPAddress.h>

#include <algorithm>

namespace host::http {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kNameChars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
constexpr std::string_view kV6Chars = "0123456789abcdefABCDEF:.";

bool only(std::string_view text, std::string_view chars) {
    return !text.empty() && text.find_first_not_of(chars) == std::string_view::npos;
}

// Without ":port"; the brackets of an IPv6 address stay.
std::string_view name_of(std::string_view host) {
    if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.find(':'));
}

bool is_loopback(std::string_view name) {
    if (name == "localhost") return true;
    const bool v6 = name.starts_with('[');
    Poco::Net::IPAddress address;
    return Poco::Net::IPAddress::tryParse(std::string{v6 ? name.substr(1, name.size() - 2) : name}, address) && address.isLoopback();
}

}  // namespace

bool is_host_value(std::string_view text) {
    const std::string_view name = name_of(text);
    const std::string_view port = text.substr(name.size());
    if (!port.empty() && !(port.front() == ':' && port.size() <= 6 && only(port.substr(1), kDigits))) return false;
    if (!name.starts_with('[')) return only(name, kNameChars);
    return name.size() > 2 && only(name.substr(1, name.size() - 2), kV6Chars);
}

PublicHosts::PublicHosts(const std::vector<std::string>& names) {
    for (const std::string& name : names) names_.push_back(base::lower_ascii(name));
}

bool PublicHosts::contains(std::string_view host) const {
    const std::string lower = base::lower_ascii(host);
    const std::string_view name = name_of(lower);
    if (names_.empty()) return is_loopback(name);
    return std::ranges::any_of(names_, [&](const std::string& known) { return known == lower || known == name; });
}

}  // namespace host::http
