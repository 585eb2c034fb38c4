#include "http/static_files.hpp"

#include <Poco/InflatingStream.h>
#include <gtest/gtest.h>

#include <iterator>
#include <sstream>

namespace {

using namespace host::http;

const std::string kStyle = [] {
    std::string text;
    for (int i = 0; i < 200; ++i) text += ".c" + std::to_string(i) + "{color:red}";
    return text;
}();

class Assets : public ::testing::Test {
protected:
    Assets() {
        files_.add("/assets/a.1234.css", "text/css; charset=utf-8", kStyle);
        files_.add("/assets/tiny.1234.txt", "text/plain", "x");
    }
    Response find(std::string_view path, Pairs headers = {}, std::string_view method = "GET") const {
        Request request;
        request.path = path;
        request.method = method;
        request.headers = std::move(headers);
        return files_.find(request).value_or(Response{.status = 404, .headers = {}, .body = {}});
    }
    static std::string header(const Response& response, std::string_view name) {
        for (const auto& [key, value] : response.headers)
            if (key == name) return value;
        return "";
    }
    StaticFiles files_;
};

std::string inflate(const std::string& bytes) {
    std::istringstream in{bytes};
    Poco::InflatingInputStream stream{in, Poco::InflatingStreamBuf::STREAM_GZIP};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

TEST_F(Assets, only_exact_paths) {
    for (const char* path : {"/assets/b.css", "/assets/", "/assets/a.1234.css/", "/assets/a.1234.cs", ""})
        EXPECT_EQ(find(path).status, 404) << path;
}

TEST_F(Assets, other_methods_are_not_allowed) {
    const Response response = find("/assets/a.1234.css", {}, "POST");
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(header(response, "Allow"), "GET, HEAD");
    EXPECT_EQ(find("/assets/a.1234.css", {}, "HEAD").status, 200);
}

TEST_F(Assets, as_it_is_unless_gzip_is_accepted) {
    for (const char* accepted : {"", "identity", "deflate, br", "gzip;q=0", "gzip; q=0.000", "xgzip", "gzipped"}) {
        const Response response = find("/assets/a.1234.css", {{"accept-encoding", accepted}});
        EXPECT_EQ(response.body, kStyle) << accepted;
        EXPECT_EQ(header(response, "Content-Encoding"), "");
        EXPECT_EQ(header(response, "Vary"), "Accept-Encoding");
        EXPECT_EQ(header(response, "Cache-Control"), "public, max-age=31536000, immutable");
        EXPECT_EQ(header(response, "Content-Type"), "text/css; charset=utf-8");
    }
}

TEST_F(Assets, compressed_when_accepted) {
    for (const char* accepted : {"gzip", "br, GZIP", "deflate, gzip;q=0.5", "gzip; q=0.001", "gzip;q=1"}) {
        const Response response = find("/assets/a.1234.css", {{"accept-encoding", accepted}});
        EXPECT_EQ(header(response, "Content-Encoding"), "gzip") << accepted;
        EXPECT_LT(response.body.size(), kStyle.size() / 2);
        EXPECT_EQ(inflate(response.body), kStyle);
    }
}

TEST_F(Assets, not_compressed_when_that_gains_nothing) {
    EXPECT_EQ(find("/assets/tiny.1234.txt", {{"accept-encoding", "gzip"}}).body, "x");
}

TEST_F(Assets, not_modified) {
    const std::string plain = header(find("/assets/a.1234.css"), "ETag");
    const std::string gzip = header(find("/assets/a.1234.css", {{"accept-encoding", "gzip"}}), "ETag");
    EXPECT_NE(plain, gzip) << "two representations with one strong tag";
    for (const std::string& known : {plain, "\"x\", " + plain, "W/" + plain, std::string{"*"}}) {
        const Response response = find("/assets/a.1234.css", {{"if-none-match", known}});
        EXPECT_EQ(response.status, 304) << known;
        EXPECT_EQ(response.body, "");
        EXPECT_EQ(header(response, "ETag"), plain);
    }
    EXPECT_EQ(find("/assets/a.1234.css", {{"if-none-match", gzip}}).status, 200);
    EXPECT_EQ(find("/assets/a.1234.css", {{"if-none-match", "\"other\""}}).status, 200);
}

TEST_F(Assets, added_again_replaces) {
    files_.add("/assets/tiny.1234.txt", "text/plain", "y");
    EXPECT_EQ(find("/assets/tiny.1234.txt").body, "y");
}

}  // namespace
