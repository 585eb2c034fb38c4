// Settings: what is refused, what is in force, what is stored.
#include "core/settings.hpp"

#include "base/file.hpp"
#include "base/random.hpp"
#include "core/database.hpp"
#include "core/settings_schema.hpp"

namespace core_test {
namespace {

using namespace host;
using base::Value;

constexpr std::string_view kSchema = R"({"type":"object","required":["sender"],"properties":{
  "sender":{"type":"string","format":"email"},
  "retries":{"type":"integer","minimum":1,"maximum":20,"default":5},
  "mode":{"type":"string","enum":["now","night"],"default":"now"},
  "at":{"type":"string","format":"time"},
  "day":{"type":"string","format":"date"},
  "zone":{"type":"string","format":"time-zone"},
  "color":{"type":"string","format":"color"},
  "site":{"type":"string","format":"uri"},
  "code":{"type":"string","pattern":"^[A-Z]{3}$"},
  "tags":{"type":"array","items":{"type":"string","maxLength":5},"maxItems":2},
  "priority":{"type":"string","x-list":"test.priority"},
  "token":{"type":"string","x-secret":true},
  "limits":{"type":"object","properties":{"per_day":{"type":"integer","default":10},"password":{"type":"string","x-secret":true}}}}})";

class SettingsTest : public testing::Test {
protected:
    void TearDown() override { std::filesystem::remove(key_); }

    base::Result<core::SettingsWritten> write(std::string_view values, std::optional<int> version = {}, std::string_view schema = kSchema) {
        db::Transaction transaction{database_.pool};
        auto written = core::write_settings(transaction.connection(), secrets_, {"test", schema, json(arena_, values), 0, version});
        if (written) transaction.commit();
        return written;
    }
    std::string refusal(std::string_view values) {
        const auto written = write(values);
        return written ? "accepted" : written.problems().front().code + " " + written.problems().front().path;
    }
    std::string in_force(std::string_view schema = kSchema) { return base::to_json(settings_.get()->of("test", schema)); }
    std::string stored() { return std::string{database_.pool.exec("select value::text from core.setting where plugin_id = 'test'").text(0, 0)}; }

    Database database_;
    const std::filesystem::path key_ = std::filesystem::temp_directory_path() / ("guichet-key-" + base::random_token(8));
    core::Secrets secrets_{key_};
    core::Settings settings_{database_.pool, secrets_};
    base::Arena arena_;
};

}  // namespace

TEST_F(SettingsTest, refuses_what_the_schema_refuses_and_says_where) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {R"({"unknown":1})", "settings.unknown /unknown"},
        {R"({"limits":{"unknown":1}})", "settings.unknown /limits/unknown"},
        {R"({"sender":null})", "settings.required /sender"},
        {R"({"sender":""})", "settings.required /sender"},
        {R"({"sender":"no address"})", "settings.value /sender"},
        {R"({"sender":"a@b@c"})", "settings.value /sender"},
        {R"({"retries":0})", "settings.value /retries"},
        {R"({"retries":"5"})", "settings.value /retries"},
        {R"({"retries":5.5})", "settings.value /retries"},
        {R"({"mode":"later"})", "settings.value /mode"},
        {R"({"at":"24:00"})", "settings.value /at"},
        {R"({"at":"8:30"})", "settings.value /at"},
        {R"({"day":"2026-02-30"})", "settings.value /day"},
        {R"({"zone":"Europe/Nowhere"})", "settings.value /zone"},
        {R"({"color":"red"})", "settings.value /color"},
        {R"j({"site":"javascript:alert(1)"})j", "settings.value /site"},
        {R"({"code":"AB"})", "settings.value /code"},
        {R"({"tags":["a","b","c"]})", "settings.value /tags"},
        {R"({"tags":["toolong"]})", "settings.value /tags"},
        {R"({"tags":[1]})", "settings.value /tags"},
        {R"({"priority":"NONE"})", "settings.value /priority"},
        {R"({"token":12})", "settings.value /token"},
        {R"({"limits":{"per_day":true}})", "settings.value /limits/per_day"},
    };
    for (const auto& [values, expected] : cases) EXPECT_EQ(refusal(values), expected) << values;
    EXPECT_EQ(settings_.get()->version("test"), 0) << "nothing was stored";
}

