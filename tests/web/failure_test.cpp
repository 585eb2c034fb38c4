// The database goes away and comes back; a handler fails; every answer keeps its headers.
#include "web/desk.hpp"
#include "support/wait.hpp"

namespace web_test {

class Failure : public DeskTest {};

TEST_F(Failure, pages_answer_503_while_the_database_is_away_and_recover_by_themselves) {
    auto browser = desk().browser();
    browser.log_in("admin");
    auto api = desk().api();
    ASSERT_EQ(browser.get("/tickets").status, 200);
    support::stop_server();
    const auto page = browser.get("/tickets");
    EXPECT_EQ(page.status, 503);
    EXPECT_FALSE(page.header("Retry-After").empty());
    EXPECT_TRUE(page.contains("<html")) << page.body;
    const auto answer = api.get("/api/v1/tickets");
    EXPECT_EQ(answer.status, 503);
    EXPECT_TRUE(answer.header("Content-Type").starts_with("application/problem+json"));
    Client client{desk().port()};
    EXPECT_EQ(client.send("GET", "/health/live").status, 200);
    EXPECT_TRUE(support::wait_until([&] { return client.send("GET", "/health/ready").status == 503; }));
    support::start_server();
    EXPECT_TRUE(support::wait_until([&] { return client.send("GET", "/health/ready").status == 200; }));
    EXPECT_TRUE(support::wait_until([&] { return browser.get("/tickets").status == 200; }));
    EXPECT_EQ(api.post("/api/v1/tickets", R"({"subject":"De retour"})").status, 201);
}

TEST_F(Failure, a_frozen_database_does_not_freeze_the_health_check) {
    auto api = desk().api();
    ASSERT_EQ(api.get("/api/v1/tickets").status, 200);
    support::freeze();
    std::vector<std::thread> threads;
    std::atomic<int> unavailable{0};
    for (int i = 0; i < 12; ++i)
        threads.emplace_back([&] {
            Client client{desk().port()};
            unavailable += client.send("GET", "/tickets", {{"Cookie", "__Host-sid=not-cached"}}).status == 503;
        });
    Client client{desk().port()};
    for (int i = 0; i < 20; ++i) EXPECT_EQ(client.send("GET", "/health/live").status, 200);
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(unavailable, 12);
    support::thaw();
    EXPECT_TRUE(support::wait_until([&] { return api.get("/api/v1/tickets").status == 200; }));
}

TEST_F(Failure, R12_answers_say_nothing_of_the_inside) {
    auto browser = desk().browser();
    browser.log_in("admin");
    desk().app->pool().exec("alter table tickets.ticket rename to ticket_gone");
    const auto page = browser.get("/tickets");
    EXPECT_EQ(page.status, 500);
    for (const auto* secret : {"ticket_gone", "relation", "select", "SQL", "/build", ".so"}) EXPECT_FALSE(page.contains(secret)) << secret;
    EXPECT_TRUE(page.contains(page.header("X-Request-Id")));
    EXPECT_TRUE(page.header("Server").empty());
    desk().app->pool().exec("alter table tickets.ticket_gone rename to ticket");
    EXPECT_EQ(browser.get("/tickets").status, 200);
}

TEST_F(Failure, R10_every_answer_has_the_security_headers) {
    auto browser = desk().browser();
    std::vector<Answer> answers{browser.get("/login"), browser.get("/nothing"), browser.get("/api/v1/tickets"), browser.get("/api/openapi.json"),
                                browser.post("/login", {{"_csrf", "wrong"}})};
    browser.log_in("admin");
    for (const auto* path : {"/", "/tickets", "/tickets/new", "/accounts", "/contacts", "/admin/modules", "/preferences", "/nothing", "/tickets/999"})
        answers.push_back(browser.get(path));
    for (const auto& answer : answers) {
        for (const auto* name : {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options", "Cache-Control", "X-Request-Id"})
            EXPECT_FALSE(answer.header(name).empty()) << name << " " << answer.status;
        if (!answer.body.empty()) {
            EXPECT_NE(answer.header("Content-Type").find("charset=utf-8"), std::string::npos);
        }
        EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    }
}

TEST_F(Failure, R13_unknown_methods_are_refused) {
    Client client{desk().port()};
    for (const std::string method : {"TRACE", "CONNECT", "BREW"}) {
        const int status = client.send(method, "/login").status;
        EXPECT_TRUE(status == 405 || status == 501) << method << " " << status;
        client = Client{desk().port()};
    }
}

}  // namespace web_test
