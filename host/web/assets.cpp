#include "web/assets.hpp"

#include "base/content_type.hpp"
#include "base/file.hpp"
#include "base/sha256.hpp"
#include "base/strings.hpp"

#include <stdexcept>

namespace host::web {
namespace {

http::Response not_found() {
    http::Response response;
    response.status = 404;
    response.set("Content-Type", "text/plain; charset=utf-8");
    response.body = "Not found\n";
    return response;
}

// A page from before an upgrade asks with the old hash: it gets today's file, but may not keep it.
http::Response serve_package_asset(const plugin::Asset& asset, std::string_view hash_in_url) {
    http::Response response;
    response.set("Content-Type", asset.content_type);
    response.set("Cache-Control", asset.hash == hash_in_url ? "public, max-age=31536000, immutable" : "no-cache");
    response.body = asset.bytes;
    return response;
}

}  // namespace

Assets::Assets(const std::filesystem::path& folder) {
    if (!std::filesystem::exists(folder)) return;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (!entry.is_regular_file()) continue;
        auto bytes = base::read_file(entry.path());
        if (!bytes) throw std::runtime_error{base::to_text(bytes.problems())};
        const auto name = entry.path().filename().string();
        const auto url = "/assets/" + base::sha256_hex(*bytes).substr(0, 12) + "/" + name;
        files_.add(url, base::content_type_of(name), std::move(*bytes));
        urls_[name] = url;
    }
}

std::string Assets::url(std::string_view file) const {
    const auto it = urls_.find(file);
    return it == urls_.end() ? std::string{} : it->second;
}

http::Response serve_asset(const http::Request& request, const Assets& host_assets, const plugin::Snapshot& snapshot) {
    if (auto file = host_assets.files().find(request)) return std::move(*file);
    const auto parts = base::split(request.path, '/');  // "", "assets", hash, package, file…
    if (parts.size() < 5) return not_found();
    const auto* generation = snapshot.find(parts[3]);
    if (!generation) return not_found();
    const auto file = std::string_view{request.path}.substr(static_cast<std::size_t>(parts[4].data() - request.path.data()));
    const auto& assets = generation->package().assets;
    const auto asset = assets.find(file);
    return asset == assets.end() ? not_found() : serve_package_asset(asset->second, parts[2]);
}

}  // namespace host::web
