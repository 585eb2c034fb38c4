// What the tests of tickets share: a desk with its REST client, and short words for making things.
#pragma once

#include "web/desk.hpp"

namespace tickets_test {

using web_test::Answer;
using web_test::Api;
using web_test::Browser;

inline std::string id(const Answer& answer) { return std::to_string(answer.integer("id")); }
inline std::string path(const Answer& ticket) { return "/api/v1/tickets/" + id(ticket); }
inline std::string page(const Answer& ticket) { return "/tickets/" + id(ticket); }

inline Answer make(Api& api, const std::string& collection, const std::string& json) {
    auto answer = api.post("/api/v1/" + collection, json);
    EXPECT_EQ(answer.status, 201) << json << " -> " << answer.body;
    return answer;
}
inline Answer ticket(Api& api, const std::string& subject = "Imprimante en panne", const std::string& more = {}) {
    return make(api, "tickets", R"({"subject":")" + subject + "\"" + (more.empty() ? "" : "," + more) + "}");
}
inline const host::base::Value& items(const Answer& answer) {
    static host::base::Arena arena;
    static const auto* none = host::base::Value::array(arena);
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto* list = answer.json().get("items");
    return list ? *list : *none;
}
// The subjects of a list, joined: "b,a".
inline std::string subjects(const Answer& answer) {
    std::string out;
    for (std::size_t i = 0; i < items(answer).size(); ++i)
        out += (i ? "," : "") + std::string{items(answer).at(i)->get("subject")->as_string()};
    return out;
}

class Tickets : public web_test::DeskTest {
protected:
    static Browser logged_in(const std::string& login = "admin") {
        auto browser = desk().browser();
        EXPECT_EQ(browser.log_in(login).status, 303);
        return browser;
    }
};

}  // namespace tickets_test
