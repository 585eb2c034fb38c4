// Modules chosen together: what a deployment says, what it would do, and that it is done as a whole.
#include "desk.hpp"

#include "plugin/deployment_settings.hpp"

#include <gmock/gmock.h>

namespace host::plugin_tests {
namespace {

using plugin::Change;
using plugin::Deployment;
using plugin::Operation;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(DeploymentText, ReportsEverythingWithItsPlace) {
    const auto bad = plugin::parse_deployment(
        R"({"name": "X", "plugins": {"a": "on", "b": true}, "pins": {"a": "1.x"}, "settings": {"a": []}, "extra": 1, "description": 7})");
    ASSERT_FALSE(bad.ok());
    std::vector<std::string> places;
    for (const auto& problem : bad.problems()) places.push_back(problem.path);
    EXPECT_THAT(places, testing::UnorderedElementsAre("/extra", "/description", "/plugins/a", "/plugins/b", "/pins/a", "/settings/a"));
    EXPECT_FALSE(plugin::parse_deployment("[]").ok());
    EXPECT_FALSE(plugin::parse_deployment("{").ok());
    EXPECT_THAT(base::to_text(plugin::parse_deployment("{}").problems()), HasSubstr("/name"));
    EXPECT_THAT(base::to_text(plugin::parse_deployment(R"({"name": "X", "plugins": []})").problems()), HasSubstr("/plugins: must be an object"));
}

TEST(DeploymentText, PresetsOfTheProgramAreRight) {
    const auto presets = plugin::read_presets(SOURCE_DIR "/manifests/deployments");
    std::vector<std::string> names;
    for (const auto& [name, preset] : presets) {
        names.push_back(name);
        EXPECT_TRUE(preset.enabled.contains("directory") && preset.enabled.contains("tickets")) << name;
        for (const auto& [id, values] : preset.settings) EXPECT_TRUE(preset.enabled.contains(id)) << name << ' ' << id;
    }
    EXPECT_THAT(names, ElementsAre("axelor", "doliplus", "full", "guichet", "koban", "minimal"));
}

class DeploymentTest : public DeskTest {
protected:
    static Deployment deployment(std::set<std::string> enabled, std::set<std::string> disabled) {
        Deployment out;
        out.name = "Test";
        out.enabled = std::move(enabled);
        out.disabled = std::move(disabled);
        return out;
    }
    static Operation operation(Deployment d) { return {Operation::Kind::deploy, {}, false, {}, std::move(d)}; }
    base::Result<std::string> deploy(Deployment d) { return lifecycle_.perform(operation(std::move(d))); }

