#include "file/download.hpp"

#include "base/strings.hpp"
#include "file/media_type.hpp"
#include "file/names.hpp"

#include <charconv>

namespace host::file {
namespace {

struct Range {
    std::uint64_t first = 0, length = 0;
};
enum class Wanted { all, part, nothing };

std::optional<std::uint64_t> to_number(std::string_view text) {
    std::uint64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    return error == std::errc{} && end == text.data() + text.size() && !text.empty() ? std::optional{n} : std::nullopt;
}

// One range of bytes. What is not one (a list, another unit, nonsense) is answered with everything.
Wanted read_range(std::string_view header, std::uint64_t size, Range& range) {
    if (!header.starts_with("bytes=") || header.find(',') != std::string_view::npos) return Wanted::all;
    header = base::trim(header.substr(6));
    const auto dash = header.find('-');
    if (dash == std::string_view::npos) return Wanted::all;
    const auto first = to_number(header.substr(0, dash)), last = to_number(header.substr(dash + 1));
    if ((!first && dash != 0) || (!last && dash + 1 != header.size()) || (!first && !last) || (first && last && *last < *first)) return Wanted::all;
    if (!first) range = {size - std::min(*last, size), std::min(*last, size)};
    else if (*first < size) range = {*first, std::min(last.value_or(size - 1), size - 1) - *first + 1};
    return range.length == 0 ? Wanted::nothing : Wanted::part;
}

bool has_current(const http::Request& request, std::string_view tag) {
    for (auto known : base::split(request.header("if-none-match").value_or(""), ',')) {
        known = base::trim(known);
        if (known.starts_with("W/")) known.remove_prefix(2);
        if (known == tag || known == "*") return true;
    }
    return false;
}

void set_headers(http::Response& response, const StoredFile& file, std::string_view tag, bool display_inline) {
    response.set("Content-Type", file.type == "text/plain" ? "text/plain; charset=utf-8" : std::string_view{file.type});
    response.set("Content-Disposition", content_disposition(file.name, display_inline && may_display(file.type)));
    response.set("Content-Security-Policy", "sandbox; default-src 'none'");
    response.set("X-Content-Type-Options", "nosniff");
    response.set("Cache-Control", "private, no-cache");  // asked again each time: who may read it can change
    response.set("Accept-Ranges", "bytes");
    response.set("ETag", tag);
}

}  // namespace

http::Response download(const http::Request& request, const StoredFile& file, const BlobStore& blobs, bool display_inline) {
    const std::string tag = '"' + file.sha256.substr(0, 32) + '"';
    const auto size = static_cast<std::uint64_t>(file.bytes);
    http::Response response;
    set_headers(response, file, tag, display_inline);
    if (has_current(request, tag)) {
        response.status = 304;
        return response;
    }
    Range range{0, size};
    auto wanted = Wanted::all;
    if (const auto header = request.header("range"); header && request.method == "GET" && request.header("if-range").value_or(tag) == tag) {
        Range asked;
        wanted = read_range(*header, size, asked);
        if (wanted == Wanted::part) range = asked;
    }
    if (wanted == Wanted::nothing) {
        response.status = 416;
        response.set("Content-Range", "bytes */" + std::to_string(size));
        return response;
    }
    if (wanted == Wanted::part) {
        response.status = 206;
        response.set("Content-Range", "bytes " + std::to_string(range.first) + "-" + std::to_string(range.first + range.length - 1) + "/" + std::to_string(size));
    }
    response.body = blobs.read_all(file.sha256, range.first, range.length);
    return response;
}

}  // namespace host::file
