// security.md R14: what a client says of its own address is not believed.
#include "web/client_address.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

std::string client(const std::string& peer, const std::vector<std::string>& forwarded) {
    static const std::vector<std::string> proxies{"10.0.0.1", "10.0.0.2", "::1"};
    host::http::Request request;
    request.peer_ip = peer;
    for (const auto& line : forwarded) request.headers.emplace_back("x-forwarded-for", line);
    return host::web::client_address(request, proxies);
}

}  // namespace

TEST(ClientAddress, R14_NobodyButATrustedProxyIsBelieved) {
    EXPECT_EQ(client("192.0.2.7", {}), "192.0.2.7");
    EXPECT_EQ(client("192.0.2.7", {"198.51.100.1"}), "192.0.2.7");
    EXPECT_EQ(client("192.0.2.7", {"10.0.0.1"}), "192.0.2.7");
}

TEST(ClientAddress, R14_OfAChainTheLastThatIsNoProxyCounts) {
    EXPECT_EQ(client("10.0.0.1", {"198.51.100.1"}), "198.51.100.1");
    EXPECT_EQ(client("10.0.0.1", {"1.1.1.1, 198.51.100.1"}), "198.51.100.1");  // the client's own invention comes first
    EXPECT_EQ(client("10.0.0.1", {"1.1.1.1", "198.51.100.1,10.0.0.2"}), "198.51.100.1");
    EXPECT_EQ(client("::1", {"2001:DB8::1"}), "2001:db8::1");
    EXPECT_EQ(client("10.0.0.1", {}), "10.0.0.1");
    EXPECT_EQ(client("10.0.0.1", {"198.51.100.1, unknown"}), "10.0.0.1");
    EXPECT_EQ(client("10.0.0.1", {"10.0.0.2"}), "10.0.0.2");
}
