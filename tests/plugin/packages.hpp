// A folder of packages for one test: copies of what tests/plugin/hostile builds, changed as the test needs.
#pragma once

#include "base/file.hpp"
#include "base/random.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace host::plugin_tests {

class TemporaryFolder {
public:
    TemporaryFolder() : path_{std::filesystem::temp_directory_path() / ("guichet-test-" + host::base::random_token(9))} {
        std::filesystem::create_directories(path_);
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

inline std::filesystem::path built(std::string_view name) { return std::filesystem::path{BUILD_DIR "/test-packages"} / name; }

class Packages {
public:
    // Copies a built package; as is its folder here.
    std::filesystem::path add(std::string_view name, std::string_view as = {}) {
        const auto to = folder_.path() / (as.empty() ? name : as);
        std::filesystem::copy(built(name), to, std::filesystem::copy_options::recursive);
        return to;
    }
    void remove(std::string_view name) { std::filesystem::remove_all(folder_.path() / name); }
    static void write(const std::filesystem::path& file, std::string_view content) {
        std::filesystem::create_directories(file.parent_path());
        host::base::write_file(file, content);
    }
    // Replaces the first occurrence of a text in a file that must have it.
    static void replace(const std::filesystem::path& file, std::string_view from, std::string_view to) {
        auto text = *host::base::read_file(file);
        text.replace(text.find(from), from.size(), to);  // throws when it is not there
        host::base::write_file(file, text);
    }
    const std::filesystem::path& path() const { return folder_.path(); }

private:
    TemporaryFolder folder_;
};

}  // namespace host::plugin_tests
