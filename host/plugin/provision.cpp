#include "plugin/provision.hpp"

#include "auth/principal.hpp"
#include "base/json.hpp"
#include "db/migrator.hpp"
#include "plugin/generation.hpp"

#include <algorithm>

namespace host::plugin {
namespace {

constexpr std::string_view kCoreViews[] = {"core.user_v1",      "core.team_v1", "core.team_member_v1", "core.user_level_v1",
                                           "core.list_item_v1", "core.mail_v1", "core.mail_sender_v1"};

// Names come from a manifest that was checked: letters, digits and _ only.
std::string identifier(std::string_view name) { return '"' + std::string{name} + '"'; }

// Roles belong to the whole server, so another database's host may be making the same one.
void ensure_role(db::Connection& connection, const std::string& role) {
    if (connection.exec("select from pg_roles where rolname = $1", {role}).empty()) {
        try {
            connection.exec_script({}, "create role " + identifier(role) + " nologin");
        } catch (const db::Error& e) {
            if (e.sqlstate() != "42710" && !e.unique_violation()) throw;
        }
    }
    if (!connection.exec("select pg_has_role(current_user, $1::name, 'member')", {role}).boolean(0, 0))
        connection.exec_script({}, "grant " + identifier(role) + " to current_user");
}

base::Problems ensure_schema(db::Connection& connection, const std::string& schema, const std::string& role) {
    const auto owner = [&] { return connection.exec("select pg_get_userbyid(nspowner) from pg_namespace where nspname = $1", {schema}); };
    if (owner().empty())
        connection.exec_script({}, "create schema if not exists " + identifier(schema) + " authorization " + identifier(role));
    const auto rows = owner();
    if (rows.text(0, 0) == role) return {};
    return {{"database.schema", "the schema " + schema + " exists and belongs to " + std::string{rows.text(0, 0)}, schema}};
}

void ensure_usage(db::Connection& connection, const std::string& schema, const std::string& role) {
    if (!connection.exec("select has_schema_privilege($1::name, $2::text, 'usage')", {role, schema}).boolean(0, 0))
        connection.exec_script({}, "grant usage on schema " + identifier(schema) + " to " + identifier(role));
}

bool belongs_to_optional(const Manifest& manifest, std::string_view schema) {
    return std::any_of(manifest.optional.begin(), manifest.optional.end(),
                       [&](const auto& entry) { return database_name(entry.first) == schema; });
}

base::Problems grant_read(db::Connection& connection, const Manifest& manifest, const std::string& view, const std::string& role) {
    const auto dot = view.find('.');
    const auto schema = view.substr(0, dot), name = view.substr(dot + 1);
    if (schema == "core" && std::find(std::begin(kCoreViews), std::end(kCoreViews), view) == std::end(kCoreViews))
        return {{"database.view", "is not for plugins to read", view}};
    if (connection.exec("select from pg_views where schemaname = $1 and viewname = $2", {schema, name}).empty()) {
        if (belongs_to_optional(manifest, schema)) return {};
        return {{"database.view", "there is no such view", view}};
    }
    ensure_usage(connection, schema, role);
    if (!connection.exec("select has_table_privilege($1::name, $2::text, 'select')", {role, identifier(schema) + '.' + identifier(name)})
             .boolean(0, 0))
        connection.exec_script({}, "grant select on " + identifier(schema) + '.' + identifier(name) + " to " + identifier(role));
    return {};
}

// The plugin a list belongs to is the beginning of its id; an id may be the beginning of another.
std::vector<std::string> roles_of_owner(db::Connection& connection, const std::string& list) {
    std::vector<std::string> roles;
    for (auto dot = list.find('.'); dot != std::string::npos; dot = list.find('.', dot + 1)) {
        auto role = "guichet_p_" + database_name(list.substr(0, dot));
        if (!connection.exec("select from pg_roles where rolname = $1", {role}).empty()) roles.push_back(std::move(role));
    }
    return roles;
}

template <class F>
base::Problems explain(F&& f) {
    try {
        return f();
    } catch (const db::Unavailable&) {
        throw;
    } catch (const db::Error& e) {
        return {{"database.refused", e.what(), e.sqlstate()}};
    }
}

std::string to_json(const std::map<std::string, std::string>& texts) {
    base::Arena arena;
    auto* object = base::Value::object(arena);
    for (const auto& [key, value] : texts) object->set(key, std::string_view{value});
    return base::to_json(*object);
}

// Entries that are there are the administrator's, and what he deleted does not come back.
void add_list(db::Connection& connection, const std::string& plugin_id, const Manifest::List& list) {
    connection.exec(
        "insert into core.list (id, plugin_id, label) values ($1, $2, $3)"
        " on conflict (id) do update set label = excluded.label where list.label <> excluded.label",
        {list.id, plugin_id, list.label});
    for (const auto& item : list.items)
        connection.exec(
            "insert into core.list_item (list_id, code, labels, color, position) select $1, $2, $3::jsonb, $4, coalesce(max(position), -1) "
            "+ 1"
            " from core.list_item where list_id = $1"
            " having not exists (select from core.list_deleted where list_id = $1 and code = $2) on conflict (list_id, code) do nothing",
            {list.id, item.code, to_json(item.labels), item.color});
}

// The mask is the administrator's from the first moment.
void add_counter(db::Connection& connection, const std::string& plugin_id, const Manifest::Counter& counter) {
    connection.exec(
        "insert into core.counter (id, plugin_id, label, mask) values ($1, $2, $3, $4)"
        " on conflict (id) do update set label = excluded.label where counter.label <> excluded.label",
        {counter.id, plugin_id, counter.label, counter.mask});
}

struct Grant {
    std::string profile, permission;
    auth::Level level;
};

std::vector<Grant> default_grants(const Manifest::Object& object) {
    std::vector<Grant> grants;
    for (const auto& [profile, verbs] : object.defaults)
        for (const auto& [verb, level] : verbs)
            grants.push_back({profile, object.id + '.' + verb, auth::to_level(level).value_or(auth::Level::none)});
    return grants;
}

void add_grants(db::Connection& connection, const std::vector<std::string>& permissions, const std::vector<Grant>& defaults) {
    for (const auto& permission : permissions)
        if (!connection.exec("select from core.profile_grant where permission = $1 limit 1", {permission}).empty()) return;
    for (const auto& grant : defaults)
        connection.exec(
            "insert into core.profile_grant (profile_id, permission, level) select id, $2, $3 from core.profile where code = $1",
            {grant.profile, grant.permission, static_cast<int>(grant.level)});
}

}  // namespace

base::Problems provision(db::Connection& connection, const Package& package) {
    return explain([&]() -> base::Problems {
        const auto identity = identity_of(package.manifest);
        const auto& schema = package.manifest.database.schema;
        ensure_role(connection, identity.role);
        ensure_usage(connection, "core", identity.role);
        if (!schema.empty())
            if (auto problems = ensure_schema(connection, schema, identity.role); !problems.empty()) return problems;
        if (auto problems = grant_reads(connection, package.manifest); !problems.empty()) return problems;
        if (auto done = db::migrate(connection, package.manifest.id, identity, package.migrations, db::Phase::expand); !done)
            return done.problems();
        return grant_columns(connection, package.manifest);
    });
}

base::Problems grant_columns(db::Connection& connection, const Manifest& manifest) {
    return explain([&] {
        base::Problems problems;
        for (const auto& column : manifest.columns) {
            if (column.sort_view.empty()) continue;
            if (!column.sort_view.starts_with(manifest.database.schema + '.'))
                problems.push_back({"database.view", "a column is sorted by a view of its own package", column.sort_view});
            else
                for (const auto& role : roles_of_owner(connection, column.list)) {
                    const auto found = grant_read(connection, manifest, column.sort_view, role);
                    problems.insert(problems.end(), found.begin(), found.end());
                }
        }
        return problems;
    });
}

base::Problems grant_reads(db::Connection& connection, const Manifest& manifest) {
    return grant_reads_to(connection, manifest, identity_of(manifest).role);
}

base::Problems grant_reads_to(db::Connection& connection, const Manifest& manifest, const std::string& role) {
    return explain([&] {
        base::Problems problems;
        for (const auto& view : manifest.database.reads) {
            const auto found = grant_read(connection, manifest, view, role);
            problems.insert(problems.end(), found.begin(), found.end());
        }
        return problems;
    });
}

void add_first_content(db::Connection& connection, const Manifest& manifest) {
    for (const auto& list : manifest.lists) add_list(connection, manifest.id, list);
    for (const auto& counter : manifest.counters) add_counter(connection, manifest.id, counter);
    for (const auto& object : manifest.objects) {
        std::vector<std::string> permissions;
        for (const auto& verb : object.verbs) permissions.push_back(object.id + '.' + verb);
        add_grants(connection, permissions, default_grants(object));
    }
    for (const auto& permission : manifest.permissions) {
        std::vector<Grant> grants;
        for (const auto& profile : permission.profiles) grants.push_back({profile, permission.id, auth::Level::all});
        add_grants(connection, {permission.id}, grants);
    }
}

}  // namespace host::plugin