TEST_F(SettingsTest, every_problem_is_said_and_nothing_is_stored) {
    const auto written = write(R"({"retries":0,"mode":"later","sender":"a@b.fr"})");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.problems().size(), 2u);
    EXPECT_EQ(in_force(), R"({"retries":5,"mode":"now","limits":{"per_day":10}})");
}

TEST_F(SettingsTest, the_rest_stays_when_a_part_is_written) {
    ASSERT_TRUE(write(R"({"sender":"a@b.fr","retries":7,"limits":{"per_day":3}})"));
    const auto written = write(R"({"mode":"night","limits":{}})");
    ASSERT_TRUE(written);
    EXPECT_EQ(written->changed, std::vector<std::string>{"mode"});
    EXPECT_EQ(in_force(), R"({"sender":"a@b.fr","retries":7,"mode":"night","limits":{"per_day":3}})");
    ASSERT_TRUE(write(R"({"retries":null,"limits":{"per_day":null}})"));
    EXPECT_EQ(in_force(), R"({"sender":"a@b.fr","retries":5,"mode":"night","limits":{"per_day":10}})") << "back to the defaults";
}

TEST_F(SettingsTest, a_default_that_was_never_changed_follows_the_schema) {
    ASSERT_TRUE(write(R"({"retries":5,"mode":"night"})"));
    EXPECT_EQ(stored(), R"({"mode": "night"})");
    ASSERT_TRUE(write(R"({"mode":"now"})"));
    EXPECT_EQ(stored(), R"({"mode": "now"})") << "chosen by somebody";
}

TEST_F(SettingsTest, an_overtaken_version_is_refused) {
    ASSERT_EQ(write(R"({"retries":7})", 0)->version, 1);
    const auto late = write(R"({"retries":8})", 0);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.problems().front().code, "settings.version");
    EXPECT_EQ(write(R"({"retries":7})", 1)->version, 1) << "nothing changes: nothing is written";
}

TEST_F(SettingsTest, entries_of_lists_are_looked_up) {
    database_.pool.exec("insert into core.list values ('test.priority', 'test', 'Priority')");
    database_.pool.exec("insert into core.list_item (list_id, code, labels) values ('test.priority', 'HIGH', '{}')");
    EXPECT_TRUE(write(R"({"priority":"HIGH"})"));
}

TEST_F(SettingsTest, a_secret_is_sealed_where_it_is_stored_and_clear_where_it_is_used) {
    ASSERT_TRUE(write(R"({"token":"canary-token","limits":{"password":"canary-password"}})"));
    EXPECT_EQ(stored().find("canary"), std::string::npos);
    EXPECT_EQ(in_force(), R"({"retries":5,"mode":"now","token":"canary-token","limits":{"per_day":10,"password":"canary-password"}})");
    ASSERT_TRUE(write(R"({"retries":6})"));
    EXPECT_NE(in_force().find("canary-token"), std::string::npos) << "kept";
    ASSERT_TRUE(write(R"({"token":null})"));
    EXPECT_EQ(in_force().find("canary-token"), std::string::npos);
}

TEST_F(SettingsTest, without_its_key_a_secret_is_missing_and_the_rest_is_there) {
    ASSERT_TRUE(write(R"({"token":"x","retries":9})"));
    base::write_file(key_, base::random_bytes(32), 0600);
    const core::Secrets fresh{key_};
    core::Settings after{database_.pool, fresh};
    EXPECT_EQ(base::to_json(after.get()->of("test", kSchema)), R"({"retries":9,"mode":"now","limits":{"per_day":10}})");
    EXPECT_NE(after.get()->stored("test")->get("token"), nullptr) << "the form says that it must be entered again";
}

