#include "plugin/conditions.hpp"

namespace host::plugin {

base::Result<Conditions> parse_conditions(const Manifest& manifest) {
    Conditions conditions;
    base::Problems problems;
    const auto add = [&](const std::string& id, const std::string& when) {
        if (when.empty()) return;
        auto parsed = ui::Condition::parse(id, when);
        if (parsed) conditions.emplace(when, *std::move(parsed));
        else problems.insert(problems.end(), parsed.problems().begin(), parsed.problems().end());
    };
    for (const auto& widget : manifest.widgets) add(widget.id, widget.when);
    for (const auto& action : manifest.actions) add(action.id, action.when);
    if (!problems.empty()) return problems;
    return conditions;
}

}  // namespace host::plugin
