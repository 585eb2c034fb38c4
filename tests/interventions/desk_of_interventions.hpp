// What the tests of interventions share: a desk with its REST client, and short words for making things.
#pragma once

#include "plugin/packages.hpp"
#include "tickets/desk_of_tickets.hpp"

namespace interventions_test {

using tickets_test::id;
using tickets_test::items;
using tickets_test::make;
using web_test::Answer;
using web_test::Api;
using web_test::Browser;

class Interventions : public testing::Test {
protected:
    // With the modules that interventions work with and no others.
    static void SetUpTestSuite() { open_desk({}); }
    static void open_desk(const std::vector<std::filesystem::path>& more) {
        packages_ = std::make_unique<host::plugin_tests::TemporaryFolder>();
        for (const auto* id : {"directory", "tickets", "public_form", "interventions"})
            std::filesystem::create_directory_symlink(std::filesystem::path{BUILD_DIR} / "packages" / id, packages_->path() / id);
        for (const auto& package : more) std::filesystem::create_directory_symlink(package, packages_->path() / package.filename());
        desk_ = std::make_unique<web_test::Desk>(std::vector{packages_->path()});
    }
    static void TearDownTestSuite() {
        desk_.reset();
        packages_.reset();
    }
    static web_test::Desk& desk() { return *desk_; }
    static Browser logged_in(const std::string& login = "admin") {
        auto browser = desk().browser();
        EXPECT_EQ(browser.log_in(login).status, 303);
        return browser;
    }
    static std::string account(Api& api, const std::string& name = "Client Durand") {
        return id(make(api, "accounts", R"({"name":")" + name + R"("})"));
    }
    static std::string contract(Api& api, const std::string& account, const std::string& more = R"("status":"running")") {
        return id(make(api, "contracts", R"({"account_id":)" + account + R"(,"label":"Maintenance",)" + more + "}"));
    }
    static std::string equipment(Api& api, const std::string& account, const std::string& more = R"("label":"Imprimante")") {
        return id(make(api, "equipment", R"({"account_id":)" + account + "," + more + "}"));
    }
    static std::string ticket(Api& api, const std::string& account) {
        return id(tickets_test::ticket(api, "Panne", R"("account_id":)" + account));
    }
    static Answer sheet_of(Api& api, const std::string& ticket) {
        auto answer = api.post("/api/v1/tickets/" + ticket + "/interventions", "");
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer;
    }
    static std::string path(const Answer& sheet) { return "/api/v1/interventions/" + id(sheet); }
    static Answer designate(Api& api, const std::string& ticket, const std::string& equipment) {
        return api.write("PUT", "/api/v1/tickets/" + ticket + "/equipment", R"({"equipment_id":)" + equipment + "}");
    }

private:
    static inline std::unique_ptr<host::plugin_tests::TemporaryFolder> packages_;
    static inline std::unique_ptr<web_test::Desk> desk_;
};

}  // namespace interventions_test
