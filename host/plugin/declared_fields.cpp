#include "plugin/declared_fields.hpp"

#include "core/field_store.hpp"

#include <algorithm>

namespace host::plugin {
namespace {

core::Texts in_every_language(const Package& package, const i18n::Catalogs& texts, std::string_view msgid) {
    core::Texts out;
    for (const auto language : i18n::kLanguages) out.emplace(language, texts.text(package.manifest.id, language, msgid));
    return out;
}

core::Field to_field(const Package& package, const i18n::Catalogs& texts, const Manifest::Field& declared) {
    core::Field field;
    field.object = declared.object;
    field.code = declared.code();
    field.type = core::field_type(declared.type).value();  // checked with the manifest
    field.labels = in_every_language(package, texts, declared.label);
    for (const auto& option : declared.options) field.options.push_back({option.value, {option.labels.begin(), option.labels.end()}});
    field.audience = core::audience_of(declared.audience);
    field.mandatory = declared.mandatory;
    field.in_form = declared.in_form;
    field.more_info = declared.more_info;
    field.searchable = declared.searchable;
    field.filterable = declared.filterable;
    return field;
}

// The group of that name, made when it is missing.
std::int64_t group_id(db::Connection& connection, const std::string& object, const core::Texts& labels) {
    const auto groups = core::read_groups(connection, object);
    const auto found = std::ranges::find(groups, labels, &core::FieldGroup::labels);
    return found == groups.end() ? core::add_group(connection, object, labels) : found->id;
}

bool wanted(db::Connection& connection, const std::string& object, const std::string& code) {
    return connection
        .exec(
            "select not exists (select from core.custom_field where object = $1 and code = $2)"
            " and not exists (select from core.deleted_field where object = $1 and code = $2)",
            {object, code})
        .boolean(0, 0);
}

}  // namespace

void add_declared_fields(db::Connection& connection, const Package& package) {
    const i18n::Catalogs texts{{package.catalog}};
    for (const auto& declared : package.manifest.fields) {
        core::StoredField stored{to_field(package, texts, declared), {}, 0};
        if (!wanted(connection, declared.object, stored.field.code)) continue;
        if (!declared.group.empty())
            stored.group_id = group_id(connection, declared.object, in_every_language(package, texts, declared.group));
        core::add_field(connection, stored);
    }
}

}  // namespace host::plugin
