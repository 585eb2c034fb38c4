// Where one request ends and the next begins: security.md R01, R02, R03, R06.
#include "client.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace {

using namespace test;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Framing : public ::testing::Test, protected RunningServer {};

// What follows the refused request must never be taken for one.
const std::string kSmuggled = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

std::string post(const std::string& fields, const std::string& body = "") {
    return "POST /form HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n" + body;
}

TEST_F(Framing, R01_content_length_and_transfer_encoding) {
    EXPECT_EQ(refused(post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + kSmuggled)), 400);
    EXPECT_EQ(refused(post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n" + kSmuggled)), 400);
    EXPECT_EQ(refused(post("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", "0\r\n\r\n" + kSmuggled)), 400);
    EXPECT_EQ(refused(post("Content-Length: 5\r\nTransfer-Encoding: identity\r\n", "hello" + kSmuggled)), 400);
    EXPECT_EQ(refused(post("Content-Length: 5\r\nTransfer-Encoding:\r\n", "hello" + kSmuggled)), 400);
}

TEST_F(Framing, R02_transfer_encodings_that_are_not_chunked) {
    for (const char* coding : {"xchunked", "chunked, gzip", "gzip, chunked", "chunked, chunked", "gzip", "identity", "\"chunked\"",
                               "chunked;q=1", "chunke", "chunked,", ",chunked", "", "\tchunked x"}) {
        const int status = refused(post(std::string{"Transfer-Encoding: "} + coding + "\r\n", "0\r\n\r\n" + kSmuggled));
        EXPECT_THAT(status, AnyOf(400, 501)) << coding;
    }
    EXPECT_EQ(refused(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + kSmuggled)), 400);
    EXPECT_THAT(refused(post("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + kSmuggled)), AnyOf(400, 501));
    EXPECT_EQ(refused("POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + kSmuggled), 400);
}

TEST_F(Framing, R03_content_lengths_that_are_not_one_number) {
    for (const char* length : {"+5", "-5", "5abc", "5 5", "5, 5", "5,5", "5;", "0x5", "5.0", "", " ", "9223372036854775808",
                               "18446744073709551616", "18446744073709551621", "99999999999999999999999", "\xd9\xa5"})
        EXPECT_EQ(refused(post(std::string{"Content-Length: "} + length + "\r\n", "hello" + kSmuggled)), 400) << length;
    EXPECT_EQ(refused(post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello" + kSmuggled)), 400);
    EXPECT_EQ(refused(post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello" + kSmuggled)), 400);
    EXPECT_EQ(refused(post("Content-Length: 5\r\ncontent-length: 5\r\n", "hello" + kSmuggled)), 400);
}

TEST_F(Framing, R06_truncated_bodies_never_reach_the_handler) {
    EXPECT_EQ(refused(post("Content-Length: 10\r\n", "hello"), true), 400);
    EXPECT_EQ(refused(post("Content-Length: 1\r\n"), true), 400);
    for (const char* body :
         {"", "5", "5\r\n", "5\r\nhel", "5\r\nhello", "5\r\nhello\r\n", "5\r\nhello\r\n0\r\n", "5\r\nhello\r\n0\r\nA: b\r\n"})
        EXPECT_EQ(refused(post("Transfer-Encoding: chunked\r\n", body), true), 400) << body;
    EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: local", true), 400);
}

TEST_F(Framing, R06_malformed_chunks) {
    for (const std::string body :
         {"10000000000000000\r\n", "ffffffffffffffffff\r\n", "-1\r\nhello\r\n", "+5\r\nhello\r\n", "0x5\r\nhello\r\n", "5\nhello\n0\n\n",
          "5\r\nhello0\r\n\r\n", "5\r\nhelloworld\r\n", "5 x\r\nhello\r\n0\r\n\r\n", "\r\nhello\r\n", "5;a=\x01\r\nhello\r\n0\r\n\r\n",
          "5;\n\r\nhello\r\n0\r\n\r\n", "g\r\n", "5\r\nhello\r\n0\r\nbad trailer\r\n\r\n",
          "5\r\nhello\r\n0\r\nContent-Length: 3\r\n\r\n"}) {
        EXPECT_EQ(refused(post("Transfer-Encoding: chunked\r\n", body + kSmuggled)), 400) << body;
        EXPECT_EQ(refused(post("Transfer-Encoding: chunked\r\n", body), true), 400) << body;
    }
    const std::string long_extension = "5;a=" + std::string(100'000, 'a');
    EXPECT_EQ(refused(post("Transfer-Encoding: chunked\r\n", long_extension)), 400);
}

TEST_F(Framing, chunked_bodies) {
    const std::pair<std::string, std::string> cases[] = {
        {"0\r\n\r\n", ""},
        {"5\r\nhello\r\n0\r\n\r\n", "hello"},
        {"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"},
        {"A;name=value;other=\"quoted\"\r\n0123456789\r\n000\r\n\r\n", "0123456789"},
        {"5\r\nhello\r\n0\r\nX-Trailer: 1\r\n\r\n", "hello"},
    };
    Client client = connect();
    for (const auto& [sent, understood] : cases) {
        const Reply reply = client.ask(post("Transfer-Encoding: Chunked\r\n", sent));
        EXPECT_EQ(reply.status, 200);
        EXPECT_EQ(reply.body, "POST\n/form\nhost: localhost\ntransfer-encoding: Chunked\n\n" + understood);
        EXPECT_THAT(reply.body, Not(HasSubstr("x-trailer"))) << "a trailer passed for a header";
    }
}

TEST_F(Framing, pipelined_requests_are_answered_in_order) {
    std::string requests;
    for (int i = 0; i < 300; ++i) {
        const std::string number = std::to_string(i);
        requests += "GET /" + number + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        requests += post("Content-Length: " + std::to_string(number.size()) + "\r\n", number);
        requests += post("Transfer-Encoding: chunked\r\n", "1\r\nx\r\n0\r\n\r\n");
    }
    Client client = connect();
    client.send(requests);
    for (int i = 0; i < 300; ++i) {
        ASSERT_THAT(client.read().body, HasSubstr("GET\n/" + std::to_string(i) + "\n"));
        ASSERT_THAT(client.read().body, HasSubstr("\n\n" + std::to_string(i)));
        ASSERT_THAT(client.read().body, HasSubstr("\n\nx"));
    }
}

TEST_F(Framing, requests_before_the_refused_one_are_answered) {
    Client client = connect();
    client.send(kSmuggled + post("Content-Length: +5\r\n", "hello" + kSmuggled));
    EXPECT_EQ(client.read().status, 200);
    EXPECT_EQ(client.read().status, 400);
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_EQ(handler.calls, 1);
}

// The parts arrive one after the other, each in a packet of its own.
void send_split(const Client& client, std::string_view request, std::size_t position) {
    client.send(request.substr(0, position));
    client.send(request.substr(position));
}

TEST_F(Framing, a_valid_request_means_the_same_wherever_it_is_split) {
    const std::string requests[] = {
        "GET /a%20b?x=1&y=%C3%A9 HTTP/1.1\r\nHost: localhost\r\nCookie: a=b\r\n\r\n",
        "\r\n" + post("Content-Length: 11\r\n", "hello\r\n\r\n w"),
        post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n"),
        post("Transfer-Encoding: chunked\r\n", "5;e=1\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\nT: 1\r\n\r\n"),
    };
    for (const std::string& request : requests) {
        Client client = connect();
        const std::string whole = client.ask(request).body;
        ASSERT_NE(whole, "");
        for (std::size_t position = 1; position < request.size(); ++position) {
            send_split(client, request, position);
            ASSERT_EQ(client.read().body, whole) << "split at " << position;
        }
        for (const char& byte : request) client.send({&byte, 1});
        EXPECT_EQ(client.read().body, whole);
    }
}

TEST_F(Framing, a_refused_request_is_refused_wherever_it_is_split) {
    const std::string requests[] = {
        post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
        post("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n5\r\nhellox\r\n0\r\n\r\n"),
        "GET / HTTP/1.1\r\nHost: localhost\r\nA : b\r\n\r\n",
    };
    for (const std::string& request : requests)
        for (std::size_t position = 1; position < request.size(); ++position) {
            Client client = connect();
            send_split(client, request, position);
            ASSERT_EQ(client.read().status, 400) << "split at " << position;
        }
    EXPECT_EQ(handler.calls, 0);
}

TEST_F(Framing, expect_continue) {
    Client client = connect();
    client.send(post("Content-Length: 5\r\nExpect: 100-continue\r\n"));
    EXPECT_EQ(client.read().status, 100);
    EXPECT_THAT(client.ask("hello").body, HasSubstr("\n\nhello"));

    client.send("POST /small HTTP/1.1\r\nHost: localhost\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read().status, 413) << "asked for a body that it does not take";
    EXPECT_EQ(client.read_to_end(), "");
}

TEST_F(Framing, a_body_that_came_with_its_header_is_not_asked_for) {
    Client client = connect();
    EXPECT_EQ(client.ask(post("Content-Length: 5\r\nExpect: 100-continue\r\n", "hello")).status, 200);
}

TEST_F(Framing, keep_alive_and_close) {
    Client kept = connect();
    EXPECT_EQ(kept.get("/").header("connection"), "");
    EXPECT_EQ(kept.get("/").status, 200);

    for (const char* request :
         {"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n",
          "GET /close HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: x, Close\r\n\r\n"}) {
        Client client = connect();
        const Reply reply = client.ask(request + kSmuggled);
        EXPECT_EQ(reply.status, 200);
        EXPECT_EQ(reply.header("connection"), "close");
        EXPECT_EQ(client.read_to_end(), "") << request;
    }
    Client old = connect();
    EXPECT_EQ(old.ask("GET / HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n").header("connection"), "keep-alive");
    EXPECT_EQ(old.get("/").status, 200);
}

TEST_F(Framing, a_client_that_has_finished_sending_still_gets_its_answer) {
    Client client = connect();
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    client.finish_sending();
    EXPECT_EQ(client.read().status, 200);
    EXPECT_EQ(client.read_to_end(), "");
}

}  // namespace
