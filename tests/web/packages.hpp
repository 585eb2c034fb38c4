// Copies of built packages with a change, to install over the original.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

namespace web_test {

// <folder>/<id>, with the manifest's text changed.
inline std::filesystem::path changed_package(const std::filesystem::path& folder, const std::string& id, const std::function<void(std::string&)>& change) {
    namespace fs = std::filesystem;
    const auto to = folder / id;
    fs::remove_all(to);
    fs::create_directories(folder);
    fs::copy(fs::path{BUILD_DIR} / "packages" / id, to, fs::copy_options::recursive);
    std::string text;
    {
        std::ifstream in{to / "plugin.json"};
        text.assign(std::istreambuf_iterator<char>{in}, {});
    }
    change(text);
    std::ofstream{to / "plugin.json"} << text;
    return to;
}

// The same version with other content: installing it is an upgrade, with a new mapping of the library.
inline std::filesystem::path package_variant(const std::filesystem::path& folder, const std::string& id, const std::string& mark) {
    const auto to = changed_package(folder, id, [](std::string&) {});
    std::filesystem::create_directories(to / "templates");
    std::ofstream{to / "templates" / "variant.html"} << "<p>" << mark << "</p>\n";
    return to;
}

}  // namespace web_test
