#include "plugin/declared_fields.hpp"

#include "base/json.hpp"

#include <initializer_list>

namespace host::plugin {
namespace {

using base::Value;

db::Rows exec(db::Connection& connection, std::string_view sql, std::initializer_list<db::Param> params) {
    return connection.exec({}, sql, {params.begin(), params.size()});
}

std::string labels_json(const Package& package, const i18n::Catalogs& texts, std::string_view msgid) {
    base::Arena arena;
    auto* labels = Value::object(arena);
    for (const auto language : i18n::kLanguages) labels->set(language, texts.text(package.manifest.id, language, msgid));
    return base::to_json(*labels);
}

std::string options_json(const std::vector<Manifest::FieldOption>& options) {
    base::Arena arena;
    auto* list = Value::array(arena);
    for (const auto& option : options) {
        auto* entry = list->add_object({});
        entry->set("value", std::string_view{option.value});
        auto* labels = entry->add_object("labels");
        for (const auto& [language, label] : option.labels) labels->set(language, std::string_view{label});
        entry->set("active", true);
    }
    return base::to_json(*list);
}

// The group of that name, made when it is missing; null for a field without one.
std::optional<std::int64_t> group_id(db::Connection& connection, const std::string& object, const std::string& labels) {
    const auto found = exec(connection, "select id from core.field_group where object = $1 and labels = $2::jsonb", {object, labels});
    if (!found.empty()) return found.i64(0, 0);
    return exec(connection,
                "insert into core.field_group (object, labels, position)"
                " select $1, $2::jsonb, coalesce(max(position) + 1, 0) from core.field_group where object = $1 returning id",
                {object, labels})
        .i64(0, 0);
}

bool wanted(db::Connection& connection, const std::string& object, const std::string& code) {
    return exec(connection,
                "select not exists (select from core.custom_field where object = $1 and code = $2)"
                " and not exists (select from core.deleted_field where object = $1 and code = $2)",
                {object, code})
        .boolean(0, 0);
}

}  // namespace

void add_declared_fields(db::Connection& connection, const Package& package) {
    const i18n::Catalogs texts{{package.catalog}};
    for (const auto& field : package.manifest.fields) {
        const std::string code{field.code()};
        if (!wanted(connection, field.object, code)) continue;
        const auto group = field.group.empty() ? std::nullopt : group_id(connection, field.object, labels_json(package, texts, field.group));
        const auto labels = labels_json(package, texts, field.label), options = options_json(field.options);
        exec(connection,
             "insert into core.custom_field (object, code, type, labels, group_id, options, position, mandatory, in_form, more_info, audience,"
             " searchable, filterable)"
             " select $1, $2, $3, $4::jsonb, $5::bigint, $6::jsonb, coalesce(max(position) + 1, 0), $7::boolean, $8::boolean, $9::boolean, $10,"
             " $11::boolean, $12::boolean from core.custom_field where object = $1 on conflict (object, code) do nothing",
             {field.object, code, field.type, labels, group, options, field.mandatory, field.in_form, field.more_info, field.audience,
              field.searchable, field.filterable});
    }
}

}  // namespace host::plugin
