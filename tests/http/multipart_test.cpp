// Forms with files: what browsers and curl send is read, what two readers could understand differently is refused.
#include "http/multipart.hpp"

#include <gtest/gtest.h>

namespace host::http {
namespace {

std::string part(const std::string& headers, const std::string& content, const std::string& boundary = "b") {
    return "--" + boundary + "\r\n" + headers + "\r\n\r\n" + content + "\r\n";
}
std::string field(const std::string& disposition, const std::string& content = "x") {
    return part("Content-Disposition: form-data; " + disposition, content) + "--b--\r\n";
}
std::string filename_of(const std::string& disposition) {
    const auto form = parse_multipart(field("name=\"f\"; " + disposition), "b");
    return form && form->uploads.size() == 1 ? form->uploads[0].filename : "refused";
}

}  // namespace

TEST(Multipart, boundary_is_taken_from_the_type_only_when_there_is_one) {
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=----WebKitFormBoundaryA1"), "----WebKitFormBoundaryA1");
    EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\""), "a b");
    for (const auto* type : {"", "multipart/form-data", "multipart/mixed; boundary=b", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a ",
                             "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=\"a\xC3\xA9\"", "application/x-www-form-urlencoded; boundary=b",
                             "multipart/form-data; boundary=\"ab \""})
        EXPECT_EQ(multipart_boundary(type), "") << type;
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')), "");
}

TEST(Multipart, fields_and_files_in_their_order) {
    const auto form = parse_multipart(part("Content-Disposition: form-data; name=\"a\"", "1\r\n2") +
                                          part("Content-Disposition: form-data; name=\"f\"; filename=\"\xC3\xA9t\xC3\xA9.txt\"\r\nContent-Type: text/plain", std::string{"\0\r\n-b", 5}) +
                                          part("content-disposition:form-data;name=a", "") + "--b--\r\n",
                                      "b");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->fields, (Pairs{{"a", "1\r\n2"}, {"a", ""}}));
    ASSERT_EQ(form->uploads.size(), 1u);
    EXPECT_EQ(form->uploads[0].field, "f");
    EXPECT_EQ(form->uploads[0].filename, "\xC3\xA9t\xC3\xA9.txt");
    EXPECT_EQ(form->uploads[0].content, (std::string{"\0\r\n-b", 5}));
}

TEST(Multipart, an_empty_control_for_files_is_no_upload_and_an_empty_file_is_one) {
    EXPECT_TRUE(parse_multipart(field("name=\"f\"; filename=\"\"", ""), "b")->uploads.empty());
    EXPECT_EQ(parse_multipart(field("name=\"f\"; filename=\"empty\"", ""), "b")->uploads.size(), 1u);
    EXPECT_TRUE(parse_multipart("--b--", "b")->fields.empty());
}

TEST(Multipart, names_as_browsers_curl_and_rfc_8187_write_them) {
    EXPECT_EQ(filename_of(R"(filename="a%22b.txt")"), "a\"b.txt");
    EXPECT_EQ(filename_of(R"(filename="a%41.txt")"), "a%41.txt");
    EXPECT_EQ(filename_of(R"(filename="a\"b\\c.txt")"), "a\"b\\c.txt");
    EXPECT_EQ(filename_of(R"(filename="C:\temp\a;b.svg")"), "C:\\temp\\a;b.svg");
    EXPECT_EQ(filename_of(R"(filename="x"; filename*=UTF-8''na%C3%AFve.txt)"), "na\xC3\xAFve.txt");
    EXPECT_EQ(filename_of(R"(filename*=iso-8859-1''x)"), "refused");
    EXPECT_EQ(filename_of(R"(filename*=UTF-8''%ff)"), "refused");
    EXPECT_EQ(filename_of(R"(filename*=UTF-8''a%00b)"), "refused");
    EXPECT_EQ(filename_of("filename=\"\xFF\""), "refused");
}

TEST(Multipart, what_is_not_as_it_must_be_is_refused) {
    for (const auto& body : {std::string{}, std::string{"--b"}, std::string{"text\r\n"} + field("name=\"a\""), field("name=\"a\"") + "more",
                             part("Content-Disposition: form-data; name=\"a\"", "x"), field("name=\"a\"; name=\"b\""), field("filename=\"a\""), field("name=\"\""),
                             field("name=\"a"), field("name=\"a\" x"), field("name=\"a\x01\xFF\""), field("name=\"a\"", "\xFF"), field("name=\"a\"", std::string{"\0", 1}),
                             part("Content-Disposition: attachment; name=\"a\"", "x") + "--b--\r\n", part("Content-Type: text/plain", "x") + "--b--\r\n",
                             part("Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"", "x") + "--b--\r\n",
                             part("Content-Disposition: form-data;\r\n name=\"a\"", "x") + "--b--\r\n", part("Content-Disposition : form-data; name=\"a\"", "x") + "--b--\r\n",
                             part("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64", "x") + "--b--\r\n",
                             std::string{"--b\nContent-Disposition: form-data; name=\"a\"\n\nx\n--b--\n"}, std::string{"--b\r\n\r\n\r\nx\r\n--b--\r\n"},
                             part("Content-Disposition: form-data; name=\"a\"", "x\r\n--bc") + "--b--\r\n"})
        EXPECT_FALSE(parse_multipart(body, "b")) << body;
}

TEST(Multipart, limits) {
    const auto many = [](int n, const std::string& more) {
        std::string body;
        for (int i = 0; i < n; ++i) body += part("Content-Disposition: form-data; name=\"a\"" + more, "x");
        return parse_multipart(body + "--b--", "b").has_value();
    };
    EXPECT_TRUE(many(kMaxParts, ""));
    EXPECT_FALSE(many(kMaxParts + 1, ""));
    EXPECT_TRUE(many(kMaxUploads, "; filename=\"x\""));
    EXPECT_FALSE(many(kMaxUploads + 1, "; filename=\"x\""));
    EXPECT_FALSE(many(1, "\r\nX: " + std::string(kMaxPartHeaderBytes, 'x')));
    EXPECT_TRUE(parse_multipart(field("name=\"a\"", std::string(kMaxFieldBytes, 'x')), "b"));
    EXPECT_FALSE(parse_multipart(field("name=\"a\"", std::string(kMaxFieldBytes + 1, 'x')), "b"));
}

}  // namespace host::http
