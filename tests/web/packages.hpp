// Copies of built packages with a change, to install over the original.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <initializer_list>
#include <string>
#include <unistd.h>

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

// A folder with these built packages alone, for tests that take one of them away.
class SomePackages {
public:
    SomePackages(std::initializer_list<const char*> ids) {
        for (const auto* id : ids) changed_package(folder_, id, [](std::string&) {});
    }
    ~SomePackages() { std::filesystem::remove_all(folder_); }
    SomePackages(const SomePackages&) = delete;
    const std::filesystem::path& folder() const { return folder_; }

private:
    static inline int next_ = 0;
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("guichet-packages-" + std::to_string(getpid()) + "-" + std::to_string(next_++));
};

}  // namespace web_test
