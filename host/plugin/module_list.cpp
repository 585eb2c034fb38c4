#include "plugin/module_list.hpp"

#include "base/semver.hpp"

#include <algorithm>
#include <set>

namespace host::plugin {
namespace {

// The recorded package, else the highest version; the first one in sight of several.
const Package* chosen(const PackageStore::Found& found, const std::string& id, const std::string& sha256) {
    const Package* best = nullptr;
    for (const auto& package : found.packages) {
        if (package->manifest.id != id) continue;
        if (package->sha256 == sha256) return package.get();
        if (!best || base::Version::parse(package->manifest.version) > base::Version::parse(best->manifest.version)) best = package.get();
    }
    return best;
}

std::vector<std::string> other_versions(const PackageStore::Found& found, const ModuleInfo& info) {
    std::vector<std::string> out;
    for (const auto& package : found.packages) {
        const auto& m = package->manifest;
        if (m.id == info.id && package->sha256 != info.sha256 && package->sha256 != info.active_sha256) out.push_back(m.version);
    }
    return out;
}

std::vector<std::string> required_by(const Snapshot* snapshot, const std::string& id) {
    std::vector<std::string> out;
    if (snapshot)
        for (const auto& g : snapshot->generations())
            if (g->manifest().requires_.contains(id)) out.push_back(g->id());
    return out;
}

void describe(ModuleInfo& info, const Package& package) {
    const auto& m = package.manifest;
    info.catalog = package.catalog;
    info.name = m.name;
    info.description = m.description;
    info.version = m.version;
    for (const auto& [other, range] : m.requires_) info.requires_.push_back(other);
}

std::string version_of(const PackageStore::Found& found, const std::string& id, const std::string& sha256) {
    for (const auto& package : found.packages)
        if (package->manifest.id == id && package->sha256 == sha256) return package->manifest.version;
    return {};
}

std::vector<std::string> contract_pending(const db::AppliedMigrations& applied, const Package& active) {
    std::vector<std::string> out;
    const auto done = applied.find(active.manifest.id);
    for (const auto& m : active.migrations)
        if (m.phase == db::Phase::contract && (done == applied.end() || !done->second.contains({m.phase, m.number})))
            out.push_back(db::file_name(m));
    return out;
}

ModuleInfo module(const std::string& id, const PluginRecord& record, const PackageStore::Found& found, const Snapshot* snapshot) {
    ModuleInfo info;
    info.id = info.name = id;
    info.wanted = record.wanted;
    info.error_phase = record.error_phase;
    info.error_message = record.error_message;
    const auto* package = chosen(found, id, record.sha256);
    const auto* active = snapshot ? snapshot->find(id) : nullptr;
    if (package) info.sha256 = package->sha256;
    if (active) info.active_sha256 = active->package().sha256;
    if (active) describe(info, active->package());
    else if (package) describe(info, *package);
    const bool assumed = !snapshot && record.wanted && record.error_phase.empty();
    info.state = record.quarantined      ? "quarantined"
                 : active || assumed ? "active"
                 : record.error_phase.empty() ? "disabled"
                                              : "failed";
    if (active) info.previous_version = version_of(found, id, record.previous_sha256);
    info.required_by = required_by(snapshot, id);
    info.other_versions = other_versions(found, info);
    return info;
}

}  // namespace

std::vector<ModuleInfo> module_list(const PluginRecords& records, const PackageStore::Found& found, const db::AppliedMigrations& applied,
                                    const Snapshot* snapshot) {
    std::map<std::string, PluginRecord> all = records;
    for (const auto& package : found.packages) all.try_emplace(package->manifest.id);
    if (snapshot)
        for (const auto& g : snapshot->generations()) all.try_emplace(g->id());
    for (const auto& broken : found.broken) {
        const auto [it, first] = all.try_emplace(broken.folder_name);
        if (first) {
            it->second.error_phase = "check";
            it->second.error_message = base::to_text(broken.problems);
        }
    }
    std::vector<ModuleInfo> out;
    for (const auto& [id, record] : all) {
        out.push_back(module(id, record, found, snapshot));
        if (const auto* active = snapshot ? snapshot->find(id) : nullptr) out.back().contract_pending = contract_pending(applied, active->package());
    }
    return out;
}

}  // namespace host::plugin
