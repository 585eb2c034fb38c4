// How a file is answered: ranges, entity tags, what a browser may do with it (security.md R41).
#include "base/sha256.hpp"
#include "file/download.hpp"
#include "plugin/packages.hpp"

#include <gtest/gtest.h>

namespace host::file {
namespace {

class Download : public testing::Test {
protected:
    http::Response get(const std::string& range = {}, const http::Pairs& more = {}, bool display_inline = false) {
        http::Request request;
        request.method = "GET";
        request.headers = more;
        if (!range.empty()) request.headers.emplace_back("range", range);
        return download(request, file_, blobs_, display_inline);
    }
    static std::string header(const http::Response& response, std::string_view name) {
        for (const auto& [key, value] : response.headers)
            if (key == name) return value;
        return {};
    }
    void SetUp() override { blobs_.put(file_.sha256, "0123456789"); }

    plugin_tests::TemporaryFolder folder_;
    BlobStore blobs_{folder_.path()};
    StoredFile file_{1, 10, "dix.txt", "text/plain", base::sha256_hex("0123456789")};
};

}  // namespace

TEST_F(Download, is_an_attachment_that_a_browser_does_not_run) {
    const auto answer = get();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "0123456789");
    EXPECT_EQ(header(answer, "Content-Disposition"), "attachment; filename=\"dix.txt\"");
    EXPECT_EQ(header(answer, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(answer, "Content-Security-Policy"), "sandbox; default-src 'none'");
    EXPECT_EQ(header(answer, "Cache-Control"), "private, no-cache");
}

TEST_F(Download, only_images_that_cannot_carry_code_are_shown_inside) {
    for (const auto& [type, inside] : {std::pair{"image/png", true}, {"image/webp", true}, {"image/svg+xml", false}, {"text/html", false}, {"application/pdf", false},
                                       {"application/octet-stream", false}, {"text/plain", false}}) {
        file_.type = type;
        EXPECT_EQ(header(get({}, {}, true), "Content-Disposition").starts_with("inline"), inside) << type;
        EXPECT_TRUE(header(get(), "Content-Disposition").starts_with("attachment")) << type;
    }
}

TEST_F(Download, one_range) {
    const std::tuple<std::string, int, std::string, std::string> cases[] = {
        {"bytes=2-4", 206, "234", "bytes 2-4/10"},   {"bytes=7-", 206, "789", "bytes 7-9/10"},       {"bytes=-3", 206, "789", "bytes 7-9/10"},
        {"bytes=8-100", 206, "89", "bytes 8-9/10"},  {"bytes=-100", 206, "0123456789", "bytes 0-9/10"}, {"bytes=10-", 416, "", "bytes */10"},
        {"bytes=-0", 416, "", "bytes */10"},         {"bytes=4-2", 200, "0123456789", ""},           {"bytes=0-1,3-4", 200, "0123456789", ""},
        {"lines=1-2", 200, "0123456789", ""},        {"bytes=a-b", 200, "0123456789", ""},           {"bytes=", 200, "0123456789", ""},
        {"bytes=-", 200, "0123456789", ""},          {"bytes=1-2-3", 200, "0123456789", ""},         {"bytes=99999999999999999999-", 200, "0123456789", ""},
    };
    for (const auto& [range, status, body, content_range] : cases) {
        const auto answer = get(range);
        EXPECT_EQ(answer.status, status) << range;
        EXPECT_EQ(answer.body, body) << range;
        EXPECT_EQ(header(answer, "Content-Range"), content_range) << range;
    }
}

TEST_F(Download, known_content_is_not_sent_again_and_a_range_of_other_content_is_all_of_this) {
    const auto tag = header(get(), "ETag");
    EXPECT_EQ(get({}, {{"if-none-match", "\"x\", W/" + tag}}).status, 304);
    EXPECT_EQ(get({}, {{"if-none-match", "\"x\""}}).status, 200);
    EXPECT_EQ(get("bytes=0-1", {{"if-range", tag}}).status, 206);
    EXPECT_EQ(get("bytes=0-1", {{"if-range", "\"x\""}}).status, 200);
}

TEST_F(Download, content_that_is_gone_is_an_error_not_an_empty_file) {
    blobs_.remove(file_.sha256);
    EXPECT_THROW(get(), StorageError);
}

}  // namespace host::file
