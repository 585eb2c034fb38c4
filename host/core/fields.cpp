#include "core/fields.hpp"

#include "i18n/catalogs.hpp"

#include <algorithm>

namespace host::core {
namespace {

using base::Value;

std::vector<FieldOption> read_options(const Value& list) {
    std::vector<FieldOption> out;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto& item = *list.at(i);
        const auto* active = item.get("active");
        out.push_back({std::string{item.get("value")->as_string()}, read_texts(*item.get("labels")), !active || active->as_bool()});
    }
    return out;
}

void define(ObjectFields& fields, base::Arena& arena) {
    for (const auto language : i18n::kLanguages) {
        auto& by_mask = fields.definitions[std::string{language}];
        for (unsigned mask = 0; mask < kAudiences; ++mask) {
            auto* list = Value::array(arena);
            for (const auto& field : fields.all)
                if (field.visible(mask)) list->push(describe(field, language, mask, arena));
            by_mask[mask] = list;
        }
    }
}

void load_forms(db::Pool& pool, Fields& to) {
    const auto rows =
        pool.exec("select object, audience, code, shown, mandatory from core.form_item order by object, audience, position, code");
    for (std::size_t r = 0; r < rows.size(); ++r) {
        auto& object = to[std::string{rows.text(r, 0)}];
        const bool open = rows.text(r, 1) == "public";
        const FormItem item{std::string{rows.text(r, 2)}, {rows.boolean(r, 3), rows.boolean(r, 4)}};
        (open ? object.public_form : object.internal_form).push_back(item);
        if (!item.code.starts_with(kCustomPrefix)) continue;
        const auto field = std::ranges::find(object.all, item.code.substr(kCustomPrefix.size()), &Field::code);
        if (field != object.all.end()) (open ? field->public_form : field->internal_form) = item.asked;
    }
}

// Who stands for what in the company is not for everybody to choose from (security.md R57).
void keep_from_the_public(Fields& to) {
    for (auto& [object, fields] : to)
        for (auto& field : fields.all)
            if (is_lookup(field.type) || field.type == FieldType::user) field.public_form = Asked{false, false};
}

std::string_view label_or(const Texts& labels, std::string_view language, std::string_view instead) {
    const auto label = in_language(labels, language);
    return label.empty() ? instead : label;
}

}  // namespace

std::string_view name_of(FieldType type) { return kFieldTypes[static_cast<std::size_t>(type)]; }

std::optional<FieldType> field_type(std::string_view name) {
    const auto* it = std::ranges::find(kFieldTypes, name);
    if (it == std::end(kFieldTypes)) return std::nullopt;
    return static_cast<FieldType>(it - std::begin(kFieldTypes));
}

unsigned audience_of(std::string_view name) { return name == "both" ? 3 : name == "public" ? 2 : 1; }

std::string_view name_of_audience(unsigned audience) {
    constexpr std::string_view kNames[kAudiences] = {"internal", "internal", "public", "both"};
    return kNames[audience % kAudiences];
}

bool may_be_searched(FieldType type) { return type == FieldType::text || type == FieldType::long_text || type == FieldType::integer; }
bool may_be_filtered(FieldType type) { return type != FieldType::long_text; }
bool is_lookup(FieldType type) { return type == FieldType::account || type == FieldType::equipment; }

Texts read_texts(const Value& object) {
    Texts out;
    for (std::size_t i = 0; i < object.size(); ++i)
        if (object.at(i)->is(Value::Type::string)) out.emplace(object.key(i), object.at(i)->as_string());
    return out;
}

std::string_view in_language(const Texts& texts, std::string_view language) {
    for (const auto wanted : {language, i18n::kDefaultLanguage})
        if (const auto it = texts.find(wanted); it != texts.end() && !it->second.empty()) return it->second;
    const auto any = std::ranges::find_if(texts, [](const auto& entry) { return !entry.second.empty(); });
    return any == texts.end() ? std::string_view{} : any->second;
}

Field field_of(const Value& row) {
    const auto text = [&](std::string_view name) { return std::string{row.get(name)->as_string()}; };
    const auto flag = [&](std::string_view name) { return row.get(name)->as_bool(); };
    Field field;
    field.id = row.get("id")->as_integer();
    field.object = text("object");
    field.code = text("code");
    field.type = field_type(text("type")).value_or(FieldType::text);
    field.labels = read_texts(*row.get("labels"));
    field.help = read_texts(*row.get("help"));
    field.group = read_texts(*row.get("group_labels"));
    field.options = read_options(*row.get("options"));
    field.currency = text("currency");
    field.audience = audience_of(text("audience"));
    field.mandatory = flag("mandatory");
    field.in_form = flag("in_form");
    field.more_info = flag("more_info");
    field.searchable = flag("searchable");
    field.filterable = flag("filterable");
    field.active = flag("active");
    return field;
}

std::string_view FieldOption::label(std::string_view language) const { return label_or(labels, language, value); }
std::string_view Field::label(std::string_view language) const { return label_or(labels, language, code); }

const FieldOption* Field::option(std::string_view value) const {
    const auto it = std::ranges::find(options, value, &FieldOption::value);
    return it == options.end() ? nullptr : &*it;
}

const Field* ObjectFields::find(std::string_view code) const {
    const auto it = std::ranges::find(all, code, &Field::code);
    return it == all.end() ? nullptr : &*it;
}

Value* describe(const Field& field, std::string_view language, unsigned audiences, base::Arena& arena) {
    const auto asked = field.asked(audiences);
    auto* out = Value::object(arena);
    out->set("code", std::string_view{field.code});
    out->set("label", field.label(language));
    out->set("type", name_of(field.type));
    out->set("group", in_language(field.group, language));
    out->set("help", in_language(field.help, language));
    out->set("mandatory", asked.mandatory);
    out->set("in_form", asked.shown);
    out->set("more_info", field.more_info);
    out->set("searchable", field.searchable);
    out->set("filterable", field.filterable);
    auto* options = out->add_array("options");
    for (const auto& option : field.options) {
        if (!option.active) continue;
        auto* entry = options->add_object({});
        entry->set("value", std::string_view{option.value});
        entry->set("label", option.label(language));
    }
    return out;
}

Fields load_fields(db::Pool& pool, base::Arena& arena) {
    const auto rows = pool.exec("select f.id, f.object, f.code, f.type, f.labels, f.help, coalesce(g.labels, '{}') as group_labels, f.options,"
                                " f.currency, f.audience, f.mandatory, f.in_form, f.more_info, f.searchable, f.filterable, f.active"
                                " from core.custom_field f left join core.field_group g on g.id = f.group_id"
                                " order by f.object, coalesce(g.position, -1), g.id nulls first, f.position, f.id");
    Fields out;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        auto field = field_of(*rows.row_value(arena, r));
        auto& of_object = out[field.object].all;
        of_object.push_back(std::move(field));
    }
    load_forms(pool, out);
    keep_from_the_public(out);
    for (auto& [object, fields] : out) define(fields, arena);
    return out;
}

}  // namespace host::core
