// Tickets under /api/v1: what goes in, what comes out, lists, versions, numbers.
#include "tickets/desk_of_tickets.hpp"

#include <mutex>
#include <set>
#include <thread>

namespace tickets_test {

class TicketRest : public Tickets {};

TEST_F(TicketRest, wrong_values_are_named_all_at_once_and_nothing_is_stored) {
    auto api = desk().api();
    const auto before = desk().count("select count(*) from tickets.ticket");
    const auto answer = api.post(
        "/api/v1/tickets", R"({"subject":" ","priority":"no","type":3,"assignee":"nobody","team":"none","due_at":"2026-02-30T00:00:00Z",
        "contact_id":999999,"account_id":"1","custom":{"a":1},"status":"CLOSED","tracking_id":"x"})");
    EXPECT_EQ(answer.status, 422);
    for (const auto* field :
         {"subject", "priority", "type", "assignee", "team", "due_at", "contact_id", "account_id", "custom.a", "status", "tracking_id"})
        EXPECT_FALSE(answer.error(field).empty()) << field;
    EXPECT_EQ(desk().count("select count(*) from tickets.ticket"), before);
}

TEST_F(TicketRest, lengths_are_counted_in_characters) {
    auto api = desk().api();
    std::string two_hundred;
    for (int i = 0; i < 200; ++i) two_hundred += "é";
    EXPECT_EQ(ticket(api, two_hundred).text("subject"), two_hundred);
    EXPECT_FALSE(api.post("/api/v1/tickets", R"({"subject":")" + two_hundred + "e\"}").error("subject").empty());
}

TEST_F(TicketRest, contact_brings_its_account_and_follows_it) {
    auto api = desk().api();
    const auto account = make(api, "accounts", R"({"name":"Un"})"), other = make(api, "accounts", R"({"name":"Deux"})");
    const auto contact = make(api, "contacts", R"({"last_name":"Martin","account_id":)" + id(account) + "}");
    const auto made = ticket(api, "Contact", R"("contact_id":)" + id(contact));
    EXPECT_EQ(made.integer("account_id"), account.integer("id"));
    EXPECT_FALSE(api.post("/api/v1/tickets", R"({"subject":"x","account_id":)" + id(other) + R"(,"contact_id":)" + id(contact) + "}")
                     .error("contact_id")
                     .empty());
    const auto moved = api.patch(path(made), R"({"account_id":)" + id(other) + "}");
    EXPECT_EQ(moved.status, 200) << moved.body;
    EXPECT_TRUE(moved.json().get("contact_id")->is(host::base::Value::Type::null)) << "a contact of another account";
}

TEST_F(TicketRest, S1_12_only_a_running_contract_of_the_account) {
    auto api = desk().api();
    const auto account = id(make(api, "accounts", R"({"name":"Sous contrat"})"));
    const auto contract = [&](const std::string& status) {
        return id(make(api, "contracts", R"({"label":"Maintenance","account_id":)" + account + R"(,"status":")" + status + "\"}"));
    };
    const auto running = contract("running"), ended = contract("ended");
    EXPECT_EQ(ticket(api, "x", R"("account_id":)" + account + R"(,"contract_id":)" + running).status, 201);
    EXPECT_FALSE(api.post("/api/v1/tickets", R"({"subject":"x","account_id":)" + account + R"(,"contract_id":)" + ended + "}")
                     .error("contract_id")
                     .empty());
    EXPECT_FALSE(api.post("/api/v1/tickets", R"({"subject":"x","contract_id":)" + running + "}").error("contract_id").empty());
}

TEST_F(TicketRest, people_are_named_by_id_login_or_me) {
    const auto user = desk().add_user("nommee");
    auto api = desk().api("nommee");
    for (const auto& name : {std::to_string(user), std::string{"\"nommee\""}, std::string{"\"me\""}})
        EXPECT_EQ(ticket(api, "x", "\"assignee\":" + name).integer("assignee"), user) << name;
}

TEST_F(TicketRest, S2_18_history_says_who_from_and_to) {
    const auto user = desk().add_user("historienne");
    auto api = desk().api("historienne");
    const auto made = ticket(api);
    EXPECT_EQ(api.patch(path(made), R"({"status":"CUSTOMER","priority":"HIGH","due_at":"2026-12-01T10:00:00.25+01:00"})").status, 200);
    EXPECT_EQ(api.patch(path(made), R"({"priority":"HIGH"})").integer("version"), 2) << "nothing changes: no version, no history";
    const auto history = api.get(path(made) + "/history");
    ASSERT_EQ(items(history).size(), 4u) << history.body;
    const auto& status = *items(history).at(2);
    EXPECT_EQ(status.get("field")->as_string(), "status");
    EXPECT_EQ(status.get("from")->as_string(), "NEW");
    EXPECT_EQ(status.get("to")->as_string(), "CUSTOMER");
    EXPECT_EQ(status.get("by")->as_integer(), user);
    EXPECT_EQ(items(history).at(3)->get("field")->as_string(), "created");
    EXPECT_EQ(api.get(path(made)).text("due_at"), "2026-12-01T09:00:00.250000Z");
}

