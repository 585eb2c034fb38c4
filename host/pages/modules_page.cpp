#include "pages/routes.hpp"

#include "abi/audit.hpp"

namespace host::pages {
namespace {

using base::Value;
using web::Call;

constexpr std::string_view kPath = "/admin/modules";

void set_list(Value& to, std::string_view key, const std::vector<std::string>& items) {
    auto* list = to.add_array(key);
    for (const auto& item : items) list->push(Value::string(to.arena(), item));
}

void add_module(Call& call, Value& to, const plugin::ModuleInfo& info) {
    auto* module = to.add_object({});
    const i18n::Catalogs own{{info.catalog}};  // a module that is switched off is not in the snapshot's
    module->set("id", std::string_view{info.id});
    module->set("name", own.text(info.id, call.ctx.language, info.name));
    module->set("description", own.text(info.id, call.ctx.language, info.description));
    module->set("version", std::string_view{info.version});
    module->set("state", std::string_view{info.state});
    module->set("wanted", info.wanted);
    module->set("sha256", std::string_view{info.sha256});
    module->set("active_sha256", std::string_view{info.active_sha256});
    module->set("upgradable", info.state == "active" && !info.sha256.empty() && info.sha256 != info.active_sha256);
    module->set("error_phase", std::string_view{info.error_phase});
    module->set("error_message", std::string_view{info.error_message});
    set_list(*module, "requires", info.requires_);
    set_list(*module, "required_by", info.required_by);
    set_list(*module, "other_versions", info.other_versions);
}

http::Response show(Call& call, std::string_view message, std::string_view error, int status) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Modules")});
    auto* modules = data->add_array("modules");
    for (const auto& info : call.site.lifecycle.list()) add_module(call, *modules, info);
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
    return show(call, message, {}, 200);
}

// The change is made before the answer: what the page shows afterwards is what is true.
http::Response change(Call& call, std::string_view done, const base::Result<std::string>& result) {
    if (result) {
        core::audit(call.site.pool, abi::audit_line(call.ctx, "core.module_" + std::string{done}, "module/" + call.param("id")));
        return web::redirect(std::string{kPath} + "?done=" + std::string{done});
    }
    return show(call, {}, base::to_text(result.problems()), 422);
}

http::Response post_enable(Call& call) { return change(call, "enabled", call.site.lifecycle.enable(call.param("id"))); }
http::Response post_upgrade(Call& call) { return change(call, "upgraded", call.site.lifecycle.enable(call.param("id"))); }
http::Response post_disable(Call& call) { return change(call, "disabled", call.site.lifecycle.disable(call.param("id"))); }

}  // namespace

std::vector<web::HostRoute> modules_routes() {
    const std::string permission = "core.modules";
    return {
        {"GET", std::string{kPath}, permission, false, get_modules},
        {"POST", "/admin/modules/{id}/enable", permission, false, post_enable},
        {"POST", "/admin/modules/{id}/upgrade", permission, false, post_upgrade},
        {"POST", "/admin/modules/{id}/disable", permission, false, post_disable},
    };
}

}  // namespace host::pages
