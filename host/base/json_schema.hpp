// JSON Schema (2020-12), the part that payloads of events and settings need: type, const, enum, properties, required,
// additionalProperties, minProperties, maxProperties, items, minItems, maxItems, uniqueItems, minimum, maximum,
// exclusiveMinimum, exclusiveMaximum, multipleOf (integers), minLength, maxLength (code points).
//
// A time or safe HTML counts as a string. A real is never an integer, not even 1.0: programs read the two differently.
#pragma once

#include "base/result.hpp"
#include "base/value.hpp"

#include <memory>

namespace host::base {

// Says what in the schema this validator would not enforce: unknown keywords (annotations and "x-…" pass), and values of
// keywords that make no sense. Codes "schema.…", paths are JSON pointers into the schema.
Problems check_schema(const Value& schema);

// schema must have passed check_schema. Everything that is wrong with value; codes "schema.<keyword>", paths are JSON
// pointers into value ("" = the whole). Any thread.
Problems validate(const Value& schema, const Value& value);

// One that keeps its own tree. Copies share it; any thread.
class JsonSchema {
public:
    static Result<JsonSchema> parse(std::string_view text);
    Problems validate(const Value& value) const { return base::validate(*root_, value); }

private:
    JsonSchema() = default;
    std::shared_ptr<Arena> arena_;
    const Value* root_ = nullptr;
};

}  // namespace host::base
