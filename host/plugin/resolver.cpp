#include "plugin/resolver.hpp"

#include "auth/permissions.hpp"
#include "base/semver.hpp"

#include <algorithm>
#include <functional>

namespace host::plugin {
namespace {

bool matches(const std::string& range, const std::string& version) {
    const auto r = base::Range::parse(range);
    const auto v = base::Version::parse(version);
    return r && v && r->matches(*v);
}

class Resolver {
public:
    Resolver(const std::vector<Candidate>& installed, const Wanted& wanted, std::string host_abi)
        : wanted_{wanted}, host_abi_{std::move(host_abi)} {
        for (const auto& candidate : installed) choose(candidate);
    }

    base::Result<Plan> run() {
        for (const auto& id : wanted_.enabled) {
            if (chosen_.contains(id)) add(id, problems_);
            else problem("resolve.missing", "no package of '" + id + "' is installed");
        }
        if (!problems_.empty()) return problems_;
        add_bridges();
        for (const auto& id : set_) check(manifest(id));
        auto plan = order();
        if (!problems_.empty()) return problems_;
        return plan;
    }

private:
    const Manifest& manifest(const std::string& id) const { return *chosen_.at(id).manifest; }
    bool active(const std::string& id) const { return set_.contains(id); }
    // The message names the packages, so there is no path.
    static void add_to(base::Problems& problems, std::string code, std::string message) {
        problems.push_back({std::move(code), std::move(message), ""});
    }
    void problem(std::string code, std::string message) { add_to(problems_, std::move(code), std::move(message)); }
    bool runs_here(const Candidate& c) const { return matches(c.manifest->abi, host_abi_); }

    // One package per id: the one that was picked, else the highest version this host can run.
    bool better(const Candidate& a, const Candidate& b) const {
        const auto picked = wanted_.packages.find(a.manifest->id);
        const auto rank = [&](const Candidate& c) {
            const bool is_picked = picked != wanted_.packages.end() && c.sha256 == picked->second;
            return std::tuple{is_picked, runs_here(c), base::Version::parse(c.manifest->version)};
        };
        return rank(a) > rank(b);
    }
    void choose(const Candidate& candidate) {
        const auto [it, first] = chosen_.emplace(candidate.manifest->id, candidate);
        if (!first && better(candidate, it->second)) it->second = candidate;
    }

    // The package and all it requires. chain names who needs it.
    void add(const std::string& id, base::Problems& problems) {
        if (!set_.insert(id).second) return;
        const auto& m = manifest(id);
        if (wanted_.quarantined.contains(id))
            add_to(problems, "resolve.quarantined", name(m) + " is in quarantine: it brought the process down too often; enable it to try again");
        if (!runs_here(chosen_.at(id)))
            add_to(problems, "resolve.abi", name(m) + " needs version " + m.abi + " of the plugin API, this host has " + host_abi_);
        for (const auto& [other, range] : m.requires_) {
            const auto found = chosen_.find(other);
            if (found == chosen_.end())
                add_to(problems, "resolve.missing", name(m) + " needs " + other + ' ' + range + ", which is not installed");
            else if (!matches(range, found->second.manifest->version))
                add_to(problems, "resolve.version",
                       name(m) + " needs " + other + ' ' + range + ", installed is " + found->second.manifest->version);
            else add(other, problems);
        }
    }

    // A bridge comes by itself, so one that cannot is left out without complaint.
    void add_bridges() {
        for (bool grown = true; grown;) {
            grown = false;
            for (const auto& [id, candidate] : chosen_) {
                const auto& when = candidate.manifest->enable_when;
                if (when.empty() || active(id) || wanted_.refused.contains(id)) continue;
                if (!std::all_of(when.begin(), when.end(), [&](const auto& other) { return active(other); })) continue;
                const auto before = set_;
                base::Problems problems;
                add(id, problems);
                if (problems.empty()) grown = true;
                else set_ = before;
            }
        }
    }

    void check(const Manifest& m) {
        for (const auto& [other, range] : m.conflicts)
            if (active(other) && matches(range, manifest(other).version))
                problem("resolve.conflict", name(m) + " cannot run together with " + name(manifest(other)));
        for (const auto& [other, range] : m.optional)
            if (active(other) && !matches(range, manifest(other).version))
                problem("resolve.version", name(m) + " works with " + other + ' ' + range + ", installed is " + manifest(other).version);
        for (const auto& route : m.routes) check_permission(m, route.permission, route.method + ' ' + route.path);
        for (const auto& menu : m.menus) check_permission(m, menu.permission, "the menu " + menu.id);
        for (const auto& widget : m.widgets) check_permission(m, widget.permission, "the widget " + widget.id);
        for (const auto& view : m.database.reads) check_view(m, view);
        for (const auto& [service, range] : m.consumes) check_service(m, service, range);
    }

