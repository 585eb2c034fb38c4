// What the tests of time share: a desk with accounts, contracts and tickets, and short words for them.
#pragma once

#include "tickets/desk_of_tickets.hpp"
#include "web/guest_desk.hpp"

namespace timesheet_test {

using tickets_test::Answer;
using tickets_test::Api;
using tickets_test::Browser;
using tickets_test::id;
using tickets_test::make;
using tickets_test::page;
using tickets_test::ticket;
using web_test::between;
using web_test::unescaped;

// Its page with the tab of this module, whichever others are there.
inline std::string time_of(const Answer& ticket) { return page(ticket) + "?tab=timesheet.ticket"; }

using Fields = std::map<std::string, std::string>;

class Time : public web_test::DeskTest {
protected:
    void SetUp() override {
        settings({});
        run("delete from timesheet.stopwatch");
        run("delete from timesheet.entry");
        run("delete from timesheet.hour_pack");
    }

    static Browser logged_in(const std::string& login = "admin") {
        auto browser = desk().browser();
        browser.cookies["lang"] = "en";
        EXPECT_EQ(browser.log_in(login).status, 303);
        return browser;
    }
    // The settings as they come, but for these.
    static void settings(Fields changed) {
        auto browser = logged_in();
        const auto form = browser.get("/admin/settings/timesheet").body;
        Fields fields{{"one_stopwatch", "ticket"},
                      {"at_end", "nothing"},
                      {"billable", "1"},
                      {"pack_warning_percent", "20"},
                      {"default_activity", ""}};
        for (auto& [name, value] : changed) fields[name] = value;
        const auto version = form.find("name=\"version\"");
        fields["version"] = between(form.substr(version), "value=\"", "\"");
        EXPECT_EQ(browser.post("/admin/settings/timesheet", fields).status, 303);
    }
    static void run(const std::string& sql) { desk().app->pool().exec(sql); }
    static std::string text(const std::string& sql) { return std::string{desk().app->pool().exec(sql).text(0, 0)}; }
    static std::int64_t count(const std::string& sql) { return desk().count(sql); }

    struct Customer {
        std::string account, contract;
    };
    static Customer customer(Api& api, const std::string& name = "Aubépine") {
        const auto account = id(make(api, "accounts", R"({"name":")" + name + "\"}"));
        const auto contract = make(
            api, "contracts", R"({"account_id":)" + account + R"(,"label":"Maintenance","status":"running","starts_on":"2020-01-01"})");
        return {account, id(contract)};
    }
    static Answer contract_ticket(Api& api, const Customer& customer, const std::string& subject = "Sous contrat") {
        return ticket(api, subject, "\"account_id\":" + customer.account + ",\"contract_id\":" + customer.contract);
    }
    static Answer start(Api& api, const Answer& on) { return api.post("/api/v1/stopwatches", "{\"ticket_id\":" + id(on) + "}"); }
    static Answer spend(Api& api, const Answer& on, const std::string& more) {
        return api.post("/api/v1/time-entries", "{\"ticket_id\":" + id(on) + "," + more + "}");
    }
    // A stopwatch that has run for so many seconds.
    static void turn_back(const Answer& stopwatch, int seconds) {
        run("update timesheet.stopwatch set started_at = started_at - interval '" + std::to_string(seconds) +
            " s' where id = " + id(stopwatch));
    }
};

}  // namespace timesheet_test
