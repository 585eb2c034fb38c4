// What is sent back, whatever the handler does: security.md R07, R12.
#include "client.hpp"

#include <gmock/gmock.h>

namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

class Answer : public ::testing::Test, protected RunningServer {};

TEST(ResponseHeader, R07_control_characters_are_refused) {
    Response response;
    for (const std::string& value : {std::string{"a\rb"}, std::string{"a\nb"}, std::string{"a\0b", 3}, std::string{"a\r\nSet-Cookie: b"}}) {
        EXPECT_THROW(response.set("Location", value), std::invalid_argument);
        EXPECT_THROW(response.add("Location", value), std::invalid_argument);
    }
    for (const char* name : {"", "A B", "A:", "A\r\n", "N\xc3\xa9"}) EXPECT_THROW(response.set(name, "a"), std::invalid_argument);
    EXPECT_TRUE(response.headers.empty());
}

TEST(ResponseHeader, set_replaces_and_add_appends) {
    Response response;
    response.set("Content-Type", "a");
    response.set("content-type", "b");
    response.add("Set-Cookie", "1");
    response.add("Set-Cookie", "2");
    EXPECT_EQ(response.headers, (host::http::Pairs{{"content-type", "b"}, {"Set-Cookie", "1"}, {"Set-Cookie", "2"}}));
}

TEST_F(Answer, R07_a_forged_header_does_not_reach_the_wire) {
    Client client = connect();
    client.send("GET /forged HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    const std::string wire = client.read_to_end();
    EXPECT_THAT(wire, HasSubstr("HTTP/1.1 500 "));
    EXPECT_THAT(wire, Not(HasSubstr("forged")));
}

TEST_F(Answer, a_handler_does_not_move_the_border_of_a_response) {
    Client client = connect();
    const Reply reply = client.get("/framing");
    EXPECT_EQ(reply.headers.count("content-length"), 1u);
    EXPECT_THAT(reply.body, HasSubstr("/framing"));
    EXPECT_EQ(client.get("/").status, 200);
}

TEST_F(Answer, R12_exceptions_become_500_with_the_id_of_the_request) {
    for (const char* path : {"/throw", "/throw-int"}) {
        const Reply reply = connect().get(path);
        EXPECT_EQ(reply.status, 500);
        EXPECT_THAT(reply.body, MatchesRegex("500 internal error [0-9a-f]{16}"));
        EXPECT_THAT(reply.body, Not(HasSubstr("secret")));
        EXPECT_EQ(reply.header("server"), "");
    }
}

TEST_F(Answer, fields_of_the_connection) {
    const Reply reply = connect().get("/");
    EXPECT_THAT(reply.header("date"),
                MatchesRegex("(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT"));
    EXPECT_EQ(reply.header("content-length"), std::to_string(reply.body.size()));
    EXPECT_EQ(reply.header("server"), "");
    EXPECT_EQ(reply.header("connection"), "");
}

TEST_F(Answer, head_has_the_length_but_no_body) {
    Client client = connect();
    client.send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const Reply reply = client.read(true);
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.header("content-length"), std::to_string(std::string{"HEAD\n/\nhost: localhost\n\n"}.size()));
    EXPECT_THAT(client.get("/next").body, HasSubstr("/next")) << "a body was sent after HEAD";
}

TEST_F(Answer, no_content_has_neither_body_nor_length) {
    Client client = connect();
    const Reply reply = client.get("/empty");
    EXPECT_EQ(reply.status, 204);
    EXPECT_EQ(reply.headers.count("content-length"), 0u);
    EXPECT_THAT(client.get("/next").body, HasSubstr("/next"));
}

struct Inspect : EchoHandler {
    Response handle(Request& request) override {
        Response response;
        response.body = request.peer_ip + " " + request.id;
        return response;
    }
};

TEST(Peer, request_carries_peer_and_id) {
    Inspect inspect;
    host::http::Server other{options(), inspect};
    other.start();
    Client client{other.port()};
    const std::string first = client.get("/").body;
    EXPECT_THAT(first, MatchesRegex("127\\.0\\.0\\.1 [0-9a-f]{16}"));
    EXPECT_NE(client.get("/").body, first);
}

TEST(Peer, an_ipv4_client_of_an_ipv6_listener_has_its_ipv4_address) {
    Inspect inspect;
    ServerOptions values = options();
    values.host = "::ffff:127.0.0.1";
    host::http::Server other{values, inspect};
    other.start();
    EXPECT_THAT(Client{other.port()}.get("/").body, MatchesRegex("127\\.0\\.0\\.1 [0-9a-f]{16}"));
}

}  // namespace
