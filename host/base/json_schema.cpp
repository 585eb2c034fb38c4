#include "base/json_schema.hpp"

#include "base/json.hpp"
#include "base/strings.hpp"

#include <algorithm>
#include <string>

namespace host::base {
namespace {

using Type = Value::Type;

constexpr std::string_view kAnnotations[] = {"$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated",
                                             "readOnly", "writeOnly", "format"};
constexpr std::string_view kTypes[] = {"null", "boolean", "integer", "number", "string", "array", "object"};

template <std::size_t N>
bool contains(const std::string_view (&names)[N], std::string_view name) {
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

std::string child_path(const std::string& path, std::string_view token) {
    std::string out = path + '/';
    for (const char c : token) out += c == '~' ? std::string{"~0"} : c == '/' ? std::string{"~1"} : std::string{c};
    return out;
}

bool is_number(const Value& v) { return v.is(Type::integer) || v.is(Type::real); }
bool is_text(const Value& v) { return v.is(Type::string) || v.is(Type::time) || v.is(Type::html); }

// ---------------------------------------------------------------------------------------- the schema

class SchemaChecker {
public:
    Problems run(const Value& schema) {
        check(schema, {});
        return std::move(problems_);
    }

private:
    void add(std::string message, std::string path) { problems_.push_back({"schema.schema", std::move(message), std::move(path)}); }

    void check(const Value& schema, const std::string& path) {
        if (schema.is(Type::boolean)) return;
        if (!schema.is(Type::object)) return add("a schema is an object, true or false", path);
        for (std::size_t i = 0; i < schema.size(); ++i) keyword(schema.key(i), *schema.at(i), child_path(path, schema.key(i)));
    }

    void keyword(std::string_view name, const Value& v, const std::string& path) {
        if (contains(kAnnotations, name) || name.starts_with("x-") || name == "const") return;
        if (name == "type") return type(v, path);
        if (name == "properties") return properties(v, path);
        if (name == "additionalProperties" || name == "items") return check(v, path);
        if (name == "required") return names(v, path);
        if (name == "enum") return require(v.is(Type::array) && v.size() > 0, "an array with at least one value is expected", path);
        if (name == "uniqueItems") return require(v.is(Type::boolean), "true or false is expected", path);
        if (name == "multipleOf") return require(v.is(Type::integer) && v.as_integer() > 0, "a positive integer is expected", path);
        if (name.ends_with("inimum") || name.ends_with("aximum")) return bound(name, v, path);
        constexpr std::string_view kCounts[] = {"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"};
        if (contains(kCounts, name)) return require(v.is(Type::integer) && v.as_integer() >= 0, "a number from 0 is expected", path);
        add("the keyword \"" + std::string{name} + "\" is not supported", path);
    }

    void bound(std::string_view name, const Value& v, const std::string& path) {
        constexpr std::string_view kBounds[] = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"};
        if (!contains(kBounds, name)) return add("the keyword \"" + std::string{name} + "\" is not supported", path);
        require(is_number(v), "a number is expected", path);
    }

    void require(bool holds, std::string_view message, const std::string& path) {
        if (!holds) add(std::string{message}, path);
    }

    void type(const Value& v, const std::string& path) {
        if (v.is(Type::string)) return require(contains(kTypes, v.as_string()), "there is no such type", path);
        bool good = v.is(Type::array) && v.size() > 0;
        for (std::size_t i = 0; good && i < v.size(); ++i) good = v.at(i)->is(Type::string) && contains(kTypes, v.at(i)->as_string());
        require(good, "a type or an array of types is expected", path);
    }

    void properties(const Value& v, const std::string& path) {
        if (!v.is(Type::object)) return add("an object is expected", path);
        for (std::size_t i = 0; i < v.size(); ++i) check(*v.at(i), child_path(path, v.key(i)));
    }

    void names(const Value& v, const std::string& path) {
        bool good = v.is(Type::array);
        for (std::size_t i = 0; good && i < v.size(); ++i) good = v.at(i)->is(Type::string);
        require(good, "an array of names is expected", path);
    }

    Problems problems_;
};

// ------------------------------------------------------------------------------------------- the value

bool has_type(const Value& v, std::string_view type) {
    switch (v.type()) {
        case Type::null: return type == "null";
        case Type::boolean: return type == "boolean";
        case Type::integer: return type == "integer" || type == "number";
        case Type::real: return type == "number";
        case Type::array: return type == "array";
        case Type::object: return type == "object";
        default: return type == "string";
    }
}

class Validator {
public:
    Problems run(const Value& schema, const Value& value) {
        check(schema, value, {});
        return std::move(problems_);
    }

private:
    void add(std::string_view keyword, std::string message, const std::string& path) {
        problems_.push_back({"schema." + std::string{keyword}, std::move(message), path});
    }

    void check(const Value& schema, const Value& value, const std::string& path) {
        if (schema.is(Type::boolean)) {
            if (!schema.as_bool()) add("false", "is not expected here", path);
            return;
        }
        if (const auto* type = schema.get("type"); type && !of_type(*type, value))
            return add("type", "is not of the type " + to_json(*type), path);
        if (const auto* only = schema.get("const"); only && !equal(*only, value)) add("const", "must be " + to_json(*only), path);
        if (const auto* choices = schema.get("enum"); choices && !any_equal(*choices, value))
            add("enum", "must be one of " + to_json(*choices), path);
        if (is_number(value)) number(schema, value, path);
        else if (value.is(Type::string)) text(schema, value, path);
        else if (value.is(Type::array)) array(schema, value, path);
        else if (value.is(Type::object)) object(schema, value, path);
    }

    static bool of_type(const Value& type, const Value& value) {
        if (is_text(type)) return has_type(value, type.as_string());
        for (std::size_t i = 0; i < type.size(); ++i)
            if (has_type(value, type.at(i)->as_string())) return true;
        return false;
    }

    static bool any_equal(const Value& choices, const Value& value) {
        for (std::size_t i = 0; i < choices.size(); ++i)
            if (equal(*choices.at(i), value)) return true;
        return false;
    }

    // -1, 0 or 1; exact for two integers.
    static int compare(const Value& a, const Value& b) {
        if (a.is(Type::integer) && b.is(Type::integer)) return a.as_integer() < b.as_integer() ? -1 : a.as_integer() > b.as_integer();
        return a.as_real() < b.as_real() ? -1 : a.as_real() > b.as_real();
    }

    void number(const Value& schema, const Value& value, const std::string& path) {
        if (const auto* v = schema.get("minimum"); v && compare(value, *v) < 0) add("minimum", "must be at least " + to_json(*v), path);
        if (const auto* v = schema.get("maximum"); v && compare(value, *v) > 0) add("maximum", "must be at most " + to_json(*v), path);
        if (const auto* v = schema.get("exclusiveMinimum"); v && compare(value, *v) <= 0)
            add("exclusiveMinimum", "must be more than " + to_json(*v), path);
        if (const auto* v = schema.get("exclusiveMaximum"); v && compare(value, *v) >= 0)
            add("exclusiveMaximum", "must be less than " + to_json(*v), path);
        if (const auto* v = schema.get("multipleOf"); v && (!value.is(Type::integer) || value.as_integer() % v->as_integer() != 0))
            add("multipleOf", "must be a multiple of " + to_json(*v), path);
    }

    void count(const Value& schema, std::string_view least, std::string_view most, std::size_t n, std::string_view what, const std::string& path) {
        const auto size = static_cast<std::int64_t>(n);
        if (const auto* v = schema.get(least); v && size < v->as_integer())
            add(least, "must have at least " + to_json(*v) + ' ' + std::string{what}, path);
        if (const auto* v = schema.get(most); v && size > v->as_integer())
            add(most, "must have at most " + to_json(*v) + ' ' + std::string{what}, path);
    }

    void text(const Value& schema, const Value& value, const std::string& path) {
        count(schema, "minLength", "maxLength", count_code_points(value.as_string()), "characters", path);
    }

    void array(const Value& schema, const Value& value, const std::string& path) {
        count(schema, "minItems", "maxItems", value.size(), "elements", path);
        if (const auto* items = schema.get("items"))
            for (std::size_t i = 0; i < value.size(); ++i) check(*items, *value.at(i), child_path(path, std::to_string(i)));
        if (const auto* unique = schema.get("uniqueItems"); unique && unique->as_bool())
            for (std::size_t i = 1; i < value.size(); ++i)
                for (std::size_t j = 0; j < i; ++j)
                    if (equal(*value.at(i), *value.at(j))) return add("uniqueItems", "must not contain anything twice", path);
    }

    void object(const Value& schema, const Value& value, const std::string& path) {
        count(schema, "minProperties", "maxProperties", value.size(), "members", path);
        if (const auto* required = schema.get("required"))
            for (std::size_t i = 0; i < required->size(); ++i)
                if (const auto name = required->at(i)->as_string(); !value.get(name)) add("required", "is missing", child_path(path, name));
        const auto* known = schema.get("properties");
        const auto* others = schema.get("additionalProperties");
        for (std::size_t i = 0; i < value.size(); ++i) {
            const auto* member = known ? known->get(value.key(i)) : nullptr;
            if (const auto* rule = member ? member : others) check(*rule, *value.at(i), child_path(path, value.key(i)));
        }
    }

    Problems problems_;
};

}  // namespace

Problems check_schema(const Value& schema) { return SchemaChecker{}.run(schema); }
Problems validate(const Value& schema, const Value& value) { return Validator{}.run(schema, value); }

Result<JsonSchema> JsonSchema::parse(std::string_view text) {
    JsonSchema out;
    out.arena_ = std::make_shared<Arena>();
    const auto root = parse_json(*out.arena_, text);
    if (!root) return root.problems();
    if (auto problems = check_schema(**root); !problems.empty()) return problems;
    out.root_ = *root;
    return out;
}

}  // namespace host::base
