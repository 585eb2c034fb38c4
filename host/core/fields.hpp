// Custom fields: what administrators have defined. Read with the other reference data and kept with them
// (core/reference_data.hpp). Values are in the tables of the plugins that own the objects.
#pragma once

#include "base/value.hpp"
#include "db/pool.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::core {

inline constexpr std::size_t kLongestFieldCode = 40;
inline constexpr std::string_view kCustomPrefix = "custom.";  // before the code, where standard fields stand beside

enum class FieldType { text, long_text, integer, decimal, money, date, datetime, boolean, list, user, account, equipment };
inline constexpr std::string_view kFieldTypes[] = {"text", "long_text", "integer", "decimal", "money",   "date",
                                                   "datetime", "boolean", "list",  "user",    "account", "equipment"};
std::string_view name_of(FieldType type);
std::optional<FieldType> field_type(std::string_view name);
unsigned audience_of(std::string_view name);  // "internal", "public", "both" -> Field::audience
std::string_view name_of_audience(unsigned audience);  // and back; none is "internal"
bool may_be_searched(FieldType type);  // text, long text, integer: what people type into a search box
bool may_be_filtered(FieldType type);  // all but long text
bool is_lookup(FieldType type);        // account, equipment: an object of a plugin

using Texts = std::map<std::string, std::string, std::less<>>;  // language -> text
Texts read_texts(const base::Value& object);
std::string_view in_language(const Texts& texts, std::string_view language);  // else another one there is; ""

struct FieldOption {
    std::string value;
    Texts labels;
    bool active = true;

    std::string_view label(std::string_view language) const;  // else the value
};

// What a form asks of something: whether at all, and whether an answer is needed.
struct Asked {
    bool shown = true, mandatory = false;
};

inline constexpr unsigned kPublic = 2;  // GUICHET_AUDIENCE_PUBLIC

struct Field {
    std::int64_t id = 0;
    std::string object, code;
    FieldType type = FieldType::text;
    Texts labels, help, group;
    std::vector<FieldOption> options;  // of a list
    std::string currency = "EUR";      // of money typed without one
    unsigned audience = 0;             // GUICHET_AUDIENCE_*: 1 internal, 2 public
    bool mandatory = false, in_form = true, more_info = false, searchable = false, filterable = false, active = true;

    std::optional<Asked> internal_form, public_form;  // as its form has been arranged, instead of in_form and mandatory

    std::string_view label(std::string_view language) const;  // else the code
    bool visible(unsigned audiences) const { return active && (audience & audiences) != 0; }
    Asked asked(unsigned audiences) const {
        return (audiences == kPublic ? public_form : internal_form).value_or(Asked{in_form, mandatory});
    }
    const FieldOption* option(std::string_view value) const;
};

inline constexpr unsigned kAudiences = 4;  // masks 0 to 3

// A form as an administrator has arranged it: codes of standard fields, and "custom.<code>".
struct FormItem {
    std::string code;
    Asked asked;
};

struct ObjectFields {
    std::vector<Field> all;  // in order, retired ones included
    std::vector<FormItem> internal_form, public_form;  // in order; empty: as manifest and fields say
    // language -> mask -> [{code, label, type, group, help, mandatory, in_form, more_info, searchable, filterable, options}]
    std::map<std::string, std::array<const base::Value*, kAudiences>, std::less<>> definitions;

    const Field* find(std::string_view code) const;
    const std::vector<FormItem>& form(unsigned audiences) const { return audiences == kPublic ? public_form : internal_form; }
};
using Fields = std::map<std::string, ObjectFields, std::less<>>;  // by object

// definitions live in the arena.
Fields load_fields(db::Pool& pool, base::Arena& arena);

// A row of core.custom_field with group_labels.
Field field_of(const base::Value& row);

// What definitions and presented fields have in common. in_form and mandatory are those of the audience's form.
base::Value* describe(const Field& field, std::string_view language, unsigned audiences, base::Arena& arena);

}  // namespace host::core
