// /assets/<hash>/<file> of the host and /assets/<hash>/<package>/<file> of the active packages.
#pragma once

#include "http/static_files.hpp"
#include "plugin/snapshot.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace host::web {

// The host's own files, read once. Any thread.
class Assets {
public:
    explicit Assets(const std::filesystem::path& folder);  // a missing folder has no files
    std::string url(std::string_view file) const;          // "" when there is none
    const http::StaticFiles& files() const noexcept { return files_; }

private:
    std::map<std::string, std::string, std::less<>> urls_;
    http::StaticFiles files_;
};

http::Response serve_asset(const http::Request& request, const Assets& host_assets, const plugin::Snapshot& snapshot);

}  // namespace host::web
