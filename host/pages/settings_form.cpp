#include "pages/settings_form.hpp"

#include "base/base64.hpp"
#include "base/json.hpp"
#include "base/strings.hpp"
#include "core/settings_schema.hpp"
#include "file/media_type.hpp"
#include "pages/common_zones.hpp"
#include "plugin/snapshot.hpp"

#include <algorithm>
#include <charconv>

namespace host::pages {
namespace {

using base::Value;
using core::flag_of;
using core::text_of;
using Type = Value::Type;
using web::Call;

std::string form_name(std::string_view group, std::string_view name) {
    return group.empty() ? std::string{name} : std::string{group} + '.' + std::string{name};
}

bool is_list_of_texts(const Value& property) { return text_of(property, "type") == "array"; }

const char* kind_of(const Value& property) {
    const auto type = text_of(property, "type");
    const auto format = text_of(property, "format");
    if (core::is_group(property)) return "group";
    if (flag_of(property, "x-secret")) return "secret";
    if (format == "picture") return "picture";
    if (type == "boolean") return "switch";
    if (property.get("enum") || !text_of(property, "x-list").empty() || format == "time-zone") return "select";
    if (type == "integer" || type == "number") return "number";
    if (is_list_of_texts(property) || flag_of(property, "x-multiline")) return "textarea";
    return "text";
}

std::string_view input_type(std::string_view format) {
    if (format == "uri") return "url";
    return format == "email" || format == "date" || format == "time" || format == "color" ? format : "text";
}

// As it stands in a control.
std::string entry_of(const Value* value) {
    if (!value || value->is(Type::null)) return {};
    if (value->is(Type::string)) return std::string{value->as_string()};
    if (!value->is(Type::array)) return base::to_json(*value);
    std::string out;
    for (std::size_t i = 0; i < value->size(); ++i) out.append(i ? "\n" : "").append(entry_of(value->at(i)));
    return out;
}

class Fields {
public:
    explicit Fields(const SettingsForm& form) : form_{form} {}

    const Value* of(const Value& schema, const Value* in_force, const Value* stored, std::string_view group) {
        auto* out = Value::array(arena());
        const auto* properties = core::properties_of(schema);
        for (std::size_t i = 0; properties && i < properties->size(); ++i) {
            const auto name = properties->key(i);
            const auto& property = *properties->at(i);
            auto* field = out->add_object({});
            describe(*field, property, name, form_name(group, name));
            field->set("required", core::is_required(schema, name));
            const auto* value = in_force ? in_force->get(name) : nullptr;
            const auto* kept = stored ? stored->get(name) : nullptr;
            if (core::is_group(property)) field->set("fields", of(property, value, kept, name));
            else fill(*field, property, value, kept);
        }
        return out;
    }

private:
    base::Arena& arena() const { return form_.call.ctx.arena; }
    std::string_view tr(std::string_view msgid) const {
        return msgid.empty() ? msgid : form_.call.ctx.snapshot->catalogs().text(form_.domain, form_.call.ctx.language, msgid);
    }

    void describe(Value& field, const Value& property, std::string_view name, const std::string& full_name) const {
        const auto title = text_of(property, "title");
        field.set("kind", kind_of(property));
        field.set("name", std::string_view{full_name});
        field.set("label", tr(title.empty() ? name : title));
        field.set("hint", tr(text_of(property, "description")));
        field.set("type", input_type(text_of(property, "format")));
        field.set("one_per_line", is_list_of_texts(property));
        for (const auto* bound : {"minimum", "maximum", "maxLength"})
            if (const auto* value = property.get(bound)) field.set(bound, std::string_view{entry_of(value)});
        if (text_of(property, "type") == "number") field.set("step", "any");
        if (const auto* error = form_.errors.get(full_name)) field.set("error", error);
    }

    void fill(Value& field, const Value& property, const Value* in_force, const Value* stored) const {
        const auto name = field.get("name")->as_string();
        if (field.get("kind")->as_string() == "secret") {
            field.set("stored", stored != nullptr);
            field.set("lost", stored != nullptr && !in_force);
            return;
        }
        if (field.get("kind")->as_string() == "picture") {
            if (in_force) field.set("value", in_force);
            return;
        }
        const auto now = entry_of(in_force);
        const auto entered = form_.entered ? std::string{form_.call.form_value(name)} : now;
        if (field.get("kind")->as_string() == "switch") {
            const bool on = in_force && in_force->truthy();
            field.set("on", form_.entered ? !entered.empty() : on);
            if (form_.compare && on == entered.empty()) field.set("theirs", std::string_view{form_.call.tr(on ? "On" : "Off")});
            return;
        }
        field.set("value", std::string_view{entered});
        if (field.get("kind")->as_string() == "select") field.set("options", options(property, entered, in_force));
        if (form_.compare && entered != now) field.set("theirs", std::string_view{now.empty() ? form_.call.tr("Nothing") : shown(field, now)});
    }

