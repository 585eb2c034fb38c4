// libFuzzer target (security.md F1): whatever the bytes, reading requests ends without a crash, and where the
// stream was split does not change what is understood. By hand, in the folder of the host:
// clang++ -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -I. http/{head_scanner,request_parser,head_rules,target}.cpp
//   http/{public_hosts,message,field_syntax}.cpp base/strings.cpp ../tests/http/request_fuzz.cpp -lPocoNet -lPocoFoundation
#include "http/head_rules.hpp"
#include "http/head_scanner.hpp"
#include "http/refusal.hpp"
#include "http/request_parser.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace host::http;

constexpr std::size_t kBodyLimit = 1000;
const PublicHosts kHosts{{}};

// Reads a stream the way a connection does, and writes down what it understood.
class Reader {
public:
    void feed(std::string_view bytes) {
        in_ += bytes;
        while (!refused_ && read_request()) {
        }
    }
    const std::string& understood() const { return understood_; }

private:
    bool read_request() try {
        if (!in_body_ && !read_head()) return false;
        if (!parser_.done()) in_.erase(0, parser_.parse_body(in_));
        if (!parser_.done()) return false;
        understood_ += "\n" + request_.body + "\n";
        request_ = {};
        scanner_.reset();
        in_body_ = false;
        return true;
    } catch (const Refusal& refusal) {
        understood_ += std::to_string(refusal.status());
        refused_ = true;
        return false;
    }

    bool read_head() {
        const std::size_t size = scanner_.scan(in_);
        if (size == 0) return false;
        parser_.parse_head(std::string_view{in_}.substr(0, size), request_);
        check_head(request_, parser_.http_1_0(), kHosts);
        in_.erase(0, size);
        in_body_ = true;
        if (!parser_.done()) parser_.limit_body(kBodyLimit);
        understood_ += request_.method + request_.path + "?" + request_.query_string;
        for (const auto& [name, value] : request_.headers) understood_ += name + ":" + value;
        return true;
    }

    std::string in_;
    HeadScanner scanner_{{4096, 1024, 20}};
    RequestParser parser_;
    Request request_;
    bool in_body_ = false;
    bool refused_ = false;
    std::string understood_;
};

std::string understand(std::string_view stream, std::size_t split) {
    Reader reader;
    reader.feed(stream.substr(0, split));
    reader.feed(stream.substr(split));
    return reader.understood();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::string_view stream{reinterpret_cast<const char*>(data) + 2, size - 2};
    const std::size_t split = std::min<std::size_t>(data[0] * 256u + data[1], stream.size());
    if (understand(stream, split) != understand(stream, stream.size())) std::abort();
    return 0;
}
