// What a request line and header may contain: security.md R04, R05, R09, R13.
#include "client.hpp"

#include <gmock/gmock.h>

namespace {

using namespace test;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class Header : public ::testing::Test, protected RunningServer {
protected:
    std::string path_of(const std::string& target) {
        Client client = connect();
        const std::string body = client.get(target).body;
        return body.substr(4, body.find('\n', 4) - 4);
    }
    int refused_target(const std::string& target) { return refused("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"); }
};

TEST_F(Header, R04_host_missing_duplicated_or_malformed) {
    EXPECT_EQ(refused("GET / HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(refused("GET / HTTP/1.0\r\n\r\n"), 400);
    EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"), 400);
    EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: localhost\r\nhost: evil.test\r\n\r\n"), 400);
    for (const char* host : {"", "local host", "localhost, evil.test", "user@localhost", "localhost:port", "localhost:", "localhost:123456",
                             "localhost/", "[::1", "[]", "[::1]x", "[::1]:80:80", "localhost:80:80", "h\xc3\xb4te", ":80"})
        EXPECT_EQ(refused(std::string{"GET / HTTP/1.1\r\nHost: "} + host + "\r\n\r\n"), 400) << host;
}

TEST_F(Header, R04_loopback_names_when_no_host_is_configured) {
    for (const char* host : {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.1.2.3:80", "[::1]", "[::1]:8080"})
        EXPECT_EQ(connect().ask(std::string{"GET / HTTP/1.1\r\nHost: "} + host + "\r\n\r\n").status, 200) << host;
    for (const char* host : {"evil.test", "localhost.evil.test", "127.0.0.1.evil.test", "10.0.0.1", "[fe80::1]", "0.0.0.0"})
        EXPECT_EQ(refused(std::string{"GET / HTTP/1.1\r\nHost: "} + host + "\r\n\r\n"), 421) << host;
}

TEST(Hosts, R04_only_public_hosts_are_answered) {
    ServerOptions values = options();
    values.public_hosts = {"Desk.example.com", "other.example.com:8443"};
    RunningServer site{values};
    for (const char* host : {"desk.example.com", "DESK.example.com:8080", "other.example.com:8443"})
        EXPECT_EQ(site.connect().ask(std::string{"GET / HTTP/1.1\r\nHost: "} + host + "\r\n\r\n").status, 200) << host;
    for (const char* host : {"localhost", "evil.test", "desk.example.com.evil.test", "other.example.com", "other.example.com:80"})
        EXPECT_EQ(site.refused(std::string{"GET / HTTP/1.1\r\nHost: "} + host + "\r\n\r\n"), 421) << host;

    const std::string good = "GET / HTTP/1.1\r\nHost: desk.example.com\r\nX-Forwarded-Host: ";
    EXPECT_EQ(site.connect().ask(good + "desk.example.com\r\n\r\n").status, 200);
    EXPECT_EQ(site.refused(good + "evil.test\r\n\r\n"), 421);
    EXPECT_EQ(site.refused(good + "desk.example.com, evil.test\r\n\r\n"), 421);
    EXPECT_EQ(site.refused(good + "\r\n\r\n"), 421);
}

TEST_F(Header, R05_lines_and_names_that_others_may_read_differently) {
    const std::string line = "GET / HTTP/1.1\r\nHost: localhost\r\n";
    for (const std::string& request : {line + "Name : value\r\n\r\n",
                                       line + "Name\t: value\r\n\r\n",
                                       line + " Name: value\r\n\r\n",
                                       line + ": value\r\n\r\n",
                                       line + "Name\r\n\r\n",
                                       line + "A: b\r\n folded\r\n\r\n",
                                       line + "A: b\r\n\tfolded\r\n\r\n",
                                       line + "A:\r\n \r\n\r\n",
                                       line + "A: b\nB: c\r\n\r\n",
                                       line + "A: b\rB: c\r\n\r\n",
                                       line + "A: b\r\r\n\r\n",
                                       line + "A: b\n\r\n",
                                       std::string{"GET / HTTP/1.1\nHost: localhost\n\n"},
                                       line + "\n",
                                       line + std::string{"A: b\0c\r\n\r\n", 10},
                                       line + std::string{"A\0: b\r\n\r\n", 9},
                                       line + "A\x01: b\r\n\r\n",
                                       line + "A: \x1b[1m\r\n\r\n",
                                       line + "A: \x7f\r\n\r\n",
                                       line + "N\xc3\xa9: b\r\n\r\n",
                                       line + "A(b): c\r\n\r\n",
                                       line + "A=b\r\n\r\n"})
        EXPECT_EQ(refused(request), 400) << request;
}

TEST_F(Header, request_lines_that_are_none) {
    const std::string host = "\r\nHost: localhost\r\n\r\n";
    for (const char* request_line :
         {"GET /", "GET  / HTTP/1.1", "GET /  HTTP/1.1", " GET / HTTP/1.1", "GET / HTTP/1.1 ", "GET / a HTTP/1.1", "GET /\tHTTP/1.1",
          "GET / HTTP/2.0", "GET / HTTP/0.9", "GET / HTTP/1.2", "GET / http/1.1", "GET / HTTP/1.11", "G@T / HTTP/1.1", "GET HTTP/1.1", "/"})
        EXPECT_EQ(refused(request_line + host), 400) << request_line;
    EXPECT_EQ(refused("\x16\x03\x01\x02"), 400) << "TLS on the plain port is told at once, not after the time for a header";
}

TEST_F(Header, R09_uri_of_more_than_8_kib) {
    EXPECT_EQ(connect().get("/" + std::string(8 * 1024 - 1, 'a')).status, 200);
    EXPECT_EQ(refused_target("/" + std::string(8 * 1024, 'a')), 414);
    EXPECT_EQ(refused("GET /" + std::string(9 * 1024, 'a')), 414) << "without waiting for the end of the line";
}

TEST_F(Header, R09_more_than_100_fields_or_32_kib) {
    const auto with_fields = [](int count, const std::string& field) {
        std::string request = "GET / HTTP/1.1\r\nHost: localhost\r\n";
        for (int i = 1; i < count; ++i) request += field;
        return request + "\r\n";
    };
    EXPECT_EQ(connect().ask(with_fields(100, "A: b\r\n")).status, 200);
    EXPECT_EQ(refused(with_fields(101, "A: b\r\n")), 431);
    EXPECT_EQ(connect().ask(with_fields(32, "A: " + std::string(990, 'b') + "\r\n")).status, 200);
    EXPECT_EQ(refused(with_fields(34, "A: " + std::string(990, 'b') + "\r\n")), 431);
    EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: localhost\r\nA: " + std::string(40 * 1024, 'b')), 431);
}

TEST_F(Header, R09_body_over_the_limit_of_its_route) {
    const std::string post = "POST /small HTTP/1.1\r\nHost: localhost\r\n";
    EXPECT_EQ(connect().ask(post + "Content-Length: 10\r\n\r\n0123456789").status, 200);
    EXPECT_EQ(refused(post + "Content-Length: 11\r\n\r\n"), 413) << "waited for the body";
    EXPECT_EQ(refused(post + "Content-Length: 9223372036854775807\r\n\r\n"), 413);
    EXPECT_EQ(connect().ask(post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nhello\r\n0\r\n\r\n").status, 200);
    EXPECT_EQ(refused(post + "Transfer-Encoding: chunked\r\n\r\nB\r\nhello"), 413);
    EXPECT_EQ(refused(post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\nhello"), 413);
    EXPECT_EQ(refused(post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n"), 413);
}

// The client writes all it has before it reads; the answer has to survive that.
TEST_F(Header, R09_the_answer_to_a_body_far_over_the_limit_arrives) {
    Client client = connect();
    client.send("POST /small HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000000\r\n\r\n");
    EXPECT_TRUE(client.send(std::string(20'000'000, 'x'))) << "the connection was reset";
    EXPECT_EQ(client.read().status, 413);
    EXPECT_EQ(client.read_to_end(), "");
}

TEST_F(Header, R13_methods) {
    for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
        EXPECT_THAT(connect().ask(std::string{method} + " / HTTP/1.1\r\nHost: localhost\r\n\r\n").body, StartsWith(method));
    for (const char* request_line : {"TRACE /", "CONNECT localhost:80", "PROPFIND /", "get /", "GETT /", "PRI *"}) {
        Client client = connect();
        const Reply reply = client.ask(std::string{request_line} + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        EXPECT_THAT(reply.status, AnyOf(405, 501)) << request_line;
        EXPECT_THAT(reply.header("allow"), HasSubstr("GET, HEAD, POST"));
        EXPECT_EQ(client.read_to_end(), "");
    }
    EXPECT_EQ(handler.calls, 6);
}

TEST_F(Header, targets) {
    EXPECT_EQ(path_of("/"), "/");
    EXPECT_EQ(path_of("/a%20b/%C3%A9t%c3%a9"), "/a b/été");
    EXPECT_EQ(path_of("/a+b"), "/a+b");
    EXPECT_EQ(path_of("/...a/..b/.c"), "/...a/..b/.c");
    EXPECT_EQ(path_of("/%252e%252e"), "/%2e%2e") << "decoded twice";
    EXPECT_EQ(path_of("/a//b/"), "/a//b/");
    EXPECT_EQ(path_of("/a?/../b"), "/a");
    EXPECT_EQ(path_of("http://localhost/a?b"), "/a");
    EXPECT_EQ(path_of("HTTPS://LOCALHOST?b"), "/");
    EXPECT_THAT(connect().get("/?q=a+b%26c&empty=&flag&q=2").body, HasSubstr("q=a b&c\nempty=\nflag=\nq=2\n"));
}

TEST_F(Header, targets_that_are_refused) {
    for (const char* target : {"/..",
                               "/../etc",
                               "/a/../b",
                               "/a/..",
                               "/./a",
                               "/a/.",
                               "/%2e%2e/a",
                               "/%2E./a",
                               "/.%2e",
                               "/%2e",
                               "/a%2fb",
                               "/a%5cb",
                               "/a\\b",
                               "/%00",
                               "/a%00b",
                               "/%0d%0aSet-Cookie:x",
                               "/%1b",
                               "/%7f",
                               "/%ff",
                               "/%c0%ae",
                               "/%ed%a0%80",
                               "/%C3",
                               "/%",
                               "/%4",
                               "/%zz",
                               "/a#b",
                               "/\xc3\xa9",
                               "a",
                               "*",
                               "//localhost/a\\",
                               "http://evil.test/",
                               "http://user@localhost/",
                               "http:/localhost/",
                               "ftp://localhost/",
                               "http://",
                               "localhost:80",
                               "/?a=%",
                               "/?a=%zz",
                               "/?a=%00",
                               "/?a=%ff",
                               "/?a=\xff"})
        EXPECT_EQ(refused_target(target), 400) << target;
    std::string many = "/?a";
    for (int i = 0; i < 200; ++i) many += "&a";
    EXPECT_EQ(refused_target(many), 400);
}

}  // namespace
