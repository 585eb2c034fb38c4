// REST: keys, problem+json, cursors, repeated requests, versions, and every kind of bad input.
#include "web/desk.hpp"

#include <set>
#include <thread>

namespace web_test {

class Rest : public DeskTest {
protected:
    static std::string account(Api& api, const std::string& name = "Menuiserie Le Goff") {
        const auto answer = api.post("/api/v1/accounts", R"({"name":")" + name + R"("})");
        EXPECT_EQ(answer.status, 201) << answer.body;
        return std::to_string(answer.integer("id"));
    }
    static Answer ticket(Api& api, const std::string& subject = "Imprimante en panne") {
        auto answer = api.post("/api/v1/tickets", R"({"subject":")" + subject + R"(","description":"Elle ne répond plus."})");
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer;
    }
    static std::string path(const Answer& ticket) { return "/api/v1/tickets/" + std::to_string(ticket.integer("id")); }
};

TEST_F(Rest, wrong_or_missing_key_is_401) {
    Client client{desk().port()};
    for (const Headers& headers : {Headers{}, Headers{{"Authorization", "Bearer gk_wrong"}}, Headers{{"Authorization", "Basic YTpi"}}, Headers{{"Authorization", "Bearer "}}}) {
        const auto answer = client.send("GET", "/api/v1/tickets", headers);
        EXPECT_EQ(answer.status, 401);
        EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer");
        EXPECT_TRUE(answer.header("Content-Type").starts_with("application/problem+json"));
    }
    EXPECT_EQ(client.send("GET", "/api/v1/no-such-thing").status, 401) << "who has no key learns no routes";
}

TEST_F(Rest, account_contact_contract_round_trip) {
    auto api = desk().api();
    const auto id = account(api, "Boulangerie Müller & Fils \\\"Le Pain\\\"");
    const auto read = api.get("/api/v1/accounts/" + id);
    EXPECT_EQ(read.status, 200);
    EXPECT_EQ(read.text("name"), "Boulangerie Müller & Fils \"Le Pain\"");
    const auto contact = api.post("/api/v1/contacts", R"({"account_id":)" + id + R"(,"last_name":"Müller","email":"Anna@Mueller.example"})");
    EXPECT_EQ(contact.status, 201) << contact.body;
    EXPECT_EQ(contact.header("Location"), "/api/v1/contacts/" + std::to_string(contact.integer("id")));
    EXPECT_EQ(api.get("/api/v1/contacts?email=anna@mueller.example").json().get("items")->size(), 1u);
    EXPECT_EQ(api.get("/api/v1/contacts?email=%25").json().get("items")->size(), 0u) << "R44: % is a character";
    const auto contract = api.post("/api/v1/contracts", R"({"account_id":)" + id + R"(,"label":"Maintenance","starts_on":"2026-01-01","ends_on":"2027-01-01"})");
    EXPECT_EQ(contract.status, 201) << contract.body;
}

TEST_F(Rest, ticket_is_created_read_changed_and_deleted) {
    auto api = desk().api();
    const auto created = ticket(api, "Écran noir 🖥️ au démarrage");
    EXPECT_EQ(created.header("Location"), path(created));
    for (const auto* key : {"ref", "status", "tracking_id"}) EXPECT_FALSE(created.text(key).empty()) << key;
    const auto read = api.get(path(created));
    EXPECT_EQ(read.text("subject"), "Écran noir 🖥️ au démarrage");
    EXPECT_FALSE(read.header("ETag").empty());
    const auto changed = api.patch(path(created), R"({"subject":"Écran réparé"})", {{"If-Match", read.header("ETag")}});
    EXPECT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.text("subject"), "Écran réparé");
    const auto history = api.get(path(created) + "/history");
    EXPECT_GE(history.json().get("items")->size(), 1u) << history.body;
    EXPECT_EQ(api.del(path(created)).status, 204);
    EXPECT_EQ(api.get(path(created)).status, 404);
}

