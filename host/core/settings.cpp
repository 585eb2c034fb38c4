#include "core/settings.hpp"

#include "base/json.hpp"
#include "core/settings_schema.hpp"
#include "i18n/catalogs.hpp"

namespace host::core {
namespace {

using base::Value;
using Type = Value::Type;

constexpr std::string_view kSealed = "sealed";

// What a secret is authenticated with.
std::string place_of(std::string_view plugin_id, std::string_view path) { return "settings/" + std::string{plugin_id} + std::string{path}; }

std::string below(std::string_view path, std::string_view name) { return std::string{path} + '/' + std::string{name}; }

// ---------------------------------------------------------------------------------------- in force

class Reading {
public:
    Reading(base::Arena& arena, const Secrets& secrets, std::string_view plugin_id) : arena_{arena}, secrets_{secrets}, plugin_id_{plugin_id} {}

    const Value* object(const Value& schema, const Value* stored, const std::string& path) {
        auto* out = Value::object(arena_);
        const auto* properties = properties_of(schema);
        for (std::size_t i = 0; properties && i < properties->size(); ++i) {
            const auto name = properties->key(i);
            if (const auto* value = member(*properties->at(i), stored ? stored->get(name) : nullptr, below(path, name))) out->set(name, value);
        }
        return out;
    }

private:
    const Value* member(const Value& property, const Value* stored, const std::string& path) {
        if (is_group(property)) return object(property, stored, path);
        if (flag_of(property, "x-secret")) return secret(stored, path);
        return stored && check_setting(property, *stored).empty() ? stored : property.get("default");
    }

    const Value* secret(const Value* stored, const std::string& path) {
        if (!stored) return nullptr;
        const auto clear = secrets_.open(text_of(*stored, kSealed), place_of(plugin_id_, path));
        return clear ? Value::string(arena_, *clear) : nullptr;
    }

    base::Arena& arena_;
    const Secrets& secrets_;
    std::string_view plugin_id_;
};

// ----------------------------------------------------------------------------------------- writing

class Merge {
public:
    Merge(db::Connection& connection, const Secrets& secrets, std::string_view plugin_id, base::Arena& arena)
        : connection_{connection}, secrets_{secrets}, plugin_id_{plugin_id}, arena_{arena} {}

    // What is stored and not named in values stays, also what this version of the schema does not know.
    const Value* object(const Value& schema, const Value* stored, const Value& values, const std::string& path) {
        auto* out = Value::object(arena_);
        for (std::size_t i = 0; stored && i < stored->size(); ++i)
            if (!values.get(stored->key(i))) out->set(stored->key(i), stored->at(i));
        const auto* properties = properties_of(schema);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto name = values.key(i);
            const auto* property = properties ? properties->get(name) : nullptr;
            if (!property) problem("settings.unknown", "there is no such setting", below(path, name));
            else if (const auto* value = member(schema, *property, name, stored ? stored->get(name) : nullptr, *values.at(i), below(path, name)))
                out->set(name, value);
        }
        return out;
    }

    base::Problems problems;
    std::vector<std::string> changed;

private:
    const Value* member(const Value& schema, const Value& property, std::string_view name, const Value* stored, const Value& value, const std::string& path) {
        if (is_group(property) && value.is(Type::object)) return object(property, stored, value, path);
        const bool nothing = value.is(Type::null) || (value.is(Type::string) && value.as_string().empty());
        if (nothing && is_required(schema, name)) return problem("settings.required", "is missing", path);
        if (value.is(Type::null)) {
            if (stored) note(path);
            return nullptr;
        }
        for (const auto& wrong : check_setting(connection_, property, value)) problem("settings.value", wrong.message, path);
        if (flag_of(property, "x-secret") && value.is(Type::string)) return sealed(value.as_string(), path);
        const auto* current = stored ? stored : property.get("default");
        if (!current || base::to_json(*current) != base::to_json(value)) note(path);
        else if (!stored) return nullptr;  // the default of a later version is then in force
        return &value;
    }

    const Value* sealed(std::string_view clear, const std::string& path) {
        note(path);
        auto* out = Value::object(arena_);
        out->set(kSealed, std::string_view{secrets_.seal(clear, place_of(plugin_id_, path))});
        return out;
    }

