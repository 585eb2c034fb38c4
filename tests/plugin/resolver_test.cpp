#include "plugin/resolver.hpp"

#include <gmock/gmock.h>

#include <list>

namespace {

using namespace host;
using testing::ElementsAre;
using testing::HasSubstr;

// Builds packages in one line each: the manifest lives as long as the fixture.
class Resolve : public testing::Test {
protected:
    plugin::Manifest& package(const std::string& id, const std::string& version, std::map<std::string, std::string> needs = {},
                              const std::string& sha256 = {}) {
        auto& m = manifests_.emplace_back();
        m.id = id;
        m.version = version;
        m.abi = "^1.0";
        m.requires_ = std::move(needs);
        installed_.push_back({&m, sha256.empty() ? id + version : sha256});
        return m;
    }
    base::Result<plugin::Plan> resolve(std::set<std::string> enabled) {
        wanted_.enabled = std::move(enabled);
        return plugin::resolve(installed_, wanted_, 1, 2);
    }
    std::vector<std::string> order(std::set<std::string> enabled) {
        const auto plan = resolve(std::move(enabled));
        std::vector<std::string> out;
        if (!plan) return {base::to_text(plan.problems())};
        for (const auto& c : plan->order) out.push_back(c.manifest->id + ' ' + c.manifest->version);
        return out;
    }
    std::string problem(std::set<std::string> enabled) {
        const auto plan = resolve(std::move(enabled));
        return plan ? std::string{"no problem"} : base::to_text(plan.problems());
    }
    std::string first_code(std::set<std::string> enabled) {
        const auto plan = resolve(std::move(enabled));
        return plan ? std::string{"no problem"} : plan.problems()[0].code;
    }