TEST_F(SettingsTest, what_an_upgraded_schema_refuses_has_its_default) {
    ASSERT_TRUE(write(R"({"retries":9,"mode":"night"})"));
    EXPECT_EQ(in_force(R"({"type":"object","properties":{"retries":{"type":"integer","maximum":3,"default":2},"mode":{"type":"string"}}})"),
              R"({"retries":2,"mode":"night"})");
    EXPECT_EQ(in_force(), R"({"retries":9,"mode":"night","limits":{"per_day":10}})") << "the version before still reads its own";
    EXPECT_EQ(in_force(""), "{}") << "a plugin without settings";
}

TEST_F(SettingsTest, one_state_does_not_change_under_its_reader) {
    settings_.trust(true);
    const auto before = settings_.get();
    ASSERT_TRUE(write(R"({"retries":8})"));
    EXPECT_EQ(settings_.get(), before) << "not told yet";
    settings_.invalidate();
    EXPECT_NE(settings_.get(), before);
    EXPECT_EQ(before->version("test"), 0);
}

TEST_F(SettingsTest, the_company_has_a_time_zone) {
    EXPECT_EQ(settings_.company_zone(), "Europe/Paris");
    db::Transaction transaction{database_.pool};
    ASSERT_TRUE(core::write_settings(transaction.connection(), secrets_,
                                     {core::kHostSettings, core::host_settings_schema(), json(arena_, R"({"regional":{"time_zone":"Indian/Reunion"}})"), 0, {}}));
    transaction.commit();
    EXPECT_EQ(settings_.company_zone(), "Indian/Reunion");
}

TEST_F(SettingsTest, a_change_is_published_for_who_wants_to_know) {
    ASSERT_TRUE(write(R"({"retries":8,"token":"canary"})"));
    ASSERT_TRUE(write(R"({"retries":8})")) << "nothing changes: nothing is said";
    const auto rows = database_.pool.exec("select subject, data::text from core.outbox where event = 'core.settings_changed' and version = 1");
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows.text(0, 0), "settings/test");
    EXPECT_EQ(rows.text(0, 1), R"({"plugin": "test", "changed": ["retries", "token"]})");
}

TEST(SettingsSchema, a_package_with_settings_that_no_form_can_show_is_refused) {
    const auto refusal = [](std::string_view schema) {
        base::Arena arena;
        const auto problems = core::check_settings_schema(json(arena, schema));
        return problems.empty() ? "good" : problems.front().path;
    };
    EXPECT_EQ(refusal(kSchema), "good");
    EXPECT_EQ(refusal(core::host_settings_schema()), "good");
    EXPECT_EQ(refusal(R"({})"), "");
    EXPECT_EQ(refusal(R"({"type":"array"})"), "");
    const std::string_view members[] = {
        R"({"type":"null"})", R"({})", R"({"type":["string","null"]})", R"({"type":"object"})", R"({"type":"array"})", R"({"type":"array","items":{"type":"integer"}})",
        R"({"type":"integer","x-secret":true})", R"({"type":"string","x-secret":true,"default":"x"})", R"({"type":"string","pattern":"("})",
        R"({"type":"string","format":"email","default":"x"})", R"({"type":"integer","maximum":3,"default":4})", R"({"type":"string","enum":["a"],"default":"b"})",
        R"({"type":"object","properties":{"b":{"type":"object","properties":{}}}})",
    };
    for (const auto member : members)
        EXPECT_TRUE(refusal(R"({"type":"object","properties":{"a":)" + std::string{member} + "}}").starts_with("/properties/a")) << member;
    EXPECT_EQ(refusal(R"({"type":"object","properties":{"a":{"type":"string","minimum":"x"}}})"), "/properties/a/minimum");
}

}  // namespace core_test
