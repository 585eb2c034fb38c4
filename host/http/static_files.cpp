#include "http/static_files.hpp"

#include "base/sha256.hpp"
#include "base/strings.hpp"

#include <Poco/DeflatingStream.h>

#include <sstream>

namespace host::http {
namespace {

std::string gzip(const std::string& bytes) {
    std::ostringstream compressed;
    Poco::DeflatingOutputStream stream{compressed, Poco::DeflatingStreamBuf::STREAM_GZIP, 9};
    stream << bytes;
    stream.close();
    return std::move(compressed).str();
}

// "gzip;q=0.5": accepted unless its weight is zero.
bool accepts_gzip(const Request& request) {
    for (const std::string_view coding : base::split(request.header("accept-encoding").value_or(""), ',')) {
        const std::vector<std::string_view> parts = base::split(coding, ';');
        if (base::lower_ascii(base::trim(parts.front())) != "gzip") continue;
        const std::string_view weight = parts.size() > 1 ? base::trim(parts[1]) : std::string_view{};
        return !(weight.starts_with("q=0") && weight.find_first_not_of("0.", 2) == std::string_view::npos);
    }
    return false;
}

bool has_current(const Request& request, std::string_view etag) {
    for (std::string_view known : base::split(request.header("if-none-match").value_or(""), ',')) {
        known = base::trim(known);
        if (known.starts_with("W/")) known.remove_prefix(2);
        if (known == etag || known == "*") return true;
    }
    return false;
}

}  // namespace

void StaticFiles::add(std::string_view url_path, std::string_view content_type, std::string bytes) {
    const std::string hash = base::sha256_hex(bytes).substr(0, 32);
    std::string compressed = gzip(bytes);
    if (compressed.size() >= bytes.size()) compressed.clear();
    files_.insert_or_assign(std::string{url_path}, File{std::string{content_type}, '"' + hash + '"', std::move(bytes),
                                                        '"' + hash + "-gzip\"", std::move(compressed)});
}

std::optional<Response> StaticFiles::find(const Request& request) const {
    const auto found = files_.find(request.path);
    if (found == files_.end()) return std::nullopt;
    const File& file = found->second;
    Response response;
    if (request.method != "GET" && request.method != "HEAD") {
        response.status = 405;
        response.set("Allow", "GET, HEAD");
        return response;
    }
    const bool compressed = !file.gzip.empty() && accepts_gzip(request);
    const std::string& etag = compressed ? file.gzip_etag : file.etag;
    response.add("Content-Type", file.content_type);
    response.add("Cache-Control", "public, max-age=31536000, immutable");
    response.add("ETag", etag);
    response.add("Vary", "Accept-Encoding");
    if (has_current(request, etag)) {
        response.status = 304;
        return response;
    }
    if (compressed) response.add("Content-Encoding", "gzip");
    response.body = compressed ? file.gzip : file.bytes;
    return response;
}

}  // namespace host::http
