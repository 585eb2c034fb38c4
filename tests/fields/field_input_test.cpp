// Every type of custom field: what is refused, with what words, and what is stored and shown.
#include "base/json.hpp"
#include "core/field_text.hpp"

#include <gtest/gtest.h>

namespace host::core {
namespace {

using base::Value;

Field field_of_type(FieldType type) {
    Field field;
    field.code = "f";
    field.type = type;
    field.currency = "EUR";
    field.audience = 3;
    field.options = {{"red", {{"fr", "Rouge"}, {"en", "Red"}}, true}, {"old", {{"fr", "Ancien"}, {"en", "Old"}}, false}};
    return field;
}

struct Given {
    FieldType type;
    std::string_view language;
    std::string_view json;      // of the input
    std::string_view expected;  // canonical JSON, or the problem
};

std::string outcome(const Given& given, std::string_view stored_json = {}) {
    base::Arena arena;
    const auto input = base::parse_json(arena, given.json);
    EXPECT_TRUE(input) << given.json;
    const auto stored = base::parse_json(arena, stored_json.empty() ? "null" : stored_json);
    const auto reading = read_field(field_of_type(given.type), **input, stored_json.empty() ? nullptr : *stored, {given.language, "Europe/Paris"}, arena);
    if (!reading.problem.empty()) return std::string{reading.problem} + (reading.detail.empty() ? "" : " " + reading.detail);
    return reading.value ? base::to_json(*reading.value) : "nothing";
}

TEST(FieldInput, wrong_values_are_refused_with_words_for_the_user) {
    const Given kCases[] = {
        {FieldType::text, "fr", "12", "This must be text."},
        {FieldType::text, "fr", "[]", "This must be text."},
        {FieldType::long_text, "en", "{}", "This must be text."},
        {FieldType::integer, "fr", R"("douze")", "Enter a whole number."},
        {FieldType::integer, "fr", R"("1,5")", "Enter a whole number."},
        {FieldType::integer, "en", "1.5", "Enter a whole number."},
        {FieldType::integer, "en", R"("9007199254740992")", "Enter a whole number."},
        {FieldType::integer, "en", "true", "Enter a whole number."},
        {FieldType::decimal, "fr", R"("1,2,3")", "Enter a number such as %1. 12,50"},
        {FieldType::decimal, "en", R"("12,50")", "Enter a number such as %1. 12.50"},
        {FieldType::decimal, "en", "{}", "Enter a number such as %1. 12.50"},
        {FieldType::money, "fr", R"("beaucoup")", "Enter an amount such as %1. 12,50\u00a0€"},
        {FieldType::money, "en", R"("12.505")", "Enter an amount such as %1. €12.50"},
        {FieldType::money, "en", R"({"amount": 5, "currency": "XYZ"})", "There is no such currency."},
        {FieldType::money, "en", R"({"amount": 5, "currency": 7})", "There is no such currency."},
        {FieldType::money, "en", R"({"amount": 5, "other": 1})", "Enter an amount such as %1. €12.50"},
        {FieldType::money, "en", R"({"amount": "5"})", "Enter an amount such as %1. €12.50"},
        {FieldType::date, "fr", R"("30/02/2026")", "Enter a date that exists, such as %1. 31/12/2026"},
        {FieldType::date, "en", "20261231", "Enter a date that exists, such as %1. 31 Dec 2026"},
        {FieldType::datetime, "fr", R"("2026-12-31")", "Enter a date and a time, such as %1. 31/12/2026 18:30"},
        {FieldType::datetime, "en", "0", "Enter a date and a time, such as %1. 31 Dec 2026, 18:30"},
        {FieldType::boolean, "fr", R"("peut-être")", "Choose yes or no."},
        {FieldType::boolean, "en", "2", "Choose yes or no."},
        {FieldType::list, "fr", R"("green")", "Choose one of the list."},
        {FieldType::list, "fr", R"("old")", "Choose one of the list."},
        {FieldType::list, "fr", "1", "Choose one of the list."},
        {FieldType::user, "fr", R"("Alice")", "Choose one of the list."},
        {FieldType::user, "fr", "-1", "Choose one of the list."},
        {FieldType::account, "fr", "1.5", "Choose one of the list."},
        {FieldType::equipment, "fr", "true", "Choose one of the list."},
    };
    for (const auto& c : kCases) EXPECT_EQ(outcome(c), c.expected) << name_of(c.type) << ' ' << c.json;
}

TEST(FieldInput, text_has_a_limit) {
    const auto json = [](std::size_t n) { return '"' + std::string(n, 'a') + '"'; };
    EXPECT_EQ(outcome({FieldType::text, "fr", json(501), ""}), "Use at most %1 characters. 500");
    EXPECT_EQ(outcome({FieldType::text, "fr", json(500), ""}), json(500));
    EXPECT_EQ(outcome({FieldType::long_text, "fr", json(20'001), ""}), "Use at most %1 characters. 20000");
}

TEST(FieldInput, values_become_canonical_whatever_the_language) {
    const Given kCases[] = {
        {FieldType::text, "fr", R"("  deux\n lignes ")", R"("deux lignes")"},
        {FieldType::long_text, "fr", R"("deux\r\nlignes")", R"("deux\nlignes")"},
        {FieldType::integer, "fr", R"("1 234")", "1234"},
        {FieldType::integer, "en", R"("1,234")", "1234"},
        {FieldType::integer, "fr", "-7", "-7"},
        {FieldType::decimal, "fr", R"("12,50")", R"("12.50")"},
        {FieldType::decimal, "en", R"("12.50")", R"("12.50")"},
        {FieldType::decimal, "fr", "12.5", R"("12.5")"},
        {FieldType::decimal, "fr", "12", R"("12")"},
        {FieldType::money, "fr", R"("12,50")", R"({"amount":1250,"currency":"EUR"})"},
        {FieldType::money, "en", R"("USD 12.50")", R"({"amount":1250,"currency":"USD"})"},
        {FieldType::money, "fr", "12.5", R"({"amount":1250,"currency":"EUR"})"},
        {FieldType::money, "fr", R"({"amount": 5, "currency": "JPY"})", R"({"amount":5,"currency":"JPY"})"},
        {FieldType::money, "fr", R"({"amount": 5})", R"({"amount":5,"currency":"EUR"})"},
        {FieldType::date, "fr", R"("31/12/2026")", R"("2026-12-31")"},
        {FieldType::date, "en", R"("31 Dec 2026")", R"("2026-12-31")"},
        {FieldType::datetime, "fr", R"("31/12/2026 18:30")", R"("2026-12-31T17:30:00Z")"},
        {FieldType::datetime, "fr", R"("2026-12-31T18:30")", R"("2026-12-31T17:30:00Z")"},
        {FieldType::datetime, "en", R"("2026-12-31T18:30:00.5Z")", R"("2026-12-31T18:30:00Z")"},
        {FieldType::boolean, "fr", "false", "false"},
        {FieldType::boolean, "fr", R"("true")", "true"},
        {FieldType::list, "fr", R"("red")", R"("red")"},
        {FieldType::user, "fr", R"("12")", "12"},
        {FieldType::account, "fr", R"("Dupont #3 et fils #12")", "12"},
        {FieldType::equipment, "fr", "12", "12"},
    };
    for (const auto& c : kCases) EXPECT_EQ(outcome(c), c.expected) << name_of(c.type) << ' ' << c.json;
}

TEST(FieldInput, an_empty_form_control_and_null_take_the_value_away) {
    for (const auto name : kFieldTypes)
        for (const std::string_view json : {"null", R"("")", R"("  ")"})
            EXPECT_EQ(outcome({*field_type(name), "fr", json, ""}), "nothing") << name << ' ' << json;
}

TEST(FieldInput, a_retired_entry_may_stay_where_it_is) {
    EXPECT_EQ(outcome({FieldType::list, "fr", R"("old")", ""}, R"("old")"), R"("old")");
    EXPECT_EQ(outcome({FieldType::list, "fr", R"("old")", ""}, R"("red")"), "Choose one of the list.");
    EXPECT_EQ(outcome({FieldType::list, "fr", R"("gone")", ""}, R"("gone")"), R"("gone")") << "even one that is not there any more";
}

struct Shown {
    FieldType type;
    std::string_view language, json, text, value;
};

TEST(FieldText, what_is_stored_is_shown_as_the_user_writes_it_and_can_be_sent_back) {
    const Shown kCases[] = {
        {FieldType::integer, "fr", "12345", "12\u202f345", "12345"},
        {FieldType::decimal, "fr", R"("1234.50")", "1\u202f234,50", "1234,50"},
        {FieldType::decimal, "en", R"("1234.50")", "1,234.50", "1234.50"},
        {FieldType::money, "fr", R"({"amount":123450,"currency":"EUR"})", "1\u202f234,50\u00a0€", "1234,50"},
        {FieldType::money, "en", R"({"amount":5,"currency":"JPY"})", "¥5", "5 JPY"},
        {FieldType::date, "fr", R"("2026-12-31")", "31/12/2026", "2026-12-31"},
        {FieldType::date, "en", R"("2026-12-31")", "31 Dec 2026", "2026-12-31"},
        {FieldType::datetime, "fr", R"("2026-12-31T17:30:00Z")", "31/12/2026 18:30", "2026-12-31T18:30"},
        {FieldType::boolean, "fr", "true", "true", "true"},
        {FieldType::list, "fr", R"("red")", "Rouge", "red"},
        {FieldType::list, "en", R"("old")", "Old", "old"},
        {FieldType::list, "en", R"("gone")", "gone", "gone"},
        {FieldType::long_text, "fr", R"("a\nb")", "a\nb", "a\nb"},
    };
    for (const auto& c : kCases) {
        base::Arena arena;
        const auto value = base::parse_json(arena, c.json);
        ASSERT_TRUE(value);
        const auto texts = field_texts(field_of_type(c.type), **value, {c.language, "Europe/Paris"});
        EXPECT_EQ(texts.text, c.text) << c.json;
        EXPECT_EQ(texts.value, c.value) << c.json;
        const auto again = "\"" + (c.type == FieldType::long_text ? std::string{"a\\nb"} : texts.value) + "\"";
        EXPECT_EQ(outcome({c.type, c.language, again, ""}, c.json), c.json) << "an unchanged form changes nothing";
    }
}

TEST(FieldText, a_value_of_another_shape_is_shown_and_breaks_nothing) {
    for (const auto name : kFieldTypes)
        for (const std::string_view json : {R"({"amount":"x"})", "[1]"}) {
            base::Arena arena;
            const auto value = base::parse_json(arena, json);
            EXPECT_EQ(field_texts(field_of_type(*field_type(name)), **value, {"fr", "Europe/Paris"}).text, json) << name;
        }
}

}  // namespace
}  // namespace host::core
