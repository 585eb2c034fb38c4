// The packages this host can see: those of the package folders, and those installed. Any thread.
#pragma once

#include "plugin/package.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace host::plugin {

class PackageStore {
public:
    // Each folder holds packages: "<id>/plugin.json" or "<id>/<version>-<sha12>/plugin.json".
    PackageStore(std::vector<std::filesystem::path> folders, std::filesystem::path install_folder);

    struct Broken {
        std::string folder_name;
        base::Problems problems;
    };
    struct Found {
        std::vector<std::shared_ptr<const Package>> packages;  // in the order of the folders
        std::vector<Broken> broken;
    };
    // Packages whose files have not changed since the last scan are not read again.
    Found scan();
    // Copies a package, whose sha256 must be this, to <install folder>/<id>/<version>-<sha12> in one step.
    base::Problems install(const Package& package);

private:
    struct Known {
        std::string fingerprint;  // names, sizes, times and inodes of the files
        std::shared_ptr<const base::Result<Package>> read;
    };
    void scan_one(const std::filesystem::path& folder, std::map<std::filesystem::path, Known>& next, Found& found);

    std::vector<std::filesystem::path> folders_;
    std::filesystem::path install_folder_;
    std::mutex mutex_;
    std::map<std::filesystem::path, Known> known_;
};

}  // namespace host::plugin
