#include "http/message.hpp"

#include <gtest/gtest.h>

namespace {

using namespace host::http;

TEST(PercentDecode, malformed_escapes) {
    for (const char* text : {"%", "a%", "%4", "%g1", "%1g", "%%41", "% 41", "%-1"})
        EXPECT_EQ(percent_decode(text, false), std::nullopt) << text;
}

TEST(PercentDecode, plus_is_a_space_only_in_forms) {
    EXPECT_EQ(percent_decode("a+b%2B%2f", true), "a b+/");
    EXPECT_EQ(percent_decode("a+b", false), "a+b");
}

TEST(PercentEncode, keeps_only_unreserved_characters) {
    EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(percent_encode("é &=+/\n"), "%C3%A9%20%26%3D%2B%2F%0A");
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    EXPECT_EQ(percent_decode(percent_encode(bytes), true), bytes);
}

TEST(ParseForm, R09_malformed_forms) {
    for (const char* body : {"a=%", "%zz=1", "a=%00", "%00=a", "a=%ff", "a=\xff", "a=%ed%a0%80", "a=%c0%80", "a=b&c=%f"})
        EXPECT_EQ(parse_form(body), std::nullopt) << body;
    EXPECT_EQ(parse_form(std::string_view{"a=\0", 3}), std::nullopt);
}

TEST(ParseForm, R09_more_than_200_fields) {
    std::string body = "a=1";
    for (int i = 1; i < 200; ++i) body += "&a=1";
    ASSERT_TRUE(parse_form(body));
    EXPECT_EQ(parse_form(body)->size(), 200u);
    EXPECT_EQ(parse_form(body + "&a=1"), std::nullopt);
}

TEST(ParseForm, fields_in_order) {
    EXPECT_EQ(parse_form(""), Pairs{});
    EXPECT_EQ(parse_form("a=1&b=&c&=d&&a=x%3Dy=z+%C3%A9"), (Pairs{{"a", "1"}, {"b", ""}, {"c", ""}, {"", "d"}, {"a", "x=y=z é"}}));
}

TEST(RequestFields, lookups) {
    Request request;
    request.headers = {{"cookie", "sid=abc; theme = dark;x"}, {"host", "a"}, {"cookie", "sid=second; late=1"}};
    request.query = {{"a", "1"}, {"b", "2"}, {"a", "3"}};
    EXPECT_EQ(request.header("host"), "a");
    EXPECT_EQ(request.header("Host"), std::nullopt);
    EXPECT_EQ(request.query_value("a"), "1");
    EXPECT_EQ(request.query_value("a", 1), "3");
    EXPECT_EQ(request.query_value("a", 2), std::nullopt);
    EXPECT_EQ(request.cookie("sid"), "abc");
    EXPECT_EQ(request.cookie("late"), "1");
    EXPECT_EQ(request.cookie("id"), std::nullopt);
    EXPECT_EQ(request.cookie("x"), std::nullopt);
}

}  // namespace
