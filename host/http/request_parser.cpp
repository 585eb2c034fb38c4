#include "http/request_parser.hpp"

#include "base/strings.hpp"
#include "http/refusal.hpp"

#include <boost/beast/http/basic_parser.hpp>

namespace host::http {
namespace {

namespace beast = boost::beast;

constexpr std::size_t kMaxChunkHeadBytes = 8 * 1024;  // size line or trailer of a chunked body

[[noreturn]] void refuse(const beast::error_code& error) {
    if (error == beast::http::error::body_limit) throw Refusal{413, "the body is too large"};
    throw Refusal{400, "malformed request: " + error.message()};
}

}  // namespace

class RequestParser::Beast final : public beast::http::basic_parser<true> {
public:
    explicit Beast(Request& request) : request_{request} {}

    bool http_1_0() const { return version_ == 10; }

private:
    using field = beast::http::field;
    using string_view = beast::string_view;
    using error_code = beast::error_code;

    void on_request_impl(beast::http::verb, string_view method, string_view target, int version, error_code&) override {
        request_.method = method;
        request_.target = target;
        version_ = version;
    }
    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_field_impl(field, string_view name, string_view value, error_code&) override {
        if (in_body_) return;  // a trailer must not pass for a header
        request_.headers.emplace_back(base::lower_ascii({name.data(), name.size()}), value);
    }
    void on_header_impl(error_code&) override { in_body_ = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(string_view part, error_code&) override {
        request_.body.append(part.data(), part.size());
        return part.size();
    }
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, string_view part, error_code&) override {
        request_.body.append(part.data(), part.size());
        return part.size();
    }
    void on_finish_impl(error_code&) override {}

    Request& request_;
    int version_ = 0;
    bool in_body_ = false;
};

RequestParser::RequestParser() = default;
RequestParser::~RequestParser() = default;

void RequestParser::parse_head(std::string_view head, Request& request) {
    constexpr std::size_t kUsualFields = 16;
    request.headers.reserve(kUsualFields);
    beast_ = std::make_unique<Beast>(request);
    beast_->header_limit(static_cast<std::uint32_t>(head.size() + 1));
    beast_->body_limit(boost::none);  // known only when the header is, see limit_body()
    beast::error_code error;
    beast_->put({head.data(), head.size()}, error);
    if (error) refuse(error);
}

bool RequestParser::done() const { return beast_->is_done(); }
bool RequestParser::keep_alive() const { return beast_->keep_alive(); }
bool RequestParser::http_1_0() const { return beast_->http_1_0(); }

void RequestParser::limit_body(std::size_t bytes) {
    if (beast_->content_length().value_or(0) > bytes) throw Refusal{413, "the body is too large"};
    beast_->body_limit(bytes);
}

std::size_t RequestParser::parse_body(std::string_view received) {
    // No chunked body ends in fewer bytes than this ("0" and two line ends), and Beast asserts it.
    constexpr std::size_t kShortestEnd = 5;
    std::size_t used = 0;
    while (!done() && used < received.size()) {
        const std::string_view rest = received.substr(used);
        if (beast_->chunked() && rest.size() < kShortestEnd) break;
        beast::error_code error;
        const std::size_t taken = beast_->put({rest.data(), rest.size()}, error);
        used += taken;
        if (error && error != beast::http::error::need_more) refuse(error);
        if (error == beast::http::error::need_more) break;
    }
    if (received.size() - used > kMaxChunkHeadBytes && !done()) throw Refusal{400, "malformed request: chunk header too large"};
    return used;
}

}  // namespace host::http