TEST_F(Rest, messages_are_newest_first) {
    auto api = desk().api();
    const auto created = ticket(api);
    for (const auto* body : {"un", "deux", "trois"})
        EXPECT_EQ(api.post(path(created) + "/messages", std::string{R"({"visibility":"public","body":")"} + body + "\"}").status, 201);
    const auto list = api.get(path(created) + "/messages?limit=2");
    ASSERT_EQ(list.json().get("items")->size(), 2u);
    EXPECT_EQ(list.json().get("items")->at(0)->get("body")->as_string(), "trois");
    const auto rest = api.get(path(created) + "/messages?limit=2&cursor=" + host::http::percent_encode(list.text("next")));
    ASSERT_EQ(rest.json().get("items")->size(), 1u) << rest.body;
    EXPECT_EQ(rest.json().get("items")->at(0)->get("body")->as_string(), "un");
    EXPECT_TRUE(rest.json().get("next")->is(host::base::Value::Type::null));
}

TEST_F(Rest, private_message_is_seen_by_its_two_people_only) {
    desk().add_user("emetteur");
    desk().add_user("destinataire");
    desk().add_user("tiers");
    auto sender = desk().api("emetteur"), recipient = desk().api("destinataire"), third = desk().api("tiers"), admin = desk().api();
    const auto created = ticket(sender);
    const auto canary = sender.post(path(created) + "/messages", R"({"visibility":"private","to_user":"destinataire","body":"INTERNAL-7f3a"})");
    EXPECT_EQ(canary.status, 201) << canary.body;
    EXPECT_TRUE(sender.get(path(created) + "/messages").contains("INTERNAL-7f3a"));
    EXPECT_TRUE(recipient.get(path(created) + "/messages").contains("INTERNAL-7f3a"));
    for (auto* other : {&third, &admin})
        for (const auto* suffix : {"", "/messages", "/history"}) EXPECT_FALSE(other->get(path(created) + suffix).contains("INTERNAL-7f3a")) << suffix;
    auto browser = desk().browser();
    browser.log_in("tiers");
    EXPECT_FALSE(browser.get("/tickets/" + std::to_string(created.integer("id"))).contains("INTERNAL-7f3a"));
}

TEST_F(Rest, lists_page_by_cursor_without_gap_or_repeat) {
    auto api = desk().api();
    for (int i = 0; i < 7; ++i) ticket(api, "Page " + std::to_string(i));
    for (const std::string sort : {"-created_at", "created_at", "-updated_at", "ref", "-ref", "priority"}) {
        std::set<std::int64_t> seen;
        std::string cursor;
        std::size_t rows = 0;
        do {
            const auto page = api.get("/api/v1/tickets?limit=3&sort=" + sort + (cursor.empty() ? "" : "&cursor=" + host::http::percent_encode(cursor)));
            ASSERT_EQ(page.status, 200) << page.body;
            const auto* items = page.json().get("items");
            for (std::size_t i = 0; i < items->size(); ++i, ++rows) seen.insert(items->at(i)->get("id")->as_integer());
            cursor = page.text("next");
        } while (!cursor.empty());
        EXPECT_EQ(seen.size(), rows) << sort;
        EXPECT_EQ(static_cast<std::int64_t>(rows), desk().count("select count(*) from tickets.ticket")) << sort;
    }
}

