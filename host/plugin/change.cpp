#include "plugin/change.hpp"

#include "plugin/deployment_settings.hpp"

#include <guichet/abi/plugin.h>

#include <algorithm>

namespace host::plugin {
namespace {

using Kind = Operation::Kind;

std::string label(const Manifest& m) { return m.id + ' ' + m.version; }

template <class Words>
std::string join(const Words& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

class Planner {
public:
    Planner(const World& world, const Operation& operation) : world_{world}, candidates_{world.candidates}, wanted_{world.wanted_and_active()} {
        change_.operation = operation;
    }

    base::Result<Change> run() {
        switch (op().kind) {
            case Kind::enable: return enable(!recorded_in_sight(op().id));
            case Kind::upgrade: return enable(true);
            case Kind::install: return install();
            case Kind::rollback: return roll_back();
            case Kind::disable: return disable();
            case Kind::deploy: return deploy();
        }
        return base::Problem{"change.unknown", "there is no such operation", ""};
    }

private:
    const Operation& op() const { return change_.operation; }

    bool recorded_in_sight(const std::string& id) const {
        const auto record = world_.records.find(id);
        return record != world_.records.end() && world_.in_sight(id, record->second.sha256);
    }

    // A choice of the operator: no longer refused, no longer in quarantine.
    void want(const std::string& id) {
        change_.asked_for.insert(id);
        wanted_.enabled.insert(id);
        wanted_.refused.erase(id);
        wanted_.quarantined.erase(id);
    }

    // The best package in sight: what is active may have been replaced on disk.
    void take_newest(const std::string& id) {
        wanted_.packages.erase(id);
        if (world_.in_sight(id))
            std::erase_if(candidates_, [&](const Candidate& c) { return c.manifest->id == id && !world_.in_sight(id, c.sha256); });
    }

    base::Result<Change> enable(bool newest) {
        want(op().id);
        if (newest) take_newest(op().id);
        return settle();
    }

    base::Result<Change> install() {
        if (world_.wanted(op().id)) {
            want(op().id);
            wanted_.packages[op().id] = op().sha256;
            return settle();
        }
        for (const auto& c : candidates_)  // several folders may hold the same
            if (c.sha256 == op().sha256 && change_.steps.empty()) change_.steps.push_back({Change::Step::Kind::install, op().id, c.manifest->version, "", "", {}, {}});
        keep_all();
        return std::move(change_);
    }

    base::Result<Change> roll_back() {
        const auto record = world_.records.find(op().id);
        const auto& sha = record == world_.records.end() ? std::string{} : record->second.previous_sha256;
        if (sha.empty()) return base::Problem{"rollback.none", op().id + " was never upgraded: there is nothing to go back to", op().id};
        if (!find(world_.active, op().id))
            return base::Problem{"rollback.disabled", op().id + " is not enabled: enable it first", op().id};
        if (!world_.in_sight(op().id, sha))
            return base::Problem{"rollback.gone", "the previous package of " + op().id + " is no longer installed", op().id};
        want(op().id);
        wanted_.packages[op().id] = sha;
        return settle();
    }

    base::Result<Change> disable() {
        const auto& id = op().id;
        if (!world_.records.contains(id) && !find(world_.active, id))
            return base::Problem{"disable.unknown", "'" + id + "' was never enabled", id};
        change_.removed = {id};
        if (auto problem = remove_dependents(op().cascade); !problem.empty()) return problem;
        keep_all();
        add_steps();
        return std::move(change_);
    }

    base::Problems remove_dependents(bool cascade) {
        for (bool grown = true; grown;) {
            auto more = world_.dependents(change_.removed, true);
            const auto asked_for = world_.dependents(change_.removed, false);
            if (!asked_for.empty() && !cascade)
                return {{"disable.required", op().id + " is required by " + join(asked_for) + ": disable that first", op().id}};
            more.insert(asked_for.begin(), asked_for.end());
            grown = !more.empty();
            change_.removed.insert(more.begin(), more.end());
        }
        return {};
    }

    // Everything that runs and is not removed, as it is.
    void keep_all() {
        for (const auto& g : world_.active)
            if (!change_.removed.contains(g->id())) change_.order.push_back({&g->manifest(), g->package().sha256});
    }

    base::Result<Change> deploy() {
        base::Problems problems;
        for (const auto& id : op().deployment.disabled)
            if (world_.wanted(id) || find(world_.active, id)) change_.removed.insert(id);
        for (const auto& id : world_.dependents(change_.removed, true)) change_.removed.insert(id);
        for (const auto& id : op().deployment.enabled) {
            if (!world_.in_sight(id) && !find(world_.active, id)) change_.absent.push_back(id);
            else want(id);
        }
        for (const auto& [id, version] : op().deployment.pins)
            if (change_.asked_for.contains(id) && !pin(id, version))
                problems.push_back({"deployment.pin", "no package of " + id + ' ' + version + " is installed", "/pins/" + id});
        if (!problems.empty()) return problems;
        for (const auto& id : change_.removed) {
            wanted_.enabled.erase(id);
            wanted_.refused.insert(id);
        }
        auto settled = settle();
        if (!settled) return settled;
        for (const auto& id : settled->operation.deployment.disabled)
            if (std::ranges::any_of(settled->order, [&](const Candidate& c) { return c.manifest->id == id; }))
                problems.push_back({"disable.required", id + " is to be off, but another module that is on requires it", "/plugins/" + id});
        if (!problems.empty()) return problems;
        return settled;
    }

    bool pin(const std::string& id, const std::string& version) {
        for (const auto& c : candidates_) {
            if (c.manifest->id != id || c.manifest->version != version) continue;
            wanted_.packages[id] = c.sha256;
            return true;
        }
        return false;
    }

    base::Result<Change> settle() {
        const auto plan = resolve(candidates_, wanted_, GUICHET_ABI_MAJOR, GUICHET_ABI_MINOR);
        if (!plan) return plan.problems();
        change_.order = plan->order;
        change_.needed = closure();
        base::Problems problems;
        for (const auto& candidate : change_.order)
            if (changes(candidate)) {
                const auto contracted = world_.contracted(candidate);
                problems.insert(problems.end(), contracted.begin(), contracted.end());
            }
        if (!problems.empty()) return problems;
        add_steps();
        return std::move(change_);
    }

    // What was asked for, and all it requires.
    std::set<std::string> closure() const {
        auto out = change_.asked_for;
        for (auto it = change_.order.rbegin(); it != change_.order.rend(); ++it)
            if (out.contains(it->manifest->id))
                for (const auto& [other, range] : it->manifest->requires_) out.insert(other);
        return out;
    }

    bool changes(const Candidate& candidate) const {
        const auto active = find(world_.active, candidate.manifest->id);
        return !active || active->package().sha256 != candidate.sha256;
    }

    void add_steps() {
        for (auto it = world_.active.rbegin(); it != world_.active.rend(); ++it)
            if (change_.removed.contains((*it)->id())) add_disable((*it)->id(), (*it)->manifest().version);
        for (const auto& id : change_.removed)
            if (!find(world_.active, id)) add_disable(id, "");
        for (const auto& candidate : change_.order)
            if (changes(candidate)) add_start(candidate);
    }

    void add_disable(const std::string& id, const std::string& version) {
        const bool asked = op().kind == Kind::disable ? id == op().id : op().deployment.disabled.contains(id);
        change_.steps.push_back({Change::Step::Kind::disable, id, version, "", asked ? "" : join_asked_off(id), {}, {}});
    }

    // What the module that goes along needs and loses.
    std::string join_asked_off(const std::string& id) const {
        std::vector<std::string> lost;
        const auto g = find(world_.active, id);
        if (!g) return {};
        for (const auto& other : change_.removed)
            if (g->manifest().requires_.contains(other) || std::ranges::count(g->manifest().enable_when, other)) lost.push_back(other);
        return join(lost);
    }

    void add_start(const Candidate& candidate) {
        const auto& m = *candidate.manifest;
        const auto active = find(world_.active, m.id);
        Change::Step step{active ? Change::Step::Kind::upgrade : Change::Step::Kind::enable, m.id, m.version, "", because(m), {}, {}};
        if (active) step.previous_version = active->manifest().version;
        for (const auto* migration : world_.pending(candidate))
            (migration->phase == db::Phase::expand ? step.expand : step.contract).push_back(db::file_name(*migration));
        change_.steps.push_back(std::move(step));
    }

    std::string because(const Manifest& m) const {
        if (change_.asked_for.contains(m.id)) return {};
        if (!change_.needed.contains(m.id)) return join(m.enable_when);
        for (const auto& c : change_.order)
            if (c.manifest->requires_.contains(m.id) && change_.needed.contains(c.manifest->id)) return c.manifest->id;
        return {};
    }

    const World& world_;
    std::vector<Candidate> candidates_;
    Wanted wanted_;
    Change change_;
};

std::string started(const Change& change) {
    const auto& id = change.operation.id;
    const auto subject =
        std::find_if(change.order.begin(), change.order.end(), [&](const Candidate& c) { return c.manifest->id == id; });
    const auto name = label(*subject->manifest);
    const auto* step = change.step(id);
    if (!step) return name + " is enabled already.";
    if (step->kind == Change::Step::Kind::upgrade) return name + " is enabled; it was " + step->previous_version + '.';
    std::vector<std::string> with, bridges;
    for (const auto& s : change.steps)
        if (s.id != id) (change.needed.contains(s.id) ? with : bridges).push_back(s.id + ' ' + s.version);
    auto text = name + " is enabled";
    if (!with.empty()) text += ", with what it requires: " + join(with);
    if (!bridges.empty()) text += (with.empty() ? ", with " : "; also ") + join(bridges);
    return text + '.';
}

std::string stopped(const Change& change) {
    auto also = change.removed;
    also.erase(change.operation.id);
    return change.operation.id + " is disabled" + (also.empty() ? "" : ", with what needs it: " + join(also)) + ". Its data are kept.";
}

std::string deployed(const Change& change) {
    std::string text = change.operation.deployment.name + ": " +
                       (change.steps.empty() ? "everything is as it should be" : std::to_string(change.steps.size()) + " modules changed");
    const auto set = modules_with_settings(change.operation.deployment, change.absent);
    if (!set.empty()) text += "; settings of: " + join(set);
    if (!change.absent.empty()) text += "; not installed: " + join(change.absent);
    return text + '.';
}

}  // namespace

const Change::Step* Change::step(const std::string& id) const {
    const auto it = std::find_if(steps.begin(), steps.end(), [&](const Step& s) { return s.id == id; });
    return it == steps.end() ? nullptr : &*it;
}

base::Result<Change> plan_change(const World& world, const Operation& operation) { return Planner{world, operation}.run(); }

std::string to_text(const Change& change) {
    const auto& operation = change.operation;
    switch (operation.kind) {
        case Kind::disable: return stopped(change);
        case Kind::deploy: return deployed(change);
        case Kind::install: {
            const auto* step = change.step(operation.id);
            const bool only = step && step->kind == Change::Step::Kind::install;
            std::string text = operation.id;
            for (const auto& c : change.order)
                if (c.manifest->id == operation.id && !only) text = label(*c.manifest);
            if (only) text = step->id + ' ' + step->version;
            return text + " is installed." + (only ? "" : ' ' + started(change));
        }
        default: return started(change);
    }
}

}  // namespace host::plugin
