#include "pages/rights_form.hpp"

#include "auth/permissions.hpp"
#include "base/strings.hpp"
#include "plugin/snapshot.hpp"

#include <algorithm>

namespace host::pages {
namespace {

using auth::Level;
using base::Value;
using web::Call;

constexpr struct {
    std::string_view verb, label;
} kVerbs[] = {{"read", "See"}, {"create", "Add"}, {"update", "Change"}, {"delete", "Delete"}};

// A row at once: its levels in the order of kVerbs.
constexpr struct {
    std::string_view id, label;
    Level levels[std::size(kVerbs)];
} kPresets[] = {
    {"none", "Nothing", {Level::none, Level::none, Level::none, Level::none}},
    {"read", "See everything, change nothing", {Level::all, Level::none, Level::none, Level::none}},
    {"own", "Work on their own data", {Level::own, Level::all, Level::own, Level::none}},
    {"team", "Work on their team’s data", {Level::team, Level::all, Level::team, Level::none}},
    {"all", "See, add, change and delete ALL the data", {Level::all, Level::all, Level::all, Level::all}},
};

constexpr std::string_view kGiven = "1";

struct Object {
    std::string id;
    std::string label;
    std::vector<std::string> verbs;
};
struct Grant {
    std::string id, label;
};
struct Module {
    std::string id, label;
    std::vector<Object> objects;
    std::vector<Grant> grants;  // yes or no
};

Module host_module(Call& call) {
    Module out{"core", call.tr("Administration"), {}, {}};
    for (const auto& permission : auth::kHostPermissions)
        if (!permission.administrators_only) out.grants.push_back({std::string{permission.id}, call.tr(permission.label)});
    return out;
}

Module module_of(Call& call, const plugin::Manifest& manifest) {
    const auto tr = [&](std::string_view msgid) {
        return std::string{call.ctx.snapshot->catalogs().text(manifest.id, call.ctx.language, msgid)};
    };
    Module out{manifest.id, tr(manifest.name), {}, {}};
    for (const auto& object : manifest.objects)
        if (!object.verbs.empty()) out.objects.push_back({object.id, tr(object.label), object.verbs});
    for (const auto& permission : manifest.permissions) out.grants.push_back({permission.id, tr(permission.label)});
    return out;
}

// The active ones that have something to give, the host last.
std::vector<Module> modules(Call& call) {
    std::vector<Module> out;
    for (const auto& generation : call.ctx.snapshot->generations()) {
        auto module = module_of(call, generation->manifest());
        if (!module.objects.empty() || !module.grants.empty()) out.push_back(std::move(module));
    }
    out.push_back(host_module(call));
    return out;
}

Level level_in(const auth::Levels& levels, std::string_view permission) {
    const auto it = levels.find(permission);
    return it == levels.end() ? Level::none : it->second;
}

std::vector<std::string> permissions_of(const Module& module) {
    std::vector<std::string> out;
    for (const auto& object : module.objects)
        for (const auto& verb : object.verbs) out.push_back(object.id + '.' + verb);
    for (const auto& grant : module.grants) out.push_back(grant.id);
    return out;
}

bool gives_something(const Module& module, const auth::Levels& levels) {
    return std::ranges::any_of(permissions_of(module), [&](const auto& permission) { return level_in(levels, permission) != Level::none; });
}

std::string access_name(const Module& module) { return "access." + module.id; }

// What is added belongs to whoever adds it: yes or no.
const Value* level_options(Call& call, std::string_view verb) {
    auto* options = Value::array(call.ctx.arena);
    const auto add = [&](Level level, std::string_view label) {
        auto* option = options->add_object({});
        option->set("value", auth::to_text(level));
        option->set("label", std::string_view{call.tr(label)});
    };
    if (verb == "create") {
        add(Level::none, "No");
        add(Level::all, "Yes");
        return options;
    }
    add(Level::none, "Nothing");
    add(Level::own, "Their own data");
    add(Level::team, "Their team’s data");
    add(Level::all, "ALL the data");
    return options;
}

void add_cells(Call& call, Value& row, const Object& object, const auth::Levels& levels, const Value& errors) {
    auto* cells = row.add_array("cells");
    for (const auto& [verb, label] : kVerbs) {
        auto* cell = cells->add_object({});
        cell->set("label", std::string_view{call.tr(label)});
        if (std::ranges::find(object.verbs, verb) == object.verbs.end()) continue;
        const auto permission = object.id + '.' + std::string{verb};
        auto level = level_in(levels, permission);
        if (verb == "create" && level != Level::none) level = Level::all;
        cell->set("permission", std::string_view{permission});
        cell->set("value", auth::to_text(level));
        cell->set("options", level_options(call, verb));
        if (const auto* error = errors.get(permission)) cell->set("error", error);
    }
}

void add_presets(Call& call, Value& row, const Object& object) {
    auto* presets = row.add_array("presets");
    for (const auto& preset : kPresets) {
        auto* entry = presets->add_object({});
        entry->set("value", std::string_view{object.id + '/' + std::string{preset.id}});
        entry->set("label", std::string_view{call.tr(preset.label)});
    }
}

// Levels of the row that the pressed button names.
void apply_preset(const Object& object, std::string_view pressed, auth::Levels& levels) {
    const auto slash = pressed.find('/');
    if (slash == std::string_view::npos || pressed.substr(0, slash) != object.id) return;
    for (const auto& preset : kPresets)
        for (std::size_t i = 0; preset.id == pressed.substr(slash + 1) && i < std::size(kVerbs); ++i)
            if (std::ranges::find(object.verbs, kVerbs[i].verb) != object.verbs.end())
                levels[object.id + '.' + std::string{kVerbs[i].verb}] = preset.levels[i];
}

bool preset_of(const Module& module, std::string_view pressed) {
    return std::ranges::any_of(module.objects, [&](const auto& object) { return pressed.starts_with(object.id + '/'); });
}

void read_objects(Call& call, const Module& module, auth::Levels& levels, Value& errors) {
    for (const auto& object : module.objects) {
        for (const auto& verb : object.verbs) {
            const auto permission = object.id + '.' + verb;
            const auto level = auth::to_level(call.form_value(permission));
            if (level) levels[permission] = *level;
            else errors.set(permission, std::string_view{call.tr("Choose one of the levels.")});
        }
        apply_preset(object, call.form_value("preset"), levels);
    }
}

void read_module(Call& call, const Module& module, auth::Levels& levels, Value& errors) {
    const bool open = module.id == "core" || call.form_value(access_name(module)) == kGiven || preset_of(module, call.form_value("preset"));
    if (!open) {
        for (const auto& permission : permissions_of(module)) levels[permission] = Level::none;
        return;
    }
    read_objects(call, module, levels, errors);
    for (const auto& grant : module.grants) levels[grant.id] = call.form_value(grant.id) == kGiven ? Level::all : Level::none;
    if (module.id != "core" && call.form_value("preset").empty() && !gives_something(module, levels))
        errors.set(access_name(module), std::string_view{call.tr("Give at least one right, or withhold the access to this module.")});
}

}  // namespace

const Value* rights_form(Call& call, const auth::Levels& levels, const Value& errors) {
    auto* out = Value::array(call.ctx.arena);
    for (const auto& module : modules(call)) {
        const auto* error = errors.get(access_name(module));
        auto* entry = out->add_object({});
        entry->set("id", std::string_view{module.id});
        entry->set("label", std::string_view{module.label});
        entry->set("closable", module.id != "core");
        entry->set("open", module.id == "core" || error || gives_something(module, levels));
        if (error) entry->set("error", error);
        auto* verbs = entry->add_array("verbs");
        for (const auto& verb : kVerbs) verbs->push(Value::string(call.ctx.arena, call.tr(verb.label)));
        auto* objects = entry->add_array("objects");
        for (const auto& object : module.objects) {
            auto* row = objects->add_object({});
            row->set("id", std::string_view{object.id});
            row->set("label", std::string_view{object.label});
            add_cells(call, *row, object, levels, errors);
            add_presets(call, *row, object);
        }
        auto* grants = entry->add_array("grants");
        for (const auto& grant : module.grants) {
            auto* row = grants->add_object({});
            row->set("permission", std::string_view{grant.id});
            row->set("label", std::string_view{grant.label});
            row->set("given", level_in(levels, grant.id) != Level::none);
        }
    }
    return out;
}

auth::Levels read_rights(Call& call, Value& errors) {
    const auto shown = base::split(call.form_value("modules"), ',');
    auth::Levels levels;
    for (const auto& module : modules(call))
        if (std::ranges::find(shown, module.id) != shown.end()) read_module(call, module, levels, errors);
    return levels;
}

}  // namespace host::pages
