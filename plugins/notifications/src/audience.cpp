#include "audience.hpp"

#include "ticket.hpp"

#include <set>

namespace notifications {

using guichet::Value;

namespace {

using Targets = std::vector<Target>;

struct Known {
    std::map<int64_t, Person> people;
    std::vector<int64_t> readers;
    int64_t actor;
};

Verdict judge(const Known& known, const Person& person) {
    if (person.id == known.actor) return Verdict::own_act;
    if (std::ranges::find(known.readers, person.id) == known.readers.end()) return Verdict::may_not_read;
    if (!person.receives) return Verdict::receives_nothing;
    return person.channel == "none" ? Verdict::has_chosen_none : Verdict::told;
}

std::optional<Listener> listener(const Known& known, const Target& target) {
    if (!target.user) return Listener{{0, {}, target.address, "mail"}, Verdict::told};
    const auto it = known.people.find(*target.user);
    if (it == known.people.end()) return std::nullopt;  // no longer active
    return Listener{it->second, judge(known, it->second)};
}

// Whoever did it himself knows of it.
bool reaches(const Line& line) {
    return std::ranges::any_of(line.listeners,
                               [](const Listener& l) { return l.verdict == Verdict::told || l.verdict == Verdict::own_act; });
}

std::vector<Line> lines_of(const Known& known, const Rule& rule, const std::vector<Targets>& targets) {
    std::vector<Line> out;
    bool reached = false;
    for (std::size_t i = 0; i < rule.recipients.size(); ++i) {
        Line line{rule.recipients[i], {}, !(rule.first_only && reached)};
        for (const auto& target : targets[i])
            if (auto found = listener(known, target)) line.listeners.push_back(std::move(*found));
        reached = reached || reaches(line);
        out.push_back(std::move(line));
    }
    return out;
}

}  // namespace

std::vector<RuleOutcome> work_out(guichet::Ctx ctx, std::string_view occasion, Value ticket, int64_t actor) {
    std::vector<RuleOutcome> out;
    std::vector<std::vector<Targets>> targets;
    std::set<int64_t> ids;
    for (auto& rule : read_rules(ctx, occasion)) {
        const bool applies = rule.active && holds(rule, ticket);
        auto& of_rule = targets.emplace_back();
        for (const auto& recipient : rule.recipients) {
            of_rule.push_back(applies ? targets_of(ctx, recipient, ticket) : Targets{});
            for (const auto& target : of_rule.back())
                if (target.user) ids.insert(*target.user);
        }
        out.push_back({std::move(rule), applies, {}});
    }
    const std::vector<int64_t> users{ids.begin(), ids.end()};
    if (users.empty() && targets.empty()) return out;
    const Known known{read_people(ctx, users, occasion), readers(ctx, ticket["id"].integer().value_or(0), users), actor};
    for (std::size_t i = 0; i < out.size(); ++i)
        if (out[i].applies) out[i].lines = lines_of(known, out[i].rule, targets[i]);
    return out;
}

}  // namespace notifications