    // The label of a choice, or the entry itself.
    static std::string shown(const Value& field, const std::string& entry) {
        const auto* choices = field.get("options");
        for (std::size_t i = 0; choices && i < choices->size(); ++i)
            if (choices->at(i)->get("value")->as_string() == entry) return std::string{choices->at(i)->get("label")->as_string()};
        return entry;
    }

    const Value* options(const Value& property, std::string_view entered, const Value* in_force) const {
        auto* out = Value::array(arena());
        const auto add = [&](std::string_view value, std::string_view label) {
            auto* option = out->add_object({});
            option->set("value", value);
            option->set("label", label);
        };
        if (!property.get("default") || !in_force) add("", form_.call.tr("None"));
        if (const auto* values = property.get("enum")) add_enum(add, property, *values);
        else if (const auto list = text_of(property, "x-list"); !list.empty()) add_entries(add, list, entered);
        else add_zones(add, entered);
        return out;
    }

    template <class Add>
    void add_enum(Add&& add, const Value& property, const Value& values) const {
        const auto* labels = property.get("x-labels");
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto value = entry_of(values.at(i));
            const auto label = labels ? text_of(*labels, value) : std::string_view{};
            add(value, label.empty() ? std::string_view{value} : tr(label));
        }
    }

    template <class Add>
    void add_entries(Add&& add, std::string_view list_id, std::string_view chosen) const {
        const auto& lists = form_.call.ctx.reference().lists;
        const auto list = lists.find(list_id);
        if (list == lists.end()) return;
        const auto* items = list->second.at(form_.call.ctx.language);
        for (std::size_t i = 0; i < items->size(); ++i) {
            const auto code = text_of(*items->at(i), "code");
            if (flag_of(*items->at(i), "active") || code == chosen) add(code, text_of(*items->at(i), "label"));
        }
    }

    template <class Add>
    static void add_zones(Add&& add, std::string_view chosen) {
        const bool known = std::ranges::find(kCommonZones, chosen) != std::end(kCommonZones);
        if (!known && !chosen.empty()) add(chosen, chosen);
        for (const auto zone : kCommonZones) add(zone, zone);
    }