TEST_F(TicketRest, closing_date_comes_and_goes_with_the_status) {
    auto api = desk().api();
    const auto made = ticket(api);
    EXPECT_FALSE(api.post(path(made) + "/close", "").text("closed_at").empty());
    EXPECT_EQ(api.get(path(made)).text("status"), "CLOSED");
    EXPECT_TRUE(api.post(path(made) + "/reopen", "").text("closed_at").empty());
    EXPECT_EQ(api.get(path(made)).text("phase"), "new") << "nobody is in charge";
    EXPECT_EQ(api.post(path(made) + "/take", "").text("status"), "ASSIGNED");
    api.post(path(made) + "/close", "");
    EXPECT_EQ(api.post(path(made) + "/reopen", "").text("phase"), "open");
}

TEST_F(TicketRest, stale_version_shows_both_values_and_who_was_first) {
    desk().add_user("premiere");
    auto first = desk().api("premiere"), second = desk().api();
    const auto made = ticket(second, "au début");
    first.patch(path(made), R"({"subject":"d’abord","version":1})");
    const auto answer = second.patch(path(made), R"({"subject":"ensuite","version":1})");
    EXPECT_EQ(answer.status, 409);
    EXPECT_NE(answer.error("version").find("premiere"), std::string::npos) << answer.body;
    EXPECT_NE(answer.error("subject").find("d’abord"), std::string::npos) << answer.body;
    EXPECT_NE(answer.error("subject").find("ensuite"), std::string::npos) << answer.body;
    for (const std::string tag : {"\"v1\"", "v2", "W/\"v2\"", "\"v20\""})
        EXPECT_EQ(second.patch(path(made), R"({"subject":"ensuite"})", {{"If-Match", tag}}).status, 412) << tag;
    for (const std::string suffix : {"/take", "/close", "/reopen"})
        EXPECT_EQ(second.post(path(made) + suffix, "", {{"If-Match", "\"v1\""}}).status, 412) << suffix;
    EXPECT_EQ(second.patch(path(made), R"({"subject":"ensuite"})", {{"If-Match", "\"v1\", \"v2\""}}).status, 200);
}

