#include "cli/plugin_commands.hpp"

#include "app.hpp"
#include "base/json.hpp"
#include "plugin/check.hpp"
#include "plugin/deployment_settings.hpp"

#include <iostream>
#include <optional>

namespace host::cli {
namespace {

using plugin::Change;
using plugin::Operation;

std::string join(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

std::string describe(const Change::Step& step) {
    using Kind = Change::Step::Kind;
    std::string text;
    switch (step.kind) {
        case Kind::install: text = "install " + step.id + ' ' + step.version + ", which stays disabled"; break;
        case Kind::enable: text = "enable " + step.id + ' ' + step.version; break;
        case Kind::upgrade: text = "upgrade " + step.id + ' ' + step.previous_version + " to " + step.version; break;
        case Kind::disable: text = "disable " + step.id; break;
    }
    if (!step.because.empty()) text += (step.kind == Kind::disable ? ", which needs " : ", because of ") + step.because;
    if (!step.expand.empty()) text += "\n     migrations: " + join(step.expand);
    if (!step.contract.empty()) text += "\n     when no process runs the previous package any more: " + join(step.contract);
    return text;
}

int show(const base::Result<Change>& change) {
    if (!change) return report(base::Result<std::string>{change.problems()});
    for (const auto& id : change->absent) std::cout << "not installed: " << id << "\n";
    const auto set = plugin::modules_with_settings(change->operation.deployment, change->absent);
    for (const auto& id : set) std::cout << "sets settings of: " << id << "\n";
    if (change->steps.empty() && set.empty()) std::cout << "Nothing would change.\n";
    int number = 0;
    for (const auto& step : change->steps) std::cout << ++number << ". " << describe(step) << "\n";
    return 0;
}

int list(App& app) {
    app.load_plugins();
    for (const auto& module : app.lifecycle().list()) {
        std::cout << module.id << "  " << module.version << "  " << module.state << "  " << module.name << "\n";
        if (!module.error_message.empty()) std::cout << "    " << module.error_phase << ": " << module.error_message << "\n";
        if (!module.contract_pending.empty())
            std::cout << "    " << join(module.contract_pending) << ": waiting for " << module.contract_waits_for << " process(es)\n";
    }
    return 0;
}

std::string_view done(Operation::Kind kind) {
    switch (kind) {
        case Operation::Kind::enable: return "core.module_enabled";
        case Operation::Kind::upgrade: return "core.module_upgraded";
        case Operation::Kind::disable: return "core.module_disabled";
        case Operation::Kind::rollback: return "core.module_rolled_back";
        case Operation::Kind::install: return "core.module_installed";
        default: return "core.deployed";
    }
}

int perform(App& app, const Operation& operation, bool dry_run) {
    app.load_plugins();
    if (dry_run) return show(app.lifecycle().preview(operation));
    const auto result = app.lifecycle().perform(operation);
    if (result) remember(app.pool(), done(operation.kind), operation.id.empty() ? "deployment" : "module/" + operation.id);
    return report(result);
}

int install(App& app, const std::string& folder, bool dry_run) {
    app.load_plugins();
    if (dry_run) return show(app.lifecycle().preview({Operation::Kind::install, {}, false, {}, {}}, folder));
    const auto result = app.lifecycle().install(folder);
    if (result) remember(app.pool(), done(Operation::Kind::install), "package/" + folder);
    return report(result);
}

void add(base::Problems& to, const base::Problems& more) { to.insert(to.end(), more.begin(), more.end()); }

base::Problems check(const Config& config, const std::string& folder) {
    const auto templates = read_host_templates(config);
    auto problems = plugin::check_files(folder, templates);
    // what follows would only say the same again
    if (problems.empty()) add(problems, plugin::check_bind(folder, templates, std::filesystem::temp_directory_path()));
    if (config.database_url.empty()) return problems;
    db::Connection connection{config.database_url, 3000, 5000};
    add(problems, plugin::check_migrations(folder, connection));
    return problems;
}

std::string to_json(const base::Problems& problems) {
    base::Arena arena;
    auto* list = base::Value::array(arena);
    for (const auto& problem : problems) {
        auto* entry = list->add_object({});
        entry->set("code", std::string_view{problem.code});
        entry->set("place", std::string_view{problem.path});
        entry->set("message", std::string_view{problem.message});
    }
    return base::to_json(*list);
}

int check_package(const Config& config, const std::string& folder, bool json) {
    const auto problems = check(config, folder);
    if (json) std::cout << to_json(problems) << "\n";
    else if (problems.empty()) std::cout << folder << ": nothing wrong\n";
    else std::cerr << base::to_text(problems) << "\n";
    return problems.empty() ? 0 : 1;
}

std::optional<Operation::Kind> operation_kind(const std::string& action) {
    if (action == "enable") return Operation::Kind::enable;
    if (action == "upgrade") return Operation::Kind::upgrade;
    if (action == "disable") return Operation::Kind::disable;
    if (action == "rollback") return Operation::Kind::rollback;
    return std::nullopt;
}

}  // namespace

int plugin(const Config& config, const Arguments& arguments) {
    const auto action = arguments.word(0);
    const auto subject = arguments.word(1);
    if (auto word = arguments.unknown({}, {"--dry-run", "--cascade", "--json"}); !word.empty()) return wrong_call("no option " + word);
    if (action != "list" && subject.empty()) return wrong_call("guichet plugin " + action + ": what?");
    if (action == "check") return check_package(config, subject, arguments.flag("--json"));
    const bool dry_run = arguments.flag("--dry-run");
    App app{config};
    if (action == "list") return list(app);
    if (action == "install") return install(app, subject, dry_run);
    if (const auto kind = operation_kind(action)) return perform(app, {*kind, subject, arguments.flag("--cascade"), {}, {}}, dry_run);
    return wrong_call("guichet plugin: no action " + action);
}

// FILE, or the name of a preset that came with the program.
int deploy(const Config& config, const Arguments& arguments) {
    const auto subject = arguments.word(0);
    if (subject.empty()) return wrong_call("guichet deploy FILE");
    if (auto word = arguments.unknown({}, {"--dry-run"}); !word.empty()) return wrong_call("no option " + word);
    const auto presets = plugin::read_presets(config.share / "deployments");
    const auto preset = presets.find(subject);
    const auto deployment = preset != presets.end() ? base::Result<plugin::Deployment>{preset->second} : plugin::read_deployment(subject);
    if (!deployment) return report(base::Result<std::string>{deployment.problems()});
    App app{config};
    return perform(app, {Operation::Kind::deploy, {}, false, {}, *deployment}, arguments.flag("--dry-run"));
}

}  // namespace host::cli
