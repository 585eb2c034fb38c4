#include "file/media_type.hpp"

#include "base/log.hpp"

#include <magic.h>

#include <algorithm>
#include <memory>
#include <mutex>

namespace host::file {
namespace {

constexpr std::string_view kUnknown = "application/octet-stream";
constexpr std::size_t kLookedAt = 1 << 20;

struct Close {
    void operator()(magic_t cookie) const { magic_close(cookie); }
};
using Cookie = std::unique_ptr<std::remove_pointer_t<magic_t>, Close>;

Cookie open_cookie() {
    // what is packed stays packed: the type of the container is the type
    Cookie cookie{magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_ELF)};
    if (cookie && magic_load(cookie.get(), nullptr) == 0) return cookie;
    base::log(base::Level::error, "types of files cannot be told", {{"reason", std::string_view{cookie ? magic_error(cookie.get()) : "no memory"}}});
    return nullptr;
}

}  // namespace

std::string media_type(std::string_view content) {
    static std::mutex mutex;  // a cookie serves one thread at a time
    static const Cookie cookie = open_cookie();
    const std::lock_guard lock{mutex};
    const char* type = cookie ? magic_buffer(cookie.get(), content.data(), std::min(content.size(), kLookedAt)) : nullptr;
    const std::string_view found = type ? std::string_view{type} : kUnknown;
    return std::string{found.find('/') == std::string_view::npos ? kUnknown : found};
}

bool may_display(std::string_view media_type) {
    static constexpr std::string_view kImages[] = {"image/png", "image/jpeg", "image/gif", "image/webp"};
    return std::ranges::find(kImages, media_type) != std::end(kImages);
}

}  // namespace host::file