TEST_F(TicketRest, S0_16_numbers_have_no_gap_and_no_double) {
    auto key = host::auth::create_api_key(desk().app->pool(), *host::auth::find_user(desk().app->pool(), "admin"), "numbers");
    const auto before = desk().count("select coalesce(max(value), 0) from core.counter_value where counter_id = 'tickets.ticket'");
    std::vector<std::thread> threads;
    std::mutex mutex;
    std::set<std::int64_t> numbers;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            Api api{desk().port(), key};
            for (int i = 0; i < 10; ++i) {
                const bool good = i % 3 != 0;
                const auto answer = api.post("/api/v1/tickets", good ? R"({"subject":"x"})" : R"({"subject":"x","account_id":999999})");
                const auto ref = answer.text("ref");
                std::lock_guard lock{mutex};
                if (good) numbers.insert(std::stoll(ref.substr(ref.find('-') + 1)));
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(numbers.size(), 24u);
    EXPECT_EQ(*numbers.begin(), before + 1);
    EXPECT_EQ(*numbers.rbegin(), before + 24) << "a refused ticket takes no number";
}

TEST_F(TicketRest, private_messages_need_one_recipient) {
    auto api = desk().api();
    const auto messages = path(ticket(api)) + "/messages";
    EXPECT_FALSE(api.post(messages, R"({"body":"x","visibility":"private"})").error("to_user").empty());
    EXPECT_FALSE(api.post(messages, R"({"body":"x","visibility":"team","to_user":"me"})").error("to_user").empty());
    EXPECT_FALSE(api.post(messages, R"({"body":"x","visibility":"private","to_user":"nobody"})").error("to_user").empty());
    EXPECT_FALSE(api.post(messages, R"({"body":"x","visibility":"public","author":1})").error("author").empty());
    EXPECT_EQ(items(api.get(messages)).size(), 0u);
}

// A desk of its own: these count what they find.
class TicketLists : public testing::Test {
protected:
    web_test::Desk desk;
    Api api = desk.api();
};

TEST_F(TicketLists, filters_combine_and_say_what_they_do_not_know) {
    desk.add_user("filtree", "agent", "Nord");
    const auto account = id(make(api, "accounts", R"({"name":"Un"})"));
    const auto team = std::to_string(desk.count("select id from core.team where name = 'Nord'"));
    ticket(api, "a", R"("type":"BUG","priority":"HIGH")");
    ticket(api, "b", R"("type":"BUG","assignee":"filtree","account_id":)" + account);
    ticket(api, "c", R"("priority":"HIGH","team":)" + team);
    const auto closed = ticket(api, "d", R"("type":"BUG")");
    api.post(path(closed) + "/close", "");
    const auto list = [&](const std::string& query) { return subjects(api.get("/api/v1/tickets?sort=created_at&" + query)); };
    EXPECT_EQ(list(""), "a,b,c,d");
    EXPECT_EQ(list("type=BUG"), "a,b,d");
    EXPECT_EQ(list("type=BUG&status=NEW"), "a,b");
    EXPECT_EQ(list("status=NEW&status=CLOSED&type=BUG"), "a,b,d");
    EXPECT_EQ(list("phase=closed"), "d");
    EXPECT_EQ(list("phase=new&phase=closed&status=CLOSED"), "d");
    EXPECT_EQ(list("phase=new&status=CLOSED"), "");
    EXPECT_EQ(list("priority=HIGH&assignee=none"), "a,c");
    EXPECT_EQ(list("assignee=" + std::to_string(desk.count("select id from core.app_user where login = 'filtree'"))), "b");
    EXPECT_EQ(list("account_id=" + account), "b");
    EXPECT_EQ(list("team=" + team), "c");
    for (const std::string query :
         {"type=NOPE", "priority=NOPE", "phase=NOPE", "team=x", "assignee=x", "sort=subject", "sort=", "late=yes"})
        EXPECT_EQ(api.get("/api/v1/tickets?" + query).status, query == "sort=" ? 200 : 422) << query;
}

TEST_F(TicketLists, R44_search_ignores_case_and_accents_and_takes_signs_as_they_are) {
    ticket(api, "Écran œillet CASSÉ");
    ticket(api, "remise de 100% accordée");
    ticket(api, "fichier_joint");
    const auto list = [&](const std::string& q) { return subjects(api.get("/api/v1/tickets?q=" + host::http::percent_encode(q))); };
    EXPECT_EQ(list("ecran casse"), "Écran œillet CASSÉ");
    EXPECT_EQ(list("OEILLET"), "Écran œillet CASSÉ");
    EXPECT_EQ(list("%"), "remise de 100% accordée");
    EXPECT_EQ(list("％"), "remise de 100% accordée") << "the full-width sign is the same one";
    EXPECT_EQ(list("_"), "fichier_joint");
    EXPECT_EQ(list("\\"), "");
    EXPECT_EQ(list("'; drop table ticket; --"), "");
    EXPECT_EQ(list(ticket(api, "par son numéro").text("ref")), "par son numéro");
}

TEST_F(TicketLists, every_order_pages_without_gap_or_repeat) {
    const char* more[] = {R"("priority":"LOW")", R"("priority":"URGENT","due_at":"2026-12-01T00:00:00Z")",
                          R"("due_at":"2026-11-30T00:00:00Z")", ""};
    for (int i = 0; i < 11; ++i) ticket(api, std::to_string(i), more[i % 4]);
    for (const std::string sort :
         {"created_at", "-created_at", "updated_at", "-updated_at", "ref", "-ref", "due_at", "-due_at", "priority", "-priority"})
        for (const std::string filter : {"", "&q=T"}) {
            std::string joined, cursor;
            do {
                const auto page = api.get("/api/v1/tickets?limit=3&sort=" + sort + filter + (cursor.empty() ? "" : "&cursor=" + cursor));
                joined += (joined.empty() ? "" : ",") + subjects(page);
                cursor = page.text("next");
            } while (!cursor.empty());
            EXPECT_EQ(joined, subjects(api.get("/api/v1/tickets?limit=200&sort=" + sort + filter))) << sort << filter;
            EXPECT_EQ(std::ranges::count(joined, ','), 10) << sort << filter;
        }
    EXPECT_EQ(subjects(api.get("/api/v1/tickets?limit=2&sort=-priority")), "9,5") << "the most urgent first, new ones before old ones";
    EXPECT_EQ(subjects(api.get("/api/v1/tickets?limit=1&sort=due_at")), "2");
    EXPECT_EQ(api.get("/api/v1/tickets?sort=ref&cursor=" + api.get("/api/v1/tickets?limit=3").text("next")).status, 422)
        << "a cursor of another order";
}

TEST_F(TicketLists, restricted_users_page_the_same_way) {
    desk.add_user("restreinte", "agent", "Nord");
    for (int i = 0; i < 9; ++i) {
        const char* more[] = {R"("assignee":"restreinte","team":"Nord")", R"("team":"Nord")", ""};
        ticket(api, std::to_string(i), more[i % 3]);
    }
    desk.set_level("agent", "tickets.ticket.read", 2);
    auto own = desk.api("restreinte");
    for (const std::string sort : {"created_at", "-ref", "-priority", "due_at"}) {
        std::set<std::int64_t> seen;
        std::size_t rows = 0;
        std::string cursor;
        do {
            const auto page = own.get("/api/v1/tickets?limit=2&sort=" + sort + (cursor.empty() ? "" : "&cursor=" + cursor));
            for (std::size_t i = 0; i < items(page).size(); ++i, ++rows) seen.insert(items(page).at(i)->get("id")->as_integer());
            cursor = page.text("next");
        } while (!cursor.empty());
        EXPECT_EQ(seen.size(), 6u) << sort;
        EXPECT_EQ(rows, 6u) << sort << ": found in two ways, shown once";
    }
}

}  // namespace tickets_test
