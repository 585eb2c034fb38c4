#include "plugin/deployment_settings.hpp"

#include "base/json.hpp"
#include "base/log.hpp"
#include "core/settings.hpp"
#include "core/settings_schema.hpp"

#include <algorithm>

namespace host::plugin {
namespace {

using base::Value;

const Value* known_part(base::Arena& arena, const Manifest& manifest, const Value& values) {
    const auto* properties = core::properties_of(core::parse_settings_schema(arena, manifest.settings_json));
    auto* known = Value::object(arena);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto name = values.key(i);
        if (properties && properties->get(name)) known->set(name, values.at(i));
        else base::log(base::Level::warn, "a module has no such setting", {{"plugin", manifest.id}, {"setting", name}});
    }
    return known;
}

}  // namespace

std::vector<std::string> modules_with_settings(const Deployment& deployment, const std::vector<std::string>& absent) {
    std::vector<std::string> out;
    for (const auto& [id, values] : deployment.settings)
        if (std::find(absent.begin(), absent.end(), id) == absent.end()) out.push_back(id);
    return out;
}

base::Problems write_deployment_settings(db::Connection& connection, const core::Secrets& secrets, const Deployment& deployment,
                                         const Manifest& manifest) {
    const auto of_module = deployment.settings.find(manifest.id);
    if (of_module == deployment.settings.end()) return {};
    base::Arena arena;
    const auto values = base::parse_json(arena, of_module->second);
    if (!values) return values.problems();
    if (manifest.settings_json.empty()) {
        base::log(base::Level::warn, "a module has no settings", {{"plugin", manifest.id}});
        return {};
    }
    const auto* known = known_part(arena, manifest, **values);
    if (known->size() == 0) return {};
    auto written = core::write_settings(connection, secrets, {manifest.id, manifest.settings_json, *known, 0, std::nullopt});
    if (written) return {};
    auto problems = written.problems();
    for (auto& problem : problems) problem.path = "/settings/" + manifest.id + problem.path;
    return problems;
}

}  // namespace host::plugin
