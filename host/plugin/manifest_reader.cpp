#include "plugin/manifest_reader.hpp"

#include "base/json.hpp"

#include <algorithm>

namespace host::plugin {
namespace {

std::string escape(std::string_view key) {
    std::string out;
    for (const char c : key) {
        if (c == '~') out += "~0";
        else if (c == '/') out += "~1";
        else out += c;
    }
    return out;
}

std::string join(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

}  // namespace

ManifestReader::ManifestReader(Object& object, std::string pointer, std::string place, base::Problems& problems)
    : object_{object}, pointer_{std::move(pointer)}, place_{std::move(place)}, problems_{problems} {
    refuse_unknown_keys();
}

void ManifestReader::refuse_unknown_keys() {
    const auto& known = manifest_shape().at(place_);
    for (std::size_t i = 0; i < object_.size(); ++i) {
        const std::string key{object_.key(i)};
        if (std::find(known.begin(), known.end(), key) == known.end())
            problem("manifest.unknown_key", "unknown key '" + key + "'; known here are: " + join(known), key);
    }
}

bool ManifestReader::is_null(std::string_view key) const {
    const auto* value = object_.get(key);
    return value && value->is(base::Value::Type::null);
}

std::string ManifestReader::pointer(std::string_view key) const { return pointer_ + '/' + escape(key); }

void ManifestReader::problem(std::string code, std::string message, std::string_view key) {
    problems_.push_back({std::move(code), std::move(message), key.empty() ? pointer_ : pointer(key)});
}

void ManifestReader::require(std::initializer_list<std::string_view> keys) {
    for (const auto key : keys)
        if (!has(key)) problem("manifest.missing", "'" + std::string{key} + "' is required", key);
}

const base::Value* ManifestReader::get(std::string_view key, base::Value::Type type, std::string_view type_name) {
    const auto* value = object_.get(key);
    if (!value) return nullptr;
    if (value->is(type)) return value;
    problem("manifest.type", "must be " + std::string{type_name}, key);
    return nullptr;
}

std::string ManifestReader::checked_text(const base::Value& value, const TextRule& rule, const std::string& at) {
    if (!value.is(base::Value::Type::string)) {
        problems_.push_back({"manifest.type", "must be a text", at});
        return {};
    }
    if (rule.valid(value.as_string())) return std::string{value.as_string()};
    problems_.push_back({"manifest.value", "must be " + std::string{rule.expected}, at});
    return {};
}

std::string ManifestReader::text(std::string_view key, const TextRule& rule, std::string fallback) {
    const auto* value = object_.get(key);
    return value ? checked_text(*value, rule, pointer(key)) : fallback;
}

bool ManifestReader::boolean(std::string_view key, bool fallback) {
    const auto* value = get(key, base::Value::Type::boolean, "true or false");
    return value ? value->as_bool() : fallback;
}

std::optional<std::int64_t> ManifestReader::integer(std::string_view key, std::int64_t low, std::int64_t high) {
    const auto* value = get(key, base::Value::Type::integer, "an integer");
    if (!value) return std::nullopt;
    if (value->as_integer() >= low && value->as_integer() <= high) return value->as_integer();
    problem("manifest.value", "must be between " + std::to_string(low) + " and " + std::to_string(high), key);
    return std::nullopt;
}

std::vector<std::string> ManifestReader::texts(std::string_view key, const TextRule& rule) {
    std::vector<std::string> out;
    const auto* array = get(key, base::Value::Type::array, "an array of texts");
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        const auto at = pointer(key) + '/' + std::to_string(i);
        auto item = checked_text(*array->at(i), rule, at);
        if (std::find(out.begin(), out.end(), item) != out.end())
            problems_.push_back({"manifest.duplicate", "'" + item + "' is there twice", at});
        else if (!item.empty()) out.push_back(std::move(item));
    }
    return out;
}

std::map<std::string, std::string> ManifestReader::text_map(std::string_view key, const TextRule& key_rule, const TextRule& value_rule) {
    std::map<std::string, std::string> out;
    each_named(key, key_rule, [&](const std::string& name, const base::Value& value, const std::string& at) {
        out[name] = checked_text(value, value_rule, at);
    });
    return out;
}

std::string ManifestReader::json_object(std::string_view key) {
    const auto* value = get(key, base::Value::Type::object, "an object");
    return value ? base::to_json(*value) : std::string{};
}

void ManifestReader::child(std::string_view key, const std::function<void(ManifestReader&)>& read) {
    const auto* value = get(key, base::Value::Type::object, "an object");
    if (!value) return;
    ManifestReader reader{*value, pointer(key), place_ + '/' + std::string{key}, problems_};
    read(reader);
}

void ManifestReader::each(std::string_view key, const std::function<void(ManifestReader&)>& read) {
    const auto* array = get(key, base::Value::Type::array, "an array of objects");
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        const auto at = pointer(key) + '/' + std::to_string(i);
        if (!array->at(i)->is(base::Value::Type::object)) {
            problems_.push_back({"manifest.type", "must be an object", at});
            continue;
        }
        ManifestReader reader{*array->at(i), at, place_ + '/' + std::string{key} + "/*", problems_};
        read(reader);
    }
}

void ManifestReader::each_named(std::string_view key, const TextRule& name_rule,
                                const std::function<void(const std::string&, const base::Value&, const std::string&)>& read) {
    const auto* object = get(key, base::Value::Type::object, "an object");
    for (std::size_t i = 0; object && i < object->size(); ++i) {
        const std::string name{object->key(i)};
        const auto at = pointer(key) + '/' + escape(name);
        if (!name_rule.valid(name)) problems_.push_back({"manifest.value", "the name must be " + std::string{name_rule.expected}, at});
        else read(name, *object->at(i), at);
    }
}

}  // namespace host::plugin
