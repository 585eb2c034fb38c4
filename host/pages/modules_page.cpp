#include "pages/routes.hpp"

#include "abi/audit.hpp"
#include "pages/problem_text.hpp"
#include "plugin/deployment_settings.hpp"

#include <optional>

namespace host::pages {
namespace {

using base::Value;
using plugin::Change;
using plugin::Operation;
using web::Call;

constexpr std::string_view kPath = "/admin/modules";

void set_list(Value& to, std::string_view key, const std::vector<std::string>& items) {
    auto* list = to.add_array(key);
    for (const auto& item : items) list->push(Value::string(to.arena(), item));
}

// --- the list ---

void add_module(Call& call, Value& to, const plugin::ModuleInfo& info) {
    auto* module = to.add_object({});
    const i18n::Catalogs own{{info.catalog}};  // a module that is switched off is not in the snapshot's
    module->set("id", std::string_view{info.id});
    module->set("name", own.text(info.id, call.ctx.language, info.name));
    module->set("description", own.text(info.id, call.ctx.language, info.description));
    module->set("version", std::string_view{info.version});
    module->set("state", std::string_view{info.state});
    module->set("wanted", info.wanted);
    module->set("upgradable", info.state == "active" && !info.sha256.empty() && info.sha256 != info.active_sha256);
    module->set("error_phase", std::string_view{info.error_phase});
    module->set("error_message", std::string_view{problem_text(call, info.error_message)});
    module->set("previous_version", std::string_view{info.previous_version});
    module->set("contract_waits_for", info.contract_waits_for);
    set_list(*module, "contract_pending", info.contract_pending);
    set_list(*module, "requires", info.requires_);
    set_list(*module, "required_by", info.required_by);
    set_list(*module, "other_versions", info.other_versions);
}

void add_preset(Call& call, Value& to, const std::string& id, const plugin::Deployment& preset) {
    auto* entry = to.add_object({});
    entry->set("id", std::string_view{id});
    entry->set("name", std::string_view{call.tr(preset.name)});
    entry->set("description", std::string_view{call.tr(preset.description)});
}

std::map<std::string, plugin::Deployment> presets(const Call& call) {
    return plugin::read_presets(call.site.config.share / "deployments");
}

http::Response show(Call& call, std::string_view message, std::string_view error, int status) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Modules")});
    auto* modules = data->add_array("modules");
    for (const auto& info : call.site.lifecycle.list()) add_module(call, *modules, info);
    auto* choices = data->add_array("presets");
    for (const auto& [id, preset] : presets(call)) add_preset(call, *choices, id, preset);
    data->set("message", message);
    data->set("error", error);
    return web::page(call, "modules.html", *data, status);
}

http::Response get_modules(Call& call) {
    const auto done = call.request.query_value("done").value_or("");
    std::string message;
    if (done == "enabled") message = call.tr("The module is enabled.");
    if (done == "disabled") message = call.tr("The module is disabled. Its data are kept.");
    if (done == "upgraded") message = call.tr("The module is up to date.");
    if (done == "rolled_back") message = call.tr("The module is back at its previous version.");
    if (done == "deployed") message = call.tr("The modules are as the preset wants them.");
    return show(call, message, {}, 200);
}

// --- what would be done ---

std::string_view kind_name(Change::Step::Kind kind) {
    switch (kind) {
        case Change::Step::Kind::install: return "install";
        case Change::Step::Kind::enable: return "enable";
        case Change::Step::Kind::upgrade: return "upgrade";
        case Change::Step::Kind::disable: return "disable";
    }
    return "";
}

void add_step(Value& to, const Change::Step& step) {
    auto* entry = to.add_object({});
    entry->set("kind", kind_name(step.kind));
    entry->set("id", std::string_view{step.id});
    entry->set("version", std::string_view{step.version});
    entry->set("previous_version", std::string_view{step.previous_version});
    entry->set("because", std::string_view{step.because});
    set_list(*entry, "expand", step.expand);
    set_list(*entry, "contract", step.contract);
}

http::Response plan(Call& call, std::string_view title, const Operation& operation) {
    const auto change = call.site.lifecycle.preview(operation);
    auto* data = Value::object(call.ctx.arena);
    data->set("title", title);
    data->set("action", std::string_view{call.request.path});
    data->set("cascade", operation.cascade);
    auto* steps = data->add_array("steps");
    if (change) {
        for (const auto& step : change->steps) add_step(*steps, step);
        set_list(*data, "absent", change->absent);
        set_list(*data, "settings", plugin::modules_with_settings(operation.deployment, change->absent));
    } else {
        data->set("problems", std::string_view{problems_text(call, change.problems())});
    }
    return web::page(call, "modules_plan.html", *data, change ? 200 : 422);
}

// The change is made before the answer: what the page shows afterwards is what is true.
http::Response change(Call& call, std::string_view done, const std::string& object, const Operation& operation) {
    const auto result = call.site.lifecycle.perform(operation);
    if (!result) return show(call, {}, problems_text(call, result.problems()), 422);
    core::audit(call.site.pool, abi::audit_line(call.ctx, "core.module_" + std::string{done}, object));
    return web::redirect(std::string{kPath} + "?done=" + std::string{done});
}

struct Action {
    std::string_view word;  // of the path
    Operation::Kind kind;
    std::string_view done;
    std::string_view title;  // msgid
};
constexpr Action kActions[] = {
    {"enable", Operation::Kind::enable, "enabled", "Enable %1"},
    {"upgrade", Operation::Kind::enable, "upgraded", "Upgrade %1"},
    {"disable", Operation::Kind::disable, "disabled", "Disable %1"},
    {"rollback", Operation::Kind::rollback, "rolled_back", "Take %1 back to its previous version"},
};

Operation operation_of(Call& call, const Action& action, bool cascade) { return {action.kind, call.param("id"), cascade, {}, {}}; }

http::Response get_plan(Call& call, const Action& action) {
    auto title = call.tr(action.title);
    if (const auto at = title.find("%1"); at != std::string::npos) title.replace(at, 2, call.param("id"));
    return plan(call, title, operation_of(call, action, action.kind == Operation::Kind::disable));
}

http::Response post_change(Call& call, const Action& action) {
    return change(call, action.done, "module/" + call.param("id"), operation_of(call, action, call.form_value("cascade") == "1"));
}

// --- presets ---

std::optional<Operation> deployment_of(Call& call) {
    auto all = presets(call);
    const auto preset = all.find(call.param("name"));
    if (preset == all.end()) return std::nullopt;
    return Operation{Operation::Kind::deploy, {}, false, {}, std::move(preset->second)};
}

http::Response get_deployment(Call& call) {
    const auto operation = deployment_of(call);
    if (!operation) return show(call, {}, call.tr("There is no such preset."), 404);
    return plan(call, call.tr(operation->deployment.name), *operation);
}

http::Response post_deployment(Call& call) {
    const auto operation = deployment_of(call);
    if (!operation) return show(call, {}, call.tr("There is no such preset."), 404);
    return change(call, "deployed", "deployment/" + call.param("name"), *operation);
}

}  // namespace

std::vector<web::HostRoute> modules_routes() {
    const std::string permission = "core.modules";
    std::vector<web::HostRoute> routes = {
        {"GET", std::string{kPath}, permission, false, get_modules},
        {"GET", "/admin/modules/presets/{name}/apply", permission, false, get_deployment},
        {"POST", "/admin/modules/presets/{name}/apply", permission, false, post_deployment},
    };
    for (const auto& action : kActions) {
        const auto path = "/admin/modules/{id}/" + std::string{action.word};
        routes.push_back({"GET", path, permission, false, [&action](Call& call) { return get_plan(call, action); }});
        routes.push_back({"POST", path, permission, false, [&action](Call& call) { return post_change(call, action); }});
    }
    return routes;
}

}  // namespace host::pages
