#include "http/request_parser.hpp"

#include "http/refusal.hpp"

#include <gtest/gtest.h>

namespace {

using namespace host::http;

// A socket may join what was sent apart; here each byte really comes by itself.
Request parse_byte_by_byte(const std::string& body) {
    RequestParser parser;
    Request request;
    parser.parse_head("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", request);
    parser.limit_body(100);
    std::string in;
    for (const char byte : body) {
        EXPECT_FALSE(parser.done());
        in += byte;
        in.erase(0, parser.parse_body(in));
    }
    EXPECT_TRUE(parser.done());
    EXPECT_EQ(in, "");
    return request;
}

TEST(ChunkedBody, byte_by_byte) {
    EXPECT_EQ(parse_byte_by_byte("0\r\n\r\n").body, "");
    EXPECT_EQ(parse_byte_by_byte("0;last\r\nTrailer: 1\r\n\r\n").body, "");
    EXPECT_EQ(parse_byte_by_byte("1\r\na\r\n0\r\n\r\n").body, "a");
    EXPECT_EQ(parse_byte_by_byte("5;e=\"\\\"\"\r\nhello\r\n06\r\n world\r\n000\r\nA: b\r\nC: d\r\n\r\n").body, "hello world");
}

TEST(ChunkedBody, trailers_are_no_headers) {
    const Request request = parse_byte_by_byte("1\r\na\r\n0\r\nAuthorization: x\r\n\r\n");
    EXPECT_EQ(request.headers, (Pairs{{"transfer-encoding", "chunked"}}));
}

TEST(ChunkedBody, limit_counts_all_chunks) {
    std::string chunks;
    for (int i = 0; i < 11; ++i) chunks += "A\r\n0123456789\r\n";
    try {
        parse_byte_by_byte(chunks);
        FAIL() << "110 bytes were taken";
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.status(), 413);
    }
}

}  // namespace
