// R49: which URLs the server may be sent to.
#include <guichet/sdk/outgoing_url.hpp>

#include <gtest/gtest.h>

namespace {

using guichet::is_public_address;
using guichet::parse_outgoing_url;
using guichet::resolve_outgoing;
using Problem = guichet::OutgoingAddress::Problem;

bool refused(const std::string& url) {
    const auto parsed = parse_outgoing_url(url);
    return !parsed || resolve_outgoing(*parsed, {}).problem != Problem::none;
}

}  // namespace

TEST(OutgoingUrl, R49_internal_addresses_in_any_spelling_are_refused) {
    for (const std::string url : {"http://127.0.0.1/",
                                  "http://127.1/",
                                  "http://127.0.0.1:5432/",
                                  "http://2130706433/",
                                  "http://0x7f.1/",
                                  "http://0x7f000001/",
                                  "http://017700000001/",
                                  "http://0177.0.0.1/",
                                  "http://127.000.000.001/",
                                  "http://0/",
                                  "http://0.0.0.0/",
                                  "http://localhost/",
                                  "http://LOCALHOST:80/",
                                  "http://localhost./",
                                  "http://[::1]/",
                                  "http://[::]/",
                                  "http://[::ffff:127.0.0.1]/",
                                  "http://[::ffff:7f00:1]/",
                                  "http://[::127.0.0.1]/",
                                  "http://[64:ff9b::7f00:1]/",
                                  "http://[2002:7f00:1::]/",
                                  "http://[fe80::1]/",
                                  "http://[fc00::1]/",
                                  "http://[fd12:3456::1]/",
                                  "http://[ff02::1]/",
                                  "http://10.0.0.1/",
                                  "http://172.16.0.1/",
                                  "http://172.31.255.255/",
                                  "http://192.168.1.1/",
                                  "http://169.254.169.254/latest/",
                                  "http://100.64.0.1/",
                                  "http://224.0.0.1/",
                                  "http://255.255.255.255/",
                                  "http://198.18.0.1/",
                                  "http://192.0.2.1/"})
        EXPECT_TRUE(refused(url)) << url;
}

TEST(OutgoingUrl, R49_only_plain_urls_are_understood) {
    for (const std::string url : {"",
                                  "http://",
                                  "https:///x",
                                  "ftp://example.org/",
                                  "file:///etc/passwd",
                                  "gopher://example.org/",
                                  "//example.org/",
                                  "HTTP//example.org",
                                  "javascript:alert(1)",
                                  "http://user@example.org/",
                                  "http://user:pass@127.0.0.1/",
                                  "http://example.org@127.0.0.1/",
                                  "http://127.0.0.1#@example.org/",
                                  "http://example.org\\@127.0.0.1/",
                                  "http://example.org:0/",
                                  "http://example.org:65536/",
                                  "http://example.org:80:80/",
                                  "http://example.org:/",
                                  "http://example.org:8x/",
                                  "http://exa mple.org/",
                                  "http://example.org/a b",
                                  "http://example.org/\r\nHost: x",
                                  "http://ex\xc3\xa4mple.org/",
                                  "http://\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa7.0.0.1/",
                                  "http://%31%32%37.0.0.1/",
                                  "http://example..org/",
                                  "http://.example.org/",
                                  "http://-x.org/",
                                  "http://[::1/",
                                  "http://[::1]x/",
                                  "http://[fe80::1%25eth0]/",
                                  "http://a_b.org/"})
        EXPECT_FALSE(parse_outgoing_url(url)) << url;
}

TEST(OutgoingUrl, what_is_fine_is_taken_apart) {
    const auto url = parse_outgoing_url("https://Hooks.Example.ORG:8443/in?token=a%20b");
    ASSERT_TRUE(url);
    EXPECT_TRUE(url->tls);
    EXPECT_EQ(url->host, "hooks.example.org");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->target, "/in?token=a%20b");
    EXPECT_EQ(url->authority(), "hooks.example.org:8443");
    EXPECT_EQ(parse_outgoing_url("http://example.org?x=1")->target, "/?x=1");
    EXPECT_EQ(parse_outgoing_url("https://example.org")->authority(), "example.org");
    EXPECT_EQ(parse_outgoing_url("http://[2606:4700::1111]:8080/")->authority(), "[2606:4700::1111]:8080");
}

TEST(OutgoingUrl, public_addresses_are_not_refused) {
    for (const std::string address : {"8.8.8.8", "9.255.255.255", "11.0.0.1", "100.128.0.1", "172.32.0.1", "192.167.255.255",
                                      "223.255.255.255", "2606:4700::1111", "2a00:1450:4007::1"})
        EXPECT_TRUE(is_public_address(address)) << address;
    EXPECT_EQ(resolve_outgoing(*parse_outgoing_url("http://8.8.8.8/"), {}).address, "8.8.8.8");
    EXPECT_FALSE(is_public_address("no address"));
    EXPECT_FALSE(is_public_address("2001:db8::1"));
}

TEST(OutgoingUrl, R49_an_administrator_lists_internal_hosts) {
    const auto url = *parse_outgoing_url("http://127.0.0.1:8080/");
    EXPECT_EQ(resolve_outgoing(url, {"127.0.0.1:8081", "localhost", "127.0.0.10"}).problem, Problem::internal);
    EXPECT_EQ(resolve_outgoing(url, {"127.0.0.1:8080"}).address, "127.0.0.1");
    EXPECT_EQ(resolve_outgoing(url, {"127.0.0.1"}).address, "127.0.0.1");
    EXPECT_EQ(resolve_outgoing(*parse_outgoing_url("http://no-such-host.invalid/"), {}).problem, Problem::unknown);
}
