#include "pages/routes.hpp"

#include "abi/audit.hpp"
#include "base/json.hpp"
#include "base/strings.hpp"
#include "core/settings.hpp"
#include "core/settings_schema.hpp"
#include "pages/settings_form.hpp"
#include "plugin/snapshot.hpp"

#include <algorithm>
#include <charconv>

namespace host::pages {
namespace {

using base::Value;
using web::Call;

constexpr std::string_view kPath = "/admin/settings";

struct Section {
    std::string id;             // "core" or a plugin's
    std::string_view schema_json;  // of the snapshot
};

std::string path_of(std::string_view id) { return id == core::kHostSettings ? std::string{kPath} : std::string{kPath} + '/' + std::string{id}; }

// Empty schema: there is no such section.
Section find_section(Call& call, const std::string& id) {
    if (id == core::kHostSettings) return {id, core::host_settings_schema()};
    const auto* generation = call.ctx.snapshot->find(id);
    return {id, generation ? std::string_view{generation->manifest().settings_json} : std::string_view{}};
}

void add_section(Value& to, std::string_view id, std::string_view label, std::string_view current) {
    auto* section = to.add_object({});
    section->set("path", std::string_view{path_of(id)});
    section->set("label", label);
    section->set("active", id == current);
}

void add_sections(Call& call, Value& data, std::string_view current) {
    auto* sections = data.add_array("sections");
    add_section(*sections, core::kHostSettings, call.tr("General"), current);
    for (const auto& generation : call.ctx.snapshot->generations())
        if (!generation->manifest().settings_json.empty())
            add_section(*sections, generation->id(), call.ctx.snapshot->catalogs().text(generation->id(), call.ctx.language, generation->manifest().name), current);
}

struct Outcome {
    int status = 200;
    const Value* errors = nullptr;
    std::string message;  // of success
    std::string problem;  // at the head of the form
    bool conflict = false;
};

http::Response show(Call& call, const Section& section, const Outcome& outcome) {
    auto& arena = call.ctx.arena;
    const auto state = call.site.services.settings->get();
    const auto& schema = core::parse_settings_schema(arena, section.schema_json);
    const auto* errors = outcome.errors ? outcome.errors : Value::object(arena);
    const SettingsForm form{call, section.id, schema, state->of(section.id, section.schema_json), state->stored(section.id),
                            *errors, outcome.status != 200, outcome.conflict};
    auto* data = Value::object(arena);
    data->set("title", std::string_view{call.tr("Settings")});
    add_sections(call, *data, section.id);
    data->set("fields", settings_fields(form));
    data->set("action", std::string_view{path_of(section.id)});
    data->set("version", state->version(section.id));
    data->set("errors", errors);
    data->set("message", std::string_view{outcome.message});
    data->set("problem", std::string_view{outcome.problem});
    return web::page(call, "settings.html", *data, outcome.status);
}

http::Response get_section(Call& call, const std::string& id) {
    const auto section = find_section(call, id);
    if (section.schema_json.empty()) return web::redirect(kPath);
    const bool saved = call.request.query_value("done") == "saved";
    return show(call, section, {200, nullptr, saved ? call.tr("The settings are saved. They are in force at once.") : std::string{}, {}, false});
}

std::string form_name_of(std::string_view path) {
    std::string name{path.substr(1)};
    std::ranges::replace(name, '/', '.');
    return name;
}

Outcome refused(Call& call, const Section& section, const base::Problems& problems) {
    if (problems.front().code == "settings.version")
        return {409, nullptr, {}, call.tr("Somebody else has saved these settings meanwhile. What you entered is below; where it differs, what is stored now is beside it. Save again to replace it."), true};
    auto* errors = Value::object(call.ctx.arena);
    const auto& schema = core::parse_settings_schema(call.ctx.arena, section.schema_json);
    for (const auto& problem : problems) {
        const auto text = problem.code == "settings.required" ? call.tr("Fill in this field.") : expected_setting(call, schema, problem.path);
        errors->set(form_name_of(problem.path), std::string_view{text});
    }
    return {422, errors, {}, {}, false};
}

std::string audit_details(Call& call, const std::vector<std::string>& changed) {
    auto* details = Value::object(call.ctx.arena);
    auto* names = details->add_array("changed");
    for (const auto& name : changed) names->push(Value::string(call.ctx.arena, name));
    return base::to_json(*details);
}

base::Result<core::SettingsWritten> write(Call& call, const Section& section, const Value& values, int version) {
    call.ctx.begin();
    auto written = core::write_settings(call.ctx.connection(), call.site.services.settings->secrets(),
                                        {section.id, section.schema_json, values, call.ctx.principal.user_id, version});
    if (!written) {
        call.ctx.rollback();
        return written;
    }
    if (!written->changed.empty())
        core::audit(call.ctx.connection(), abi::audit_line(call.ctx, "core.settings_changed", "settings/" + section.id, audit_details(call, written->changed)));
    call.ctx.commit();
    return written;
}

http::Response post_section(Call& call, const std::string& id) {
    const auto section = find_section(call, id);
    if (section.schema_json.empty()) return web::redirect(kPath);
    int version = -1;
    const auto sent = call.form_value("version");
    std::from_chars(sent.data(), sent.data() + sent.size(), version);
    const auto& schema = core::parse_settings_schema(call.ctx.arena, section.schema_json);
    const auto written = write(call, section, *read_settings_form(call, schema), version);
    call.site.services.settings->invalidate();
    if (!written) return show(call, section, refused(call, section, written.problems()));
    return web::redirect(path_of(id) + "?done=saved");
}

}  // namespace

std::vector<web::HostRoute> settings_routes() {
    const std::string permission = "core.settings", path{kPath};
    const std::string host{core::kHostSettings};
    constexpr std::size_t kPictures = 1 << 20;
    return {
        {"GET", path, permission, false, [host](Call& call) { return get_section(call, host); }},
        {"POST", path, permission, false, [host](Call& call) { return post_section(call, host); }, kPictures},
        {"GET", path + "/{plugin}", permission, false, [](Call& call) { return get_section(call, call.param("plugin")); }},
        {"POST", path + "/{plugin}", permission, false, [](Call& call) { return post_section(call, call.param("plugin")); }, kPictures},
    };
}

}  // namespace host::pages