TEST_F(Rest, bad_input_gets_its_documented_answer_and_writes_nothing) {
    auto api = desk().api();
    const auto created = ticket(api);
    const auto before = desk().count("select count(*) from tickets.ticket");
    const auto messages = desk().count("select count(*) from tickets.message");
    const std::string long_title(300, 'x');
    struct Case { std::string body; int status; std::string field; };
    const Case cases[] = {
        {R"({"subject":)", 400, ""},
        {"", 400, ""},
        {R"(["subject"])", 422, ""},
        {R"({"subject":"a","subject":"b"})", 400, ""},
        {"{\"subject\":\"a\xff\"}", 400, ""},
        {R"({"subject":"a\u0000b"})", 400, ""},
        {R"({"subject":"\ud800"})", 400, ""},
        {R"({"description":"sans objet"})", 422, "subject"},
        {R"({"subject":"   "})", 422, "subject"},
        {R"({"subject":")" + long_title + "\"}", 422, "subject"},
        {R"({"subject":12})", 422, "subject"},
        {R"({"subject":"a","priority":"urgentissime"})", 422, "priority"},
        {R"({"subject":"a","account_id":999999})", 422, "account_id"},
        {R"({"subject":"a","assignee":"nobody"})", 422, "assignee"},
        {R"({"subject":"a","colour":"red"})", 422, "colour"},
    };
    for (const auto& c : cases) {
        const auto answer = api.post("/api/v1/tickets", c.body);
        EXPECT_EQ(answer.status, c.status) << c.body << " -> " << answer.body;
        EXPECT_TRUE(answer.header("Content-Type").starts_with("application/problem+json")) << c.body;
        if (!c.field.empty()) {
            EXPECT_FALSE(answer.error(c.field).empty()) << c.body << " -> " << answer.body;
        }
    }
    EXPECT_EQ(api.post(path(created) + "/messages", R"({"body":"","visibility":"public"})").error("body").empty(), false);
    EXPECT_EQ(api.post(path(created) + "/messages", R"({"body":"x","visibility":"secret"})").status, 422);
    EXPECT_EQ(desk().count("select count(*) from tickets.ticket"), before);
    EXPECT_EQ(desk().count("select count(*) from tickets.message"), messages);
}

TEST_F(Rest, R55_wrong_type_too_deep_and_too_big) {
    auto api = desk().api();
    EXPECT_EQ(api.post("/api/v1/tickets", "subject=a", {{"Content-Type", "text/plain"}}).status, 415);
    EXPECT_EQ(api.post("/api/v1/tickets", std::string(70, '[') + std::string(70, ']')).status, 400);
    EXPECT_EQ(api.post("/api/v1/tickets", R"({"subject":"a","description":")" + std::string(2u << 20, 'x') + "\"}").status, 413);
}

TEST_F(Rest, R43_unknown_sort_filter_limit_and_cursor_are_refused) {
    auto api = desk().api();
    for (const std::string query : {"sort=id%3B--", "sort=%28select%20pg_sleep%283%29%29", "limit=0", "limit=201", "limit=x", "cursor=garbage",
                                    "status=NOPE", "unknown=1", "account_id=x", "sort=created_at&sort=ref"}) {
        const auto answer = api.get("/api/v1/tickets?" + query);
        EXPECT_TRUE(answer.status == 400 || answer.status == 422) << query << " -> " << answer.status;
    }
}

TEST_F(Rest, unknown_id_and_wrong_method) {
    auto api = desk().api();
    for (const std::string target : {"/api/v1/tickets/999999", "/api/v1/tickets/0", "/api/v1/tickets/abc", "/api/v1/accounts/999999", "/api/v1/nothing"})
        EXPECT_EQ(api.get(target).status, 404) << target;
    const auto answer = api.write("PUT", "/api/v1/tickets", "{}");
    EXPECT_EQ(answer.status, 405);
    EXPECT_FALSE(answer.header("Allow").empty());
}

TEST_F(Rest, stale_version_is_refused_and_changes_nothing) {
    auto api = desk().api();
    const auto created = ticket(api);
    const auto tag = api.get(path(created)).header("ETag");
    EXPECT_EQ(api.patch(path(created), R"({"subject":"premier"})", {{"If-Match", tag}}).status, 200);
    EXPECT_EQ(api.patch(path(created), R"({"subject":"second"})", {{"If-Match", tag}}).status, 412);
    EXPECT_EQ(api.patch(path(created), R"({"subject":"second","version":1})").status, 409);
    EXPECT_EQ(api.get(path(created)).text("subject"), "premier");
}