    const Value* problem(std::string code, std::string message, const std::string& path) {
        problems.push_back({std::move(code), std::move(message), path});
        return nullptr;
    }

    void note(const std::string& path) {
        auto name = path.substr(1);
        if (const auto slash = name.find('/'); slash != std::string::npos) name[slash] = '.';
        changed.push_back(std::move(name));
    }

    db::Connection& connection_;
    const Secrets& secrets_;
    std::string_view plugin_id_;
    base::Arena& arena_;
};

void publish(db::Connection& connection, const SettingsWrite& write, const std::vector<std::string>& changed) {
    base::Arena arena;
    auto* data = Value::object(arena);
    data->set("plugin", write.plugin_id);
    auto* names = data->add_array("changed");
    for (const auto& name : changed) names->push(Value::string(arena, name));
    connection.exec("select core.publish('core.settings_changed', 1, $1, $2::jsonb, $3)",
                    {"settings/" + std::string{write.plugin_id}, base::to_json(*data), write.by});
}

}  // namespace

SettingsState::SettingsState(const db::Rows& rows, const Secrets& secrets) : secrets_{secrets} {
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto* row = rows.row_value(arena_, r);
        stored_[std::string{rows.text(r, 0)}] = {row->get("value"), static_cast<int>(rows.i64(r, 2))};
    }
}

const Value& SettingsState::of(std::string_view plugin_id, std::string_view schema_json) const {
    const auto key = std::string{plugin_id} + '\n' + std::string{schema_json};
    std::lock_guard lock{mutex_};
    auto& in_force = in_force_[key];
    if (!in_force) {
        auto fresh = std::make_unique<InForce>();
        if (schema_json.empty()) fresh->value = Value::object(fresh->arena);
        else
            fresh->value = Reading{fresh->arena, secrets_, plugin_id}.object(parse_settings_schema(fresh->arena, schema_json), stored(plugin_id), {});
        in_force = std::move(fresh);
    }
    return *in_force->value;
}

const Value* SettingsState::stored(std::string_view plugin_id) const {
    const auto found = stored_.find(plugin_id);
    return found == stored_.end() ? nullptr : found->second.value;
}

int SettingsState::version(std::string_view plugin_id) const {
    const auto found = stored_.find(plugin_id);
    return found == stored_.end() ? 0 : found->second.version;
}

std::shared_ptr<const SettingsState> Settings::get() const {
    return cache_.get([&] { return std::make_shared<SettingsState>(pool_.exec("select plugin_id, value, version from core.setting"), secrets_); });
}

std::string Settings::company_zone() const {
    const auto state = get();
    return std::string{text_of(*state->of(kHostSettings, host_settings_schema()).get("regional"), "time_zone")};
}

std::string Settings::company_language() const try {
    const auto state = get();
    return std::string{text_of(*state->of(kHostSettings, host_settings_schema()).get("regional"), "language")};
} catch (const db::Unavailable&) {
    return std::string{i18n::kDefaultLanguage};
}

base::Result<SettingsWritten> write_settings(db::Connection& connection, const Secrets& secrets, const SettingsWrite& write) {
    connection.exec("insert into core.setting (plugin_id) values ($1) on conflict do nothing", {write.plugin_id});
    const auto rows = connection.exec("select value, version from core.setting where plugin_id = $1 for update", {write.plugin_id});
    const auto version = static_cast<int>(rows.i64(0, 1));
    if (write.expected_version && *write.expected_version != version)
        return base::Problem{"settings.version", "the settings were changed meanwhile", {}};
    base::Arena arena;
    Merge merge{connection, secrets, write.plugin_id, arena};
    const auto& schema = parse_settings_schema(arena, write.schema_json);
    const auto* merged = merge.object(schema, rows.row_value(arena, 0)->get("value"), write.values, {});
    if (!merge.problems.empty()) return std::move(merge.problems);
    if (merge.changed.empty()) return SettingsWritten{version, {}};
    connection.exec(
        "update core.setting set value = $2::jsonb, version = version + 1, updated_at = now(), updated_by = nullif($3::bigint, 0) where "
        "plugin_id = $1",
        {write.plugin_id, base::to_json(*merged), write.by});
    publish(connection, write, merge.changed);
    return SettingsWritten{version + 1, std::move(merge.changed)};
}

}  // namespace host::core