    const SettingsForm& form_;
};

// ------------------------------------------------------------------------------------- what was entered

const Value* number_of(base::Arena& arena, std::string_view text, bool whole) {
    const auto* end = text.data() + text.size();
    std::int64_t integer = 0;
    if (const auto read = std::from_chars(text.data(), end, integer); read.ec == std::errc{} && read.ptr == end) return Value::integer(arena, integer);
    std::string with_point{text};
    std::ranges::replace(with_point, ',', '.');
    double real = 0;
    const auto* last = with_point.data() + with_point.size();
    if (const auto read = std::from_chars(with_point.data(), last, real); !whole && read.ec == std::errc{} && read.ptr == last)
        return Value::real(arena, real);
    return Value::string(arena, text);  // refused for its type
}

std::string without_returns(std::string_view text) {
    std::string out{text};
    std::erase(out, '\r');
    return out;
}

const Value* lines_of(base::Arena& arena, std::string_view text) {
    auto* out = Value::array(arena);
    for (const auto line : base::split(text, '\n'))
        if (const auto entry = base::trim(line); !entry.empty()) out->push(Value::string(arena, entry));
    return out;
}

const Value* empty_entry(base::Arena& arena, const Value& property) {
    const auto* fallback = property.get("default");
    const bool may_be_empty = text_of(property, "type") == "string" && fallback && fallback->truthy();
    const auto* empty = Value::string(arena, "");
    return may_be_empty && core::check_setting(property, *empty).empty() ? empty : Value::null(arena);
}

const Value* entry_from(base::Arena& arena, const Value& property, std::string_view typed) {
    const auto type = text_of(property, "type");
    if (type == "boolean") return Value::boolean(arena, !typed.empty());
    const auto text = without_returns(typed);
    const auto trimmed = base::trim(text);
    if (type == "array") return lines_of(arena, text);
    if (trimmed.empty()) return empty_entry(arena, property);
    if (type == "integer" || type == "number") return number_of(arena, trimmed, type == "integer");
    return Value::string(arena, trimmed);
}

// One that is no picture is refused for its format.
void read_picture(Call& call, Value& out, std::string_view key, const std::string& name) {
    auto& arena = call.ctx.arena;
    if (const auto* upload = call.upload(name)) {
        const bool shown = file::may_display(file::media_type(upload->content));
        out.set(key, Value::string(arena, shown ? base::base64(upload->content) : std::string{"?"}));
    } else if (!call.form_value(name + ".remove").empty()) {
        out.set(key, Value::null(arena));
    }
}

const Value* read_object(Call& call, const Value& schema, std::string_view group) {
    auto& arena = call.ctx.arena;
    auto* out = Value::object(arena);
    const auto* properties = core::properties_of(schema);
    for (std::size_t i = 0; properties && i < properties->size(); ++i) {
        const auto key = properties->key(i);
        const auto& property = *properties->at(i);
        const auto name = form_name(group, key);
        const auto typed = call.form_value(name);
        if (core::is_group(property)) out->set(key, read_object(call, property, key));
        else if (std::string_view{kind_of(property)} == "picture") read_picture(call, *out, key, name);
        else if (!flag_of(property, "x-secret")) out->set(key, entry_from(arena, property, typed));
        else if (!typed.empty()) out->set(key, Value::string(arena, typed));
        else if (!call.form_value(name + ".remove").empty()) out->set(key, Value::null(arena));
    }
    return out;
}

// --------------------------------------------------------------------------------------- what to enter

std::string filled(std::string text, std::string_view first, std::string_view second = {}) {
    if (const auto at = text.find("%1"); at != std::string::npos) text.replace(at, 2, first);
    if (const auto at = text.find("%2"); at != std::string::npos) text.replace(at, 2, second);
    return text;
}

// texts: between, at least, at most, any.
std::string within(Call& call, const Value* low, const Value* high, std::initializer_list<const char*> texts) {
    const auto* text = texts.begin();
    if (low && high) return filled(call.tr(text[0]), base::to_json(*low), base::to_json(*high));
    if (low) return filled(call.tr(text[1]), base::to_json(*low));
    return high ? filled(call.tr(text[2]), base::to_json(*high)) : call.tr(text[3]);
}

std::string expected_text(Call& call, const Value& property) {
    const auto format = text_of(property, "format");
    if (format == "email") return call.tr("Enter an e-mail address like name@example.org.");
    if (format == "uri") return call.tr("Enter an address that begins with https:// or http://.");
    if (format == "date") return call.tr("Enter a date like 2026-11-22.");
    if (format == "time") return call.tr("Enter a time like 08:30.");
    if (format == "color") return call.tr("Choose a colour.");
    if (format == "picture") return call.tr("Choose a PNG, JPEG, WebP or GIF picture of at most 200 KB.");
    return within(call, property.get("minLength"), property.get("maxLength"),
                  {"Use %1 to %2 characters.", "Use at least %1 characters.", "Use at most %1 characters.", "This is not written as expected."});
}

std::string expected(Call& call, const Value& property) {
    const auto type = text_of(property, "type");
    if (std::string_view{kind_of(property)} == "select") return call.tr("Choose one of the list.");
    const auto *low = property.get("minimum"), *high = property.get("maximum");
    if (type == "integer")
        return within(call, low, high, {"Give a whole number from %1 to %2.", "Give a whole number from %1.", "Give a whole number up to %1.", "Give a whole number."});
    if (type == "number") return within(call, low, high, {"Give a number from %1 to %2.", "Give a number from %1.", "Give a number up to %1.", "Give a number."});
    if (type == "array") return call.tr("One of the lines is not written as expected, or there are too many or too few.");
    return expected_text(call, property);
}

}  // namespace

const Value* settings_fields(const SettingsForm& form) { return Fields{form}.of(form.schema, &form.in_force, form.stored, {}); }

const Value* read_settings_form(Call& call, const Value& schema) { return read_object(call, schema, {}); }

std::string expected_setting(Call& call, const Value& schema, std::string_view path) {
    const auto* found = &schema;
    for (const auto name : base::split(path.substr(1), '/')) {
        const auto* properties = core::properties_of(*found);
        found = properties ? properties->get(name) : nullptr;
        if (!found) return call.tr("There is no such setting.");
    }
    return expected(call, *found);
}

}  // namespace host::pages
