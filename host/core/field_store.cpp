#include "core/field_store.hpp"

#include "base/json.hpp"

namespace host::core {
namespace {

using base::Value;

std::string json_of(const Texts& texts) {
    base::Arena arena;
    auto* object = Value::object(arena);
    for (const auto& [language, text] : texts)
        if (!text.empty()) object->set(language, std::string_view{text});
    return base::to_json(*object);
}

std::string json_of(const std::vector<FieldOption>& options) {
    base::Arena arena;
    auto* list = Value::array(arena);
    for (const auto& option : options) {
        auto* entry = list->add_object({});
        entry->set("value", std::string_view{option.value});
        auto* labels = entry->add_object("labels");
        for (const auto& [language, text] : option.labels)
            if (!text.empty()) labels->set(language, std::string_view{text});
        entry->set("active", option.active);
    }
    return base::to_json(*list);
}

constexpr std::string_view kSelect =
    "select f.id, f.object, f.code, f.type, f.labels, f.help, coalesce(g.labels, '{}') as group_labels, f.group_id, f.options, f.currency,"
    " f.audience, f.mandatory, f.in_form, f.more_info, f.searchable, f.filterable, f.active, f.version"
    " from core.custom_field f left join core.field_group g on g.id = f.group_id";
constexpr std::string_view kOrder = " order by coalesce(g.position, -1), g.id nulls first, f.position, f.id";

std::vector<StoredField> read(const db::Rows& rows) {
    std::vector<StoredField> out;
    base::Arena arena;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto& row = *rows.row_value(arena, r);
        const auto* group = row.get("group_id");
        out.push_back({field_of(row), group->is(Value::Type::integer) ? std::optional{group->as_integer()} : std::nullopt,
                       static_cast<int>(row.get("version")->as_integer())});
    }
    return out;
}

}  // namespace

std::vector<StoredField> read_fields(db::Connection& connection, std::string_view object) {
    return read(connection.exec(std::string{kSelect} + " where f.object = $1" + std::string{kOrder}, {object}));
}

std::optional<StoredField> read_stored_field(db::Connection& connection, std::int64_t id) {
    auto found = read(connection.exec(std::string{kSelect} + " where f.id = $1", {id}));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<FieldGroup> read_groups(db::Connection& connection, std::string_view object) {
    const auto rows = connection.exec("select id, labels from core.field_group where object = $1 order by position, id", {object});
    std::vector<FieldGroup> out;
    base::Arena arena;
    for (std::size_t r = 0; r < rows.size(); ++r) out.push_back({rows.i64(r, 0), read_texts(*rows.row_value(arena, r)->get("labels"))});
    return out;
}

base::Result<std::int64_t> add_field(db::Connection& connection, const StoredField& stored) {
    const auto& f = stored.field;
    const auto labels = json_of(f.labels), help = json_of(f.help), options = json_of(f.options);
    const auto rows = connection.exec(
        "insert into core.custom_field (object, code, type, labels, help, group_id, options, currency, mandatory, in_form, more_info, "
        "audience,"
        " searchable, filterable, position)"
        " select $1, $2, $3, $4::jsonb, $5::jsonb, (select id from core.field_group where id = $6::bigint and object = $1), $7::jsonb, $8,"
        " $9::boolean, $10::boolean, $11::boolean, $12, $13::boolean, $14::boolean, coalesce(max(position) + 1, 0)"
        " from core.custom_field where object = $1 on conflict (object, code) do nothing returning id",
        {f.object, f.code, name_of(f.type), labels, help, stored.group_id, options, f.currency, f.mandatory, f.in_form, f.more_info,
         name_of_audience(f.audience), f.searchable, f.filterable});
    if (rows.empty()) return base::Problem{"field.code", "Another field has this code.", f.code};
    return rows.i64(0, 0);
}

bool update_field(db::Connection& connection, const StoredField& stored) {
    const auto& f = stored.field;
    const auto labels = json_of(f.labels), help = json_of(f.help), options = json_of(f.options);
    return connection
               .exec(
                   "update core.custom_field set type = $3, labels = $4::jsonb, help = $5::jsonb,"
                   " group_id = (select g.id from core.field_group g where g.id = $6::bigint and g.object = custom_field.object),"
                   " options = $7::jsonb, currency = $8, mandatory = $9::boolean, in_form = $10::boolean, more_info = $11::boolean,"
                   " audience = $12, searchable = $13::boolean, filterable = $14::boolean, updated_at = now(), version = version + 1"
                   " where id = $1 and version = $2::int",
                   {f.id, stored.version, name_of(f.type), labels, help, stored.group_id, options, f.currency, f.mandatory, f.in_form,
                    f.more_info, name_of_audience(f.audience), f.searchable, f.filterable})
               .affected() == 1;
}

void set_field_active(db::Connection& connection, std::int64_t id, bool active) {
    connection.exec("update core.custom_field set active = $2::boolean, updated_at = now(), version = version + 1 where id = $1", {id, active});
}

void delete_field(db::Connection& connection, std::int64_t id) {
    connection.exec(
        "with gone as (delete from core.custom_field where id = $1 returning object, code),"
        " placed as (delete from core.form_item f using gone where f.object = gone.object and f.code = 'custom.' || gone.code)"
        " insert into core.deleted_field (object, code) select object, code from gone on conflict do nothing",
        {id});
}

std::int64_t add_group(db::Connection& connection, std::string_view object, const Texts& labels) {
    return connection
        .exec("insert into core.field_group (object, labels, position) select $1, $2::jsonb, coalesce(max(position) + 1, 0)"
              " from core.field_group where object = $1 returning id",
              {object, json_of(labels)})
        .i64(0, 0);
}

void rename_group(db::Connection& connection, std::int64_t id, const Texts& labels) {
    connection.exec("update core.field_group set labels = $2::jsonb where id = $1", {id, json_of(labels)});
}

void delete_group(db::Connection& connection, std::int64_t id) { connection.exec("delete from core.field_group where id = $1", {id}); }

void order_fields(db::Connection& connection, std::string_view object, const std::vector<FieldPlace>& places) {
    std::optional<std::int64_t> group;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto& place = places[i];
        if (place.group) {
            group = place.id;
            connection.exec("update core.field_group set position = $3::int where id = $1 and object = $2", {place.id, object, i});
            continue;
        }
        connection.exec("update core.custom_field f set position = $3::int,"
                        " group_id = (select g.id from core.field_group g where g.id = $4::bigint and g.object = f.object)"
                        " where f.id = $1 and f.object = $2",
                        {place.id, object, i, group});
    }
}

}  // namespace host::core