TEST_F(Rest, someone_elses_ticket_does_not_exist) {
    desk().add_user("restreint", "reader");
    desk().set_level("reader", "tickets.ticket.read", 1);
    desk().set_level("reader", "tickets.ticket.update", 1);
    auto admin = desk().api(), own = desk().api("restreint");
    const auto foreign = ticket(admin);
    for (const std::string suffix : {"", "/messages", "/history"}) EXPECT_EQ(own.get(path(foreign) + suffix).status, 404) << suffix;
    EXPECT_EQ(own.patch(path(foreign), R"({"subject":"volé"})").status, 404);
    EXPECT_EQ(own.post(path(foreign) + "/messages", R"({"body":"x","visibility":"public"})").status, 404);
    EXPECT_EQ(own.post(path(foreign) + "/close", "{}").status, 404);
    EXPECT_EQ(own.get("/api/v1/tickets").json().get("items")->size(), 0u);
    EXPECT_EQ(own.post("/api/v1/tickets", R"({"subject":"x"})").status, 403) << "a reader may not create";
    EXPECT_EQ(admin.get(path(foreign)).text("subject"), "Imprimante en panne");
    auto browser = desk().browser();
    browser.log_in("restreint");
    const auto missing = browser.get("/tickets/999999"), hidden = browser.get("/tickets/" + std::to_string(foreign.integer("id")));
    EXPECT_EQ(missing.status, 404);
    EXPECT_EQ(hidden.status, 404);
}

TEST_F(Rest, R61_twenty_parallel_posts_with_one_key_make_one_ticket) {
    const auto before = desk().count("select count(*) from tickets.ticket");
    auto key = host::auth::create_api_key(desk().app->pool(), *host::auth::find_user(desk().app->pool(), "admin"), "parallel");
    std::vector<std::thread> threads;
    std::mutex mutex;
    std::set<std::string> bodies;
    std::multiset<int> statuses;
    for (int i = 0; i < 20; ++i)
        threads.emplace_back([&] {
            Api api{desk().port(), key};
            const auto answer = api.post("/api/v1/tickets", R"({"subject":"Une seule fois"})", {{"Idempotency-Key", "k-61"}});
            std::lock_guard lock{mutex};
            statuses.insert(answer.status);
            if (answer.status == 201) bodies.insert(answer.body);
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(desk().count("select count(*) from tickets.ticket"), before + 1);
    EXPECT_EQ(bodies.size(), 1u);
    EXPECT_EQ(statuses.count(201) + statuses.count(503), 20u) << "who waits too long for the first is told to come back";
    Api api{desk().port(), key};
    EXPECT_EQ(api.post("/api/v1/tickets", R"({"subject":"Autre chose"})", {{"Idempotency-Key", "k-61"}}).status, 422);
    EXPECT_EQ(api.post("/api/v1/tickets", R"({"subject":"Une seule fois"})", {{"Idempotency-Key", "k-61"}}).body, *bodies.begin());
}

TEST_F(Rest, take_close_and_reopen) {
    desk().add_user("preneur");
    auto api = desk().api("preneur");
    const auto created = ticket(api);
    EXPECT_EQ(api.post(path(created) + "/take", "{}").status, 200);
    EXPECT_EQ(api.get("/api/v1/tickets?assignee=me").json().get("items")->size(), 1u);
    const auto closed = api.post(path(created) + "/close", "{}");
    EXPECT_EQ(closed.status, 200) << closed.body;
    EXPECT_EQ(api.get("/api/v1/tickets?phase=closed&assignee=me").json().get("items")->size(), 1u);
    EXPECT_EQ(api.post(path(created) + "/reopen", "{}").status, 200);
    EXPECT_EQ(api.get("/api/v1/tickets?phase=closed&assignee=me").json().get("items")->size(), 0u);
}

}  // namespace web_test
