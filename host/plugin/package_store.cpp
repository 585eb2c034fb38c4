#include "plugin/package_store.hpp"

#include "base/random.hpp"

#include <sys/stat.h>

#include <algorithm>

namespace host::plugin {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> subfolders(const fs::path& folder) {
    std::vector<fs::path> out;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{folder, error})
        if (entry.is_directory(error) && !entry.path().filename().string().starts_with('.')) out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

bool holds_package(const fs::path& folder) {
    std::error_code error;
    return fs::exists(folder / "plugin.json", error);
}

std::string fingerprint(const fs::path& folder) {
    std::vector<std::string> lines;
    std::error_code error;
    for (fs::recursive_directory_iterator entry{folder, error}, end; !error && entry != end; entry.increment(error)) {
        struct stat s {};
        if (::lstat(entry->path().c_str(), &s) != 0) continue;
        lines.push_back(entry->path().string() + ' ' + std::to_string(s.st_size) + ' ' + std::to_string(s.st_ino) + ' ' +
                        std::to_string(s.st_mtim.tv_sec) + '.' + std::to_string(s.st_mtim.tv_nsec));
    }
    std::sort(lines.begin(), lines.end());
    std::string out;
    for (const auto& line : lines) out += line + '\n';
    return out;
}

std::string installed_name(const Package& package) { return package.manifest.version + '-' + package.sha256.substr(0, 12); }

// An installed package is never modified: its name tells what it must contain.
base::Result<Package> read_installed(const fs::path& folder) {
    auto package = read_package(folder);
    if (package && folder.filename() != installed_name(*package))
        return base::Problem{"package.modified", "the package is not what was installed: its content was changed", folder.string()};
    return package;
}

}  // namespace

PackageStore::PackageStore(std::vector<fs::path> folders, fs::path install_folder)
    : folders_{std::move(folders)}, install_folder_{std::move(install_folder)} {
    if (std::find(folders_.begin(), folders_.end(), install_folder_) == folders_.end()) folders_.push_back(install_folder_);
}

PackageStore::Found PackageStore::scan() {
    const std::lock_guard lock{mutex_};
    Found found;
    std::map<fs::path, Known> next;
    for (const auto& root : folders_) {
        for (const auto& folder : subfolders(root)) {
            if (holds_package(folder)) scan_one(folder, next, found);
            else
                for (const auto& version : subfolders(folder))
                    if (holds_package(version)) scan_one(version, next, found);
        }
    }
    known_ = std::move(next);
    return found;
}

void PackageStore::scan_one(const fs::path& folder, std::map<fs::path, Known>& next, Found& found) {
    auto print = fingerprint(folder);
    const auto known = known_.find(folder);
    const bool installed = folder.parent_path().parent_path() == install_folder_;
    Known entry;
    if (known != known_.end() && known->second.fingerprint == print) entry = known->second;
    else entry = {std::move(print), std::make_shared<base::Result<Package>>(installed ? read_installed(folder) : read_package(folder))};
    if (*entry.read) found.packages.emplace_back(entry.read, &**entry.read);
    else found.broken.push_back({(installed ? folder.parent_path() : folder).filename().string(), entry.read->problems()});
    next[folder] = std::move(entry);
}

base::Problems PackageStore::install(const Package& package) {
    const auto target = install_folder_ / package.manifest.id / installed_name(package);
    if (read_installed(target)) return {};
    const auto incoming = install_folder_ / (".incoming-" + base::random_token(9));
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    fs::copy(package.folder, incoming, fs::copy_options::recursive, error);
    base::Problems problems;
    if (error) problems.push_back({"install.copy", "cannot be copied: " + error.message(), package.folder.string()});
    else if (auto copied = read_package(incoming); !copied) problems = copied.problems();
    else if (copied->sha256 != package.sha256)
        problems.push_back({"install.changed", "the package changed while it was copied", package.folder.string()});
    if (problems.empty()) {
        fs::remove_all(target, error);  // only a damaged one can be there
        fs::rename(incoming, target, error);
        if (error) problems.push_back({"install.rename", "cannot be put in place: " + error.message(), target.string()});
    }
    fs::remove_all(incoming, error);
    return problems;
}

}  // namespace host::plugin
