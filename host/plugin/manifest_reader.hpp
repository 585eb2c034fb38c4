// Reads one JSON object member by member and collects what is wrong, each with its JSON pointer. What is
// wrong yields an empty value, so that reading goes on and every problem is seen at once.
#pragma once

#include "base/result.hpp"
#include "base/value.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::plugin {

struct Manifest;
struct Order;

// Keys of each object of a manifest by its place: "" is the root, "/routes/*" an element of an array,
// "/lists/*/items/*" one further down. Objects whose member names are data (requires) are not listed.
using ManifestShape = std::map<std::string, std::vector<std::string>, std::less<>>;
const ManifestShape& manifest_shape();

// What a text must look like; expected completes "must be …".
struct TextRule {
    bool (*valid)(std::string_view);
    std::string_view expected;
};

class ManifestReader {
public:
    using Object = const base::Value;
    ManifestReader(Object& object, std::string pointer, std::string place, base::Problems& problems);

    bool has(std::string_view key) const { return object_.get(key) != nullptr; }
    bool is_null(std::string_view key) const;
    const std::string& pointer() const { return pointer_; }
    std::string pointer(std::string_view key) const;
    void problem(std::string code, std::string message, std::string_view key = {});
    void require(std::initializer_list<std::string_view> keys);

    std::string text(std::string_view key, const TextRule& rule, std::string fallback = {});
    bool boolean(std::string_view key, bool fallback);
    std::optional<std::int64_t> integer(std::string_view key, std::int64_t low, std::int64_t high);
    std::vector<std::string> texts(std::string_view key, const TextRule& rule);  // no duplicates
    std::map<std::string, std::string> text_map(std::string_view key, const TextRule& key_rule, const TextRule& value_rule);
    std::string json_object(std::string_view key);  // as JSON text, "" when absent
    // Reads an object member / each object of an array / each object of an object with free names.
    void child(std::string_view key, const std::function<void(ManifestReader&)>& read);
    void each(std::string_view key, const std::function<void(ManifestReader&)>& read);
    void each_named(std::string_view key, const TextRule& name_rule,
                    const std::function<void(const std::string& name, const base::Value& value, const std::string& pointer)>& read);
    std::string checked_text(const base::Value& value, const TextRule& rule, const std::string& at);
    base::Problems& problems() { return problems_; }

private:
    const base::Value* get(std::string_view key, base::Value::Type type, std::string_view type_name);
    void refuse_unknown_keys();

    Object& object_;
    std::string pointer_;
    std::string place_;
    base::Problems& problems_;
};

}  // namespace host::plugin