    static std::vector<std::string> words(const base::Result<Change>& change) {
        static constexpr const char* kWords[] = {"install", "enable", "upgrade", "disable"};
        std::vector<std::string> out;
        for (const auto& step : change->steps)
            out.push_back(std::string{kWords[static_cast<int>(step.kind)]} + ' ' + step.id + (step.because.empty() ? "" : " <- " + step.because));
        return out;
    }
    std::vector<std::string> active() const {
        std::vector<std::string> out;
        for (const auto& g : desk_.registry.current()->generations()) out.push_back(g->id() + ' ' + g->manifest().version);
        return out;
    }
    void add_all() {
        packages_.add("good1", "good");
        packages_.add("extra");
        packages_.add("strict_c");
    }
};

TEST_F(DeploymentTest, SwitchesOnAndOffTogetherAndSaysWhatIsMissing) {
    add_all();
    ASSERT_TRUE(lifecycle_.enable("extra").ok());
    const auto wanted = deployment({"good", "strict_c", "coming"}, {"extra", "never_seen"});
    const auto plan = lifecycle_.preview(operation(wanted));
    EXPECT_THAT(words(plan), ElementsAre("disable extra", "enable strict_c"));
    EXPECT_THAT(plan->absent, ElementsAre("coming"));
    EXPECT_THAT(active(), ElementsAre("good 1.0.0", "extra 1.0.0"));
    EXPECT_EQ(outcome(deploy(wanted)), "Test: 2 modules changed; not installed: coming.");
    EXPECT_THAT(active(), ElementsAre("good 1.0.0", "strict_c 1.0.0"));
    EXPECT_EQ(outcome(deploy(wanted)), "Test: everything is as it should be; not installed: coming.");
    lifecycle_.reconcile();
    EXPECT_THAT(active(), ElementsAre("good 1.0.0", "strict_c 1.0.0"));
}

TEST_F(DeploymentTest, WhatIsRequiredCannotBeOff) {
    add_all();
    const auto text = outcome(deploy(deployment({"extra"}, {"good"})));
    EXPECT_THAT(text, HasSubstr("/plugins/good: good is to be off, but another module that is on requires it"));
    ASSERT_TRUE(lifecycle_.enable("extra").ok());
    EXPECT_THAT(outcome(deploy(deployment({"strict_c"}, {"good"}))), HasSubstr("good is to be off"));
    EXPECT_THAT(active(), ElementsAre("good 1.0.0", "extra 1.0.0"));
}

TEST_F(DeploymentTest, OneThatDoesNotStartKeepsEverythingAsItWas) {
    add_all();
    packages_.add("throws_start_error");
    ASSERT_TRUE(lifecycle_.enable("strict_c").ok());
    const auto before = desk_.registry.current();
    EXPECT_THAT(outcome(deploy(deployment({"good", "hostile"}, {"strict_c"}))), HasSubstr("thrown on purpose"));
    EXPECT_EQ(desk_.registry.current(), before);
    EXPECT_FALSE(desk_.module("good").wanted);
    EXPECT_TRUE(desk_.module("strict_c").wanted);
}

TEST_F(DeploymentTest, PinsChooseTheVersion) {
    packages_.add("good1", "old");
    packages_.add("good2", "new");
    auto wanted = deployment({"good"}, {});
    wanted.pins["good"] = "9.0.0";
    EXPECT_THAT(outcome(deploy(wanted)), HasSubstr("/pins/good: no package of good 9.0.0 is installed"));
    wanted.pins["good"] = "1.0.0";
    ASSERT_TRUE(deploy(wanted).ok());
    EXPECT_THAT(active(), ElementsAre("good 1.0.0"));
    Desk other{database_, packages_.path()};
    other.lifecycle.start();
    EXPECT_EQ(other.body("/good/version"), "1.0.0");
    wanted.pins["good"] = "1.1.0";
    EXPECT_THAT(words(lifecycle_.preview(operation(wanted))), ElementsAre("upgrade good"));
    ASSERT_TRUE(deploy(wanted).ok());
    EXPECT_THAT(active(), ElementsAre("good 1.1.0"));
}

TEST_F(DeploymentTest, SettingsOfTheInstalledVersionAreStored) {
    const core::Secrets secrets{desk_.state.path() / "key"};
    plugin::Manifest manifest;
    manifest.id = "good";
    manifest.settings_json = R"({"type": "object", "properties": {"days": {"type": "integer", "minimum": 1}}})";
    Deployment wanted = deployment({"good"}, {});
    auto lease = desk_.pool.acquire();
    wanted.settings["good"] = R"({"days": 0})";
    EXPECT_THAT(base::to_text(plugin::write_deployment_settings(*lease, secrets, wanted, manifest)), HasSubstr("/settings/good/days"));
    wanted.settings["good"] = R"({"days": 3, "of_a_later_version": true})";
    EXPECT_THAT(plugin::write_deployment_settings(*lease, secrets, wanted, manifest), IsEmpty());
    EXPECT_EQ(desk_.scalar("select value->>'days' from core.setting where plugin_id = 'good'"), "3");
    manifest.settings_json.clear();
    EXPECT_THAT(plugin::write_deployment_settings(*lease, secrets, wanted, manifest), IsEmpty());
}

// --- previews of single operations ---

TEST_F(DeploymentTest, PreviewsNameMigrationsOrderAndReasons) {
    add_all();
    const auto on = lifecycle_.preview({Operation::Kind::enable, "extra", false, {}, {}});
    EXPECT_THAT(words(on), ElementsAre("enable good <- extra", "enable extra"));
    EXPECT_THAT(on->steps[0].expand, ElementsAre("0001_note.expand.sql"));
    EXPECT_THAT(active(), IsEmpty());
    EXPECT_EQ(desk_.scalar("select (to_regclass('good.note') is null)::text"), "true");
    ASSERT_TRUE(lifecycle_.enable("extra").ok());
    EXPECT_THAT(words(lifecycle_.preview({Operation::Kind::disable, "good", true, {}, {}})), ElementsAre("disable extra <- good", "disable good"));
    const auto refused = lifecycle_.preview({Operation::Kind::disable, "good", false, {}, {}});
    EXPECT_THAT(base::to_text(refused.problems()), HasSubstr("good is required by extra"));

    const auto upgrade = lifecycle_.preview({Operation::Kind::install, {}, false, {}, {}}, built("good2"));
    EXPECT_THAT(words(upgrade), ElementsAre("upgrade good"));
    EXPECT_EQ(upgrade->steps[0].previous_version, "1.0.0");
    EXPECT_THAT(upgrade->steps[0].expand, IsEmpty());
    EXPECT_FALSE(std::filesystem::exists(desk_.state.path() / "packages/good"));
    EXPECT_THAT(words(lifecycle_.preview({Operation::Kind::install, {}, false, {}, {}}, built("strict_c"))), ElementsAre("install strict_c"));
    EXPECT_FALSE(lifecycle_.preview({Operation::Kind::install, {}, false, {}, {}}, built("unique_symbol")).ok());
}

TEST_F(DeploymentTest, APreviewChangesNothingEvenWhenItFails) {
    packages_.add("extra");
    EXPECT_THAT(base::to_text(lifecycle_.preview({Operation::Kind::enable, "extra", false, {}, {}}).problems()), HasSubstr("which is not installed"));
    EXPECT_EQ(desk_.scalar("select count(*)::text from core.plugin"), "0");
}

}  // namespace
}  // namespace host::plugin_tests
