// Expressions on their own: the "when" of a manifest.
#include "ui/support.hpp"

#include "ui/template/condition.hpp"

namespace test {
namespace {

using host::ui::Condition;

std::string problem(const std::string& expression) {
    const auto parsed = Condition::parse("acme.box", expression);
    return parsed ? "" : parsed.problems().front().path + " " + parsed.problems().front().message;
}

bool holds(const std::string& expression, const std::string& json = "{}") {
    Arena arena;
    const auto data = host::base::parse_json(arena, json);
    const auto parsed = Condition::parse("acme.box", expression);
    EXPECT_TRUE(parsed) << expression << ": " << problem(expression);
    return parsed && parsed->holds(**data, Environment{});
}

}  // namespace

TEST(Condition, what_cannot_be_read_is_a_problem_with_its_place) {
    EXPECT_TRUE(problem("status ==").starts_with("acme.box:1:10 ")) << problem("status ==");
    EXPECT_TRUE(problem("a ? b").starts_with("acme.box:1:6 ")) << problem("a ? b");
    for (const auto wrong : {"", " ", "=", "a b", "a == \"x", "a }} b", "a }} {{ b", "a }}", "}}", "{{ a }}", "a %}", "{# a #}", "nothing_known()", "(a", "a)",
                             "a == 'x'", "status = \"open\"", "a &&", "\xff"})
        EXPECT_NE(problem(wrong), "") << wrong;
}

TEST(Condition, holds_for_what_a_template_would_take_for_true) {
    const auto data = R"({"status": "open", "n": 3, "none": null, "zero": 0, "empty": "", "account": {"id": 7}})";
    for (const auto good : {"status == \"open\"", "status != \"closed\" && n > 2", "n", "account.id == 7", "!none", "!no_such", "true", "n == 3 ? status : none",
                            "can(\"tickets.read\")", "status == \"open\" || no_such"})
        EXPECT_TRUE(holds(good, data)) << good;
    for (const auto bad : {"status == \"closed\"", "n > 3", "none", "zero", "empty", "no_such", "account.no_such.deeper", "false", "can(\"tickets.delete\")",
                           "no_such == \"x\"", "n < \"a\""})
        EXPECT_FALSE(holds(bad, data)) << bad;
}

}  // namespace test
