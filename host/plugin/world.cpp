#include "plugin/world.hpp"

#include <algorithm>

namespace host::plugin {

std::shared_ptr<const Generation> find(const Generations& generations, std::string_view id) {
    const auto it = std::find_if(generations.begin(), generations.end(), [&](const auto& g) { return g->id() == id; });
    return it == generations.end() ? nullptr : *it;
}

World::World(PluginRecords records_, PackageStore::Found found_, Generations active_)
    : records{std::move(records_)}, found{std::move(found_)}, active{std::move(active_)} {
    for (const auto& p : found.packages) candidates.push_back({&p->manifest, p->sha256});
    for (const auto& g : active)
        if (!in_sight(g->id(), g->package().sha256)) candidates.push_back({&g->manifest(), g->package().sha256});
}

bool World::in_sight(const std::string& id) const {
    return std::any_of(found.packages.begin(), found.packages.end(), [&](const auto& p) { return p->manifest.id == id; });
}

bool World::in_sight(const std::string& id, const std::string& sha256) const {
    return std::any_of(found.packages.begin(), found.packages.end(),
                       [&](const auto& p) { return p->manifest.id == id && p->sha256 == sha256; });
}

const Package* World::package(const Candidate& candidate) const {
    for (const auto& p : found.packages)
        if (p->sha256 == candidate.sha256 && p->manifest.id == candidate.manifest->id) return p.get();
    return nullptr;
}

bool World::wanted(const std::string& id) const {
    const auto record = records.find(id);
    return record != records.end() && record->second.wanted;
}

std::vector<const db::Migration*> World::pending(const Candidate& candidate) const {
    std::vector<const db::Migration*> out;
    const auto* of = package(candidate);
    const auto done = applied.find(candidate.manifest->id);
    if (!of) return out;
    for (const auto& m : of->migrations)
        if (done == applied.end() || !done->second.contains({m.phase, m.number})) out.push_back(&m);
    return out;
}

base::Problems World::contracted(const Candidate& candidate) const {
    const auto& m = *candidate.manifest;
    const auto* of = package(candidate);
    const auto done = applied.find(m.id);
    if (!of || done == applied.end()) return {};
    for (const auto& [key, name] : done->second) {
        const auto known = [&key = key](const db::Migration& own) { return std::pair{own.phase, own.number} == key; };
        if (key.first == db::Phase::contract && std::none_of(of->migrations.begin(), of->migrations.end(), known))
            return {{"database.contracted",
                     m.id + ' ' + m.version + " cannot run any more: a newer version has removed what it needs from the database (" + name + ")",
                     m.id}};
    }
    return {};
}

Wanted World::choices() const {
    Wanted out;
    for (const auto& g : active) out.packages[g->id()] = g->package().sha256;
    for (const auto& [id, record] : records) {
        if (record.refused) out.refused.insert(id);
        if (record.quarantined) out.quarantined.insert(id);
        if (in_sight(id, record.sha256)) out.packages[id] = record.sha256;
    }
    return out;
}

Wanted World::wanted_and_active() const {
    auto out = choices();
    for (const auto& g : active)
        if (wanted(g->id()) && !out.quarantined.contains(g->id())) out.enabled.insert(g->id());
    return out;
}

std::set<std::string> World::dependents(const std::set<std::string>& removed, bool bridges) const {
    std::set<std::string> out;
    for (const auto& g : active) {
        const auto& m = g->manifest();
        const bool bridge = !m.enable_when.empty() && !wanted(m.id);
        const bool needs =
            std::any_of(m.requires_.begin(), m.requires_.end(), [&](const auto& entry) { return removed.contains(entry.first); });
        const bool follows =
            bridge && std::any_of(m.enable_when.begin(), m.enable_when.end(), [&](const auto& other) { return removed.contains(other); });
        if (!removed.contains(m.id) && bridge == bridges && (needs || follows)) out.insert(m.id);
    }
    return out;
}

}  // namespace host::plugin
