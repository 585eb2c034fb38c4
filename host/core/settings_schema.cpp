#include "core/settings_schema.hpp"

#include "base/base64.hpp"
#include "base/json.hpp"
#include "base/json_schema.hpp"
#include "i18n/format.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <regex>
#include <stdexcept>

namespace host::core {
namespace {

using base::Value;
using Type = Value::Type;

constexpr std::size_t kLongestMatched = 1000;  // std::regex goes as deep as the text is long

constexpr std::size_t kLongestPicture = 200'000 * 4 / 3 + 4;  // in base64

bool has_space(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

bool valid_email(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == std::string_view::npos &&
           text.size() <= 254 && !has_space(text);
}

bool valid_uri(std::string_view text) {
    return (text.starts_with("https://") || text.starts_with("http://")) && text.find("://") + 3 < text.size() && !has_space(text);
}

// "9999-99-99": digits where there are nines.
bool looks_like(std::string_view text, std::string_view shape) {
    return text.size() == shape.size() && std::equal(text.begin(), text.end(), shape.begin(), [](char c, char s) {
        return s == '9' ? c >= '0' && c <= '9' : c == s;
    });
}

int number_at(std::string_view text, std::size_t at, std::size_t count) { return std::stoi(std::string{text.substr(at, count)}); }

bool valid_date(std::string_view text) {
    using namespace std::chrono;
    return looks_like(text, "9999-99-99") &&
           year_month_day{year{number_at(text, 0, 4)}, month{static_cast<unsigned>(number_at(text, 5, 2))},
                          day{static_cast<unsigned>(number_at(text, 8, 2))}}.ok();
}

bool valid_time(std::string_view text) { return looks_like(text, "99:99") && number_at(text, 0, 2) < 24 && number_at(text, 3, 2) < 60; }

bool valid_color(std::string_view text) {
    return text.size() == 7 && text[0] == '#' && text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

bool has_format(std::string_view format, std::string_view text) {
    if (format == "email") return valid_email(text);
    if (format == "uri") return valid_uri(text);
    if (format == "date") return valid_date(text);
    if (format == "time") return valid_time(text);
    if (format == "time-zone") return i18n::known_zone(text);
    if (format == "color") return valid_color(text);
    if (format == "picture") return text.size() <= kLongestPicture && base::is_base64(text);
    return true;
}

bool is_pattern(const Value& value) try {
    (void)std::regex{std::string{value.as_string()}};
    return value.is(Type::string);
} catch (const std::regex_error&) {
    return false;
}

class SchemaCheck {
public:
    base::Problems run(const Value& schema) {
        for (auto& problem : base::check_schema(schema))
            if (!problem.path.ends_with("/pattern")) problems_.push_back(std::move(problem));
        if (text_of(schema, "type") != "object" || !properties_of(schema)) add("settings are an object with properties", "");
        else if (problems_.empty()) members(schema, "", false);
        return std::move(problems_);
    }

private:
    void add(std::string message, const std::string& path) { problems_.push_back({"schema.settings", std::move(message), path}); }

    void members(const Value& schema, const std::string& path, bool in_group) {
        const auto& properties = *properties_of(schema);
        for (std::size_t i = 0; i < properties.size(); ++i) member(*properties.at(i), path + "/properties/" + std::string{properties.key(i)}, in_group);
    }

    void member(const Value& property, const std::string& path, bool in_group) {
        const auto type = text_of(property, "type");
        if (is_group(property)) return in_group ? add("groups are one level deep", path) : members(property, path, true);
        if (type != "string" && type != "integer" && type != "number" && type != "boolean" && type != "array")
            return add("is a string, an integer, a number, a boolean, an array of strings or a group", path);
        if (const auto* items = property.get("items"); type == "array" && (!items || text_of(*items, "type") != "string"))
            add("the items of an array are strings", path);
        if (flag_of(property, "x-secret") && (type != "string" || property.get("default"))) add("a secret is a string without a default", path);
        const auto* pattern = property.get("pattern");
        if (pattern && !is_pattern(*pattern)) return add("the pattern is no ECMAScript regular expression", path);
        if (const auto* value = property.get("default"); value && !check_setting(property, *value).empty()) add("the default would be refused", path);
    }

    base::Problems problems_;
};

bool matches(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) return true;
    return text.size() <= kLongestMatched && std::regex_search(std::string{text}, std::regex{std::string{pattern}});
}

}  // namespace

const Value& parse_settings_schema(base::Arena& arena, std::string_view schema_json) {
    const auto parsed = base::parse_json(arena, schema_json);
    if (!parsed || !(*parsed)->is(Type::object)) throw std::runtime_error{"the schema of the settings is no JSON object"};
    return **parsed;
}

const Value* properties_of(const Value& schema) {
    const auto* properties = schema.get("properties");
    return properties && properties->is(Type::object) ? properties : nullptr;
}

std::string_view text_of(const Value& schema, std::string_view keyword) {
    const auto* value = schema.get(keyword);
    return value && value->is(Type::string) ? value->as_string() : std::string_view{};
}

bool flag_of(const Value& schema, std::string_view keyword) {
    const auto* value = schema.get(keyword);
    return value && value->truthy();
}

bool is_group(const Value& property) { return text_of(property, "type") == "object" && properties_of(property); }

bool is_required(const Value& schema, std::string_view name) {
    const auto* required = schema.get("required");
    for (std::size_t i = 0; required && i < required->size(); ++i)
        if (required->at(i)->is(Type::string) && required->at(i)->as_string() == name) return true;
    return false;
}

base::Problems check_settings_schema(const Value& schema) { return SchemaCheck{}.run(schema); }

base::Problems check_setting(const Value& property, const Value& value) {
    auto problems = base::validate(property, value);
    if (!value.is(Type::string)) return problems;
    if (!has_format(text_of(property, "format"), value.as_string())) problems.push_back({"schema.format", "has not the format", {}});
    if (!matches(text_of(property, "pattern"), value.as_string())) problems.push_back({"schema.pattern", "does not match the pattern", {}});
    return problems;
}

base::Problems check_setting(db::Connection& connection, const Value& property, const Value& value) {
    auto problems = check_setting(property, value);
    const auto list = text_of(property, "x-list");
    if (!problems.empty() || list.empty() || !value.is(Type::string)) return problems;
    const std::array<db::Param, 2> params{list, value.as_string()};
    if (connection.exec({}, "select from core.list_item where list_id = $1 and code = $2", params).empty())
        problems.push_back({"schema.x-list", "is not in the list " + std::string{list}, {}});
    return problems;
}

}  // namespace host::core
