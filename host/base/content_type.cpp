#include "base/content_type.hpp"

#include <utility>

namespace host::base {

std::string_view content_type_of(std::string_view file_name) {
    static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
        {".css", "text/css; charset=utf-8"},        {".js", "text/javascript; charset=utf-8"}, {".svg", "image/svg+xml"},
        {".png", "image/png"},                      {".jpg", "image/jpeg"},                    {".webp", "image/webp"},
        {".ico", "image/x-icon"},                   {".woff2", "font/woff2"},                  {".json", "application/json"},
        {".webmanifest", "application/manifest+json"}, {".txt", "text/plain; charset=utf-8"},
    };
    for (const auto& [extension, type] : kTypes)
        if (file_name.ends_with(extension)) return type;
    return "application/octet-stream";
}

}  // namespace host::base
