#include "base/json_schema.hpp"

#include "base/json.hpp"

#include <gtest/gtest.h>

#include <string>

using host::base::Arena;
using host::base::Value;
using host::base::check_schema;
using host::base::parse_json;
using host::base::validate;

namespace {

struct Case {
    std::string schema, value, wrong;  // wrong: "<path> <code>" of each problem, separated by ", "; "" = valid
};

std::string joined(const host::base::Problems& problems) {
    std::string out;
    for (const auto& p : problems) out += (out.empty() ? "" : ", ") + p.path + " " + p.code.substr(p.code.find('.') + 1);
    return out;
}

class Validate : public testing::TestWithParam<Case> {};
class Unsupported : public testing::TestWithParam<Case> {};

}  // namespace

TEST_P(Validate, NamesWhatIsWrongAndWhere) {
    Arena arena;
    const auto* schema = *parse_json(arena, GetParam().schema);
    const auto* value = *parse_json(arena, GetParam().value);
    EXPECT_EQ(joined(check_schema(*schema)), "") << GetParam().schema;
    EXPECT_EQ(joined(validate(*schema, *value)), GetParam().wrong) << GetParam().schema << " on " << GetParam().value;
}

INSTANTIATE_TEST_SUITE_P(
    JsonSchema, Validate,
    testing::Values(
        Case{"false", "1", " false"}, Case{"true", "1", ""}, Case{R"({"type":"integer"})", "1.0", " type"},
        Case{R"({"type":"integer"})", R"("1")", " type"}, Case{R"({"type":"number"})", "1", ""}, Case{R"({"type":["integer","null"]})", "null", ""},
        Case{R"({"type":["integer","null"]})", "true", " type"}, Case{R"({"type":"object"})", "[]", " type"},
        Case{R"({"minimum":3,"maximum":5})", "2", " minimum"}, Case{R"({"minimum":3,"maximum":5})", "6", " maximum"},
        Case{R"({"minimum":9007199254740993})", "9007199254740992", " minimum"}, Case{R"({"exclusiveMinimum":0})", "0", " exclusiveMinimum"},
        Case{R"({"exclusiveMaximum":0.5})", "0.5", " exclusiveMaximum"}, Case{R"({"multipleOf":5})", "7", " multipleOf"},
        Case{R"({"minimum":3})", R"("a")", ""}, Case{R"({"maxLength":2})", R"("éèà")", " maxLength"}, Case{R"({"maxLength":3})", R"("éèà")", ""},
        Case{R"({"minLength":1})", R"("")", " minLength"}, Case{R"({"enum":["a",1,null]})", R"("b")", " enum"}, Case{R"({"enum":["a",1,null]})", "null", ""},
        Case{R"({"enum":[1]})", "1.0", ""}, Case{R"({"const":{"a":[1,2]}})", R"({"a":[2,1]})", " const"},
        Case{R"({"items":{"type":"string"},"minItems":2})", R"(["a",1])", "/1 type"}, Case{R"({"items":{"type":"string"},"maxItems":1})", R"(["a","b"])", " maxItems"},
        Case{R"({"uniqueItems":true})", R"([{"a":1},{"a":1}])", " uniqueItems"}, Case{R"({"uniqueItems":true})", R"([1,"1"])", ""},
        Case{R"({"required":["a","b"]})", R"({"a":1})", "/b required"}, Case{R"({"minProperties":1})", "{}", " minProperties"},
        Case{R"({"properties":{"a":{"type":"string"}},"additionalProperties":false})", R"({"a":1,"b":2})", "/a type, /b false"},
        Case{R"({"properties":{"a":{"properties":{"b/c":{"type":"null"}}}}})", R"({"a":{"b/c":0}})", "/a/b~1c type"},
        Case{R"({"additionalProperties":{"type":"integer"}})", R"({"x":1,"y":"z"})", "/y type"}));

TEST_P(Unsupported, IsSaidInsteadOfNotEnforced) {
    Arena arena;
    EXPECT_EQ(joined(check_schema(**parse_json(arena, GetParam().schema))), GetParam().wrong) << GetParam().schema;
}

INSTANTIATE_TEST_SUITE_P(
    JsonSchema, Unsupported,
    testing::Values(Case{R"({"pattern":"^a"})", "", "/pattern schema"}, Case{R"({"properties":{"a":{"$ref":"#/x"}}})", "", "/properties/a/$ref schema"},
                    Case{R"({"type":"text"})", "", "/type schema"}, Case{R"({"type":[]})", "", "/type schema"}, Case{R"({"required":"a"})", "", "/required schema"},
                    Case{R"({"properties":{"a":1}})", "", "/properties/a schema"}, Case{R"({"items":[{}]})", "", "/items schema"},
                    Case{R"({"multipleOf":0})", "", "/multipleOf schema"}, Case{R"({"maxLength":-1})", "", "/maxLength schema"},
                    Case{R"({"title":"T","x-secret":true,"default":1})", "", ""}, Case{"3", "", " schema"}));

TEST(JsonSchema, ATimeAndSafeHtmlAreStrings) {
    Arena arena;
    const auto* schema = *parse_json(arena, R"({"type":"string"})");
    EXPECT_EQ(joined(validate(*schema, *Value::time(arena, 0))), "");
    EXPECT_EQ(joined(validate(*schema, *Value::html(arena, "<b>"))), "");
}