    bool depends_on(const Manifest& m, const std::string& other) const { return m.requires_.contains(other) || m.optional.contains(other); }

    template <class F>
    bool any_dependency(const Manifest& m, F&& holds) const {
        return std::any_of(chosen_.begin(), chosen_.end(),
                           [&](const auto& entry) { return depends_on(m, entry.first) && holds(*entry.second.manifest); });
    }
    // What an optional package that is not installed would offer is not known.
    bool may_come(const Manifest& m, std::string_view name) const {
        return std::any_of(m.optional.begin(), m.optional.end(),
                           [&](const auto& entry) { return !chosen_.contains(entry.first) && name.starts_with(entry.first + '.'); });
    }

    void check_permission(const Manifest& m, const std::string& permission, const std::string& where) {
        if (permission.empty() || auth::is_host_permission(permission) || declares_permission(m, permission)) return;
        if (any_dependency(m, [&](const Manifest& other) { return declares_permission(other, permission); }) || may_come(m, permission))
            return;
        problem("resolve.permission",
                name(m) + ": " + where + " needs the permission '" + permission + "', which no package it requires declares");
    }

    void check_view(const Manifest& m, const std::string& view) {
        const auto schema = view.substr(0, view.find('.'));
        if (schema == "core" || any_dependency(m, [&](const Manifest& other) { return other.database.schema == schema; })) return;
        const bool optional =
            std::any_of(m.optional.begin(), m.optional.end(), [&](const auto& entry) { return database_name(entry.first) == schema; });
        if (!optional) problem("resolve.view", name(m) + " reads " + view + ", which belongs to no package it requires");
    }

    void check_service(const Manifest& m, const std::string& service, const std::string& range) {
        const auto provides = [&](const Manifest& other) { return other.provides.contains(service); };
        if (!any_dependency(m, provides)) {
            if (!may_come(m, service))
                problem("resolve.service", name(m) + " uses the service '" + service + "', which no package it requires offers");
            return;
        }
        for (const auto& id : set_) {
            if (!provides(manifest(id)) || !depends_on(m, id)) continue;
            const auto& offered = manifest(id).provides.at(service);
            if (!matches(range, offered + ".0"))
                problem("resolve.service",
                        name(m) + " needs the service " + service + ' ' + range + ", " + name(manifest(id)) + " offers " + offered);
        }
    }

    std::set<std::string> before(const std::string& id) const {
        std::set<std::string> out;
        for (const auto* map : {&manifest(id).requires_, &manifest(id).optional})
            for (const auto& [other, range] : *map)
                if (active(other)) out.insert(other);
        return out;
    }

    Plan order() {
        Plan plan;
        std::set<std::string> done, left = set_;
        while (!left.empty()) {
            const auto ready = std::find_if(left.begin(), left.end(), [&](const auto& id) {
                const auto needed = before(id);
                return std::includes(done.begin(), done.end(), needed.begin(), needed.end());
            });
            if (ready == left.end()) {
                report_cycle(left);
                return plan;
            }
            plan.order.push_back(chosen_.at(*ready));
            done.insert(*ready);
            left.erase(ready);
        }
        return plan;
    }

    // Everything left waits for something left: following the waits leads into a cycle.
    void report_cycle(const std::set<std::string>& left) {
        std::vector<std::string> path{*left.begin()};
        for (;;) {
            const auto needed = before(path.back());
            const auto next = std::find_if(needed.begin(), needed.end(), [&](const auto& id) { return left.contains(id); });
            const auto start = std::find(path.begin(), path.end(), *next);
            if (start == path.end()) {
                path.push_back(*next);
                continue;
            }
            std::string text;
            for (auto it = start; it != path.end(); ++it) text += *it + " -> ";
            return problem("resolve.cycle", "these packages need each other: " + text + *next);
        }
    }

    static std::string name(const Manifest& m) { return m.id + ' ' + m.version; }

    const Wanted& wanted_;
    std::string host_abi_;
    std::map<std::string, Candidate> chosen_;
    std::set<std::string> set_;
    base::Problems problems_;
};

}  // namespace

base::Result<Plan> resolve(const std::vector<Candidate>& installed, const Wanted& wanted, unsigned host_abi_major,
                           unsigned host_abi_minor) {
    return Resolver{installed, wanted, std::to_string(host_abi_major) + '.' + std::to_string(host_abi_minor) + ".0"}.run();
}

}  // namespace host::plugin