    std::list<plugin::Manifest> manifests_;
    std::vector<plugin::Candidate> installed_;
    plugin::Wanted wanted_;
};

TEST_F(Resolve, NothingWantedIsAnEmptyPlan) {
    package("a", "1.0.0");
    EXPECT_THAT(order({}), ElementsAre());
}

TEST_F(Resolve, SaysWhatIsNotInstalled) {
    package("tickets", "1.0.0", {{"directory", "^1.2"}});
    EXPECT_THAT(problem({"nothing"}), HasSubstr("no package of 'nothing' is installed"));
    EXPECT_THAT(problem({"tickets"}), HasSubstr("tickets 1.0.0 needs directory ^1.2, which is not installed"));
}

TEST_F(Resolve, SaysWhichVersionIsInstalled) {
    package("tickets", "1.0.0", {{"directory", "^1.2"}});
    package("directory", "1.1.0");
    EXPECT_THAT(problem({"tickets"}), HasSubstr("tickets 1.0.0 needs directory ^1.2, installed is 1.1.0"));
}

TEST_F(Resolve, ReportsEveryProblem) {
    package("a", "1.0.0", {{"x", "^1"}, {"y", "^1"}});
    const auto plan = resolve({"a"});
    ASSERT_FALSE(plan.ok());
    EXPECT_EQ(plan.problems().size(), 2u);
}

TEST_F(Resolve, ReportsTheWholeCycle) {
    package("a", "1.0.0", {{"b", "^1"}});
    package("b", "1.0.0", {{"c", "^1"}});
    package("c", "1.0.0", {{"b", "^1"}});
    EXPECT_EQ(first_code({"a"}), "resolve.cycle");
    EXPECT_THAT(problem({"a"}), HasSubstr("b -> c -> b"));
}

TEST_F(Resolve, RefusesConflicts) {
    package("a", "1.0.0").conflicts = {{"b", "^1"}};
    package("b", "1.3.0");
    EXPECT_THAT(order({"a"}), ElementsAre("a 1.0.0"));
    EXPECT_THAT(problem({"a", "b"}), HasSubstr("a 1.0.0 cannot run together with b 1.3.0"));
}

TEST_F(Resolve, RefusesPackagesForAnotherHost) {
    package("a", "1.0.0").abi = "^1.3";
    EXPECT_EQ(first_code({"a"}), "resolve.abi");
    package("a", "0.9.0").abi = "^1.2";
    EXPECT_THAT(order({"a"}), ElementsAre("a 0.9.0"));  // the older one runs here
}

TEST_F(Resolve, TakesTheHighestVersionOrTheChosenPackage) {
    package("a", "1.9.0");
    package("a", "1.10.0");
    package("a", "1.10.0-rc.1");
    EXPECT_THAT(order({"a"}), ElementsAre("a 1.10.0"));
    wanted_.packages["a"] = "a1.9.0";
    EXPECT_THAT(order({"a"}), ElementsAre("a 1.9.0"));
    wanted_.packages["a"] = "gone";
    EXPECT_THAT(order({"a"}), ElementsAre("a 1.10.0"));
}

TEST_F(Resolve, OrdersDependenciesFirstAndTiesById) {
    package("a", "1.0.0", {{"z", "^1"}});
    package("z", "1.0.0");
    package("m", "1.0.0");
    package("k", "1.0.0").optional = {{"m", "^1"}, {"absent", "^1"}};
    EXPECT_THAT(order({"a", "k", "m"}), ElementsAre("m 1.0.0", "k 1.0.0", "z 1.0.0", "a 1.0.0"));
}

TEST_F(Resolve, OptionalIsNotPulledInButMustFitWhenItIsThere) {
    package("k", "1.0.0").optional = {{"m", "^2"}};
    package("m", "1.0.0");
    EXPECT_THAT(order({"k"}), ElementsAre("k 1.0.0"));
    EXPECT_THAT(problem({"k", "m"}), HasSubstr("k 1.0.0 works with m ^2, installed is 1.0.0"));
}

TEST_F(Resolve, BridgesComeByThemselves) {
    package("quotes", "1.0.0");
    package("interventions", "1.0.0");
    package("bridge", "1.0.0", {{"helper", "^1"}}).enable_when = {"quotes", "interventions"};
    package("helper", "1.0.0");
    EXPECT_THAT(order({"quotes"}), ElementsAre("quotes 1.0.0"));
    EXPECT_THAT(order({"quotes", "interventions"}), ElementsAre("helper 1.0.0", "bridge 1.0.0", "interventions 1.0.0", "quotes 1.0.0"));
    wanted_.refused = {"bridge"};
    EXPECT_THAT(order({"quotes", "interventions"}), ElementsAre("interventions 1.0.0", "quotes 1.0.0"));
}

TEST_F(Resolve, BridgesThatCannotComeStayAway) {
    package("quotes", "1.0.0");
    package("bridge", "1.0.0", {{"missing", "^1"}}).enable_when = {"quotes"};
    EXPECT_THAT(order({"quotes"}), ElementsAre("quotes 1.0.0"));
}

TEST_F(Resolve, PermissionsMustBeDeclaredByADependency) {
    auto& a = package("a", "1.0.0");
    a.routes.push_back({"GET", "/a", "h", "b.use", false, false, false, true, "none", 0, ""});
    package("b", "1.0.0").permissions = {{"b.use", "Use", {}}};
    EXPECT_EQ(first_code({"a", "b"}), "resolve.permission");
    a.requires_ = {{"b", "^1"}};
    EXPECT_THAT(order({"a"}), ElementsAre("b 1.0.0", "a 1.0.0"));
    a.routes[0].permission = "core.modules";
    EXPECT_THAT(order({"a"}), ElementsAre("b 1.0.0", "a 1.0.0"));
    a.routes[0].permission = "core.nobody_has_this";
    EXPECT_EQ(first_code({"a"}), "resolve.permission");
}

TEST_F(Resolve, ViewsMustBelongToADependency) {
    auto& a = package("a", "1.0.0");
    a.database.reads = {"core.user_v1", "b_b.thing_v1"};
    package("b.b", "1.0.0").database.schema = "b_b";
    EXPECT_EQ(first_code({"a", "b.b"}), "resolve.view");
    a.requires_ = {{"b.b", "^1"}};
    EXPECT_EQ(first_code({"a"}), "no problem");
    a.requires_ = {};
    a.optional = {{"b.b", "^1"}};
    EXPECT_EQ(first_code({"a"}), "no problem");
}

TEST_F(Resolve, ServicesMustBeOfferedInTheRightVersion) {
    auto& a = package("a", "1.0.0");
    a.consumes = {{"b.store", "^1.2"}};
    auto& b = package("b", "1.0.0");
    b.provides = {{"b.store", "1.1"}};
    EXPECT_THAT(problem({"a", "b"}), HasSubstr("a 1.0.0 uses the service 'b.store', which no package it requires offers"));
    a.requires_ = {{"b", "^1"}};
    EXPECT_THAT(problem({"a"}), HasSubstr("a 1.0.0 needs the service b.store ^1.2, b 1.0.0 offers 1.1"));
    b.provides = {{"b.store", "1.2"}};
    EXPECT_EQ(first_code({"a"}), "no problem");
}

TEST_F(Resolve, ServicesOfAnOptionalPackageMayBeAbsent) {
    auto& a = package("a", "1.0.0");
    a.consumes = {{"b.store", "^1.2"}};
    a.optional = {{"b", "^1"}};
    EXPECT_THAT(order({"a"}), ElementsAre("a 1.0.0"));
}

}  // namespace
