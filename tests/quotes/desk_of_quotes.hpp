// What the tests of quotes share: a desk with its REST client, a customer, a ticket of his, and short words for making quotes.
#pragma once

#include "support/wait.hpp"
#include "tickets/desk_of_tickets.hpp"
#include "web/guest_desk.hpp"

namespace quotes_test {

using tickets_test::id;
using tickets_test::items;
using tickets_test::make;
using tickets_test::ticket;
using web_test::Answer;
using web_test::Api;
using web_test::between;
using web_test::Browser;
using web_test::count_of;
using Fields = std::vector<std::pair<std::string, std::string>>;

inline const std::string kLine = R"({"label": "Écran 27 pouces", "quantity": "2", "unit_price": "199.90", "vat_rate": "20"})";

inline std::string path(const Answer& quote) { return "/api/v1/quotes/" + id(quote); }
inline std::string page(const Answer& quote) { return "/quotes/" + id(quote); }

inline Answer quote(Api& api, const std::string& more = {}, const std::string& lines = kLine) {
    return make(api, "quotes",
                R"({"subject": "Renouvellement", "customer": "Boulangerie Morvan", "lines": [)" + lines + "]" +
                    (more.empty() ? "" : "," + more) + "}");
}
inline Answer validated(Api& api, const std::string& more = {}, const std::string& lines = kLine) {
    const auto draft = quote(api, more, lines);
    auto answer = api.post(path(draft) + "/validate", "");
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer;
}
inline Answer step(Api& api, const Answer& quote, const std::string& name) {
    return api.post(path(quote) + "/step", R"({"step": ")" + name + "\"}");
}

class Quotes : public web_test::DeskTest {
protected:
    static Browser logged_in(const std::string& login = "admin", const std::string& language = "en") {
        auto browser = desk().browser();
        browser.cookies["lang"] = language;
        EXPECT_EQ(browser.log_in(login).status, 303);
        return browser;
    }
    static Answer account(Api& api, const std::string& more = {}) {
        return make(
            api, "accounts",
            R"({"name": "Boulangerie Morvan", "type": "customer", "email": "contact@morvan.example", "address": "14 rue de la Fonderie", "zip": "29200", "town": "Brest")" +
                (more.empty() ? "" : "," + more) + "}");
    }
    static std::int64_t count(const std::string& from) { return desk().count("select count(*) from " + from); }
};

// A line of the form, as a browser sends it.
inline void add_line(Fields& fields, const std::string& label, const std::string& quantity, const std::string& unit_price,
                     const std::string& vat_rate = "20", const std::string& discount = "0") {
    for (const auto& [name, value] : Fields{{"item_id", ""},
                                            {"label", label},
                                            {"quantity", quantity},
                                            {"unit", ""},
                                            {"unit_price", unit_price},
                                            {"discount", discount},
                                            {"vat_rate", vat_rate}})
        fields.emplace_back(name, value);
}

}  // namespace quotes_test
