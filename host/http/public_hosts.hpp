// The names this site answers to (security.md R04). Immutable: any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace host::http {

bool is_host_value(std::string_view text);  // "name", "name:port", "[v6]", "[v6]:port"

class PublicHosts {
public:
    // Empty: every loopback name and address.
    explicit PublicHosts(const std::vector<std::string>& names);
    // host: a value of the Host field; a name listed without a port is answered on every port.
    bool contains(std::string_view host) const;

private:
    std::vector<std::string> names_;
};

}  // namespace host::http
