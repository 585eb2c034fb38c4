// What the tests of the directory share: a desk with its REST client, and short words for making things.
#pragma once

#include "web/desk.hpp"

namespace directory_test {

using web_test::Answer;
using web_test::Api;
using web_test::Browser;

class Directory : public web_test::DeskTest {
protected:
    static Answer make(Api& api, const std::string& collection, const std::string& json) {
        auto answer = api.post("/api/v1/" + collection, json);
        EXPECT_EQ(answer.status, 201) << json << " -> " << answer.body;
        return answer;
    }
    static std::string id(const Answer& answer) { return std::to_string(answer.integer("id")); }
    static std::string account(Api& api, const std::string& name) { return id(make(api, "accounts", R"({"name":")" + name + R"("})")); }
    static std::size_t items(const Answer& answer) {
        EXPECT_EQ(answer.status, 200) << answer.body;
        const auto* list = answer.json().get("items");
        return list ? list->size() : 0;
    }
    static Browser logged_in(const std::string& login = "admin") {
        auto browser = desk().browser();
        EXPECT_EQ(browser.log_in(login).status, 303);
        return browser;
    }
};

}  // namespace directory_test
