// Events to other systems: signed, tried again, given up, and never to where only the server can go.
#include "desk_of_notices.hpp"
#include "receiver.hpp"

#include <openssl/hmac.h>

namespace notifications_test {

using Mood = Receiver::Mood;

class Webhooks : public Notices {
protected:
    void SetUp() override {
        Notices::SetUp();
        sql("delete from notifications.webhook");
        admin_.log_in("admin");
    }
    void TearDown() override { sql("delete from notifications.webhook"); }

    using Fields = std::vector<std::pair<std::string, std::string>>;
    // The path of its page.
    std::string add(const std::string& url, const std::string& event = "tickets.ticket_created") {
        const auto answer =
            admin_.post_pairs("/admin/webhooks/new", Fields{{"name", "ERP"}, {"url", url}, {"events", event}, {"active", "1"}});
        EXPECT_EQ(answer.status, 303) << answer.body;
        return answer.header("Location");
    }
    static void allow(const Receiver& receiver) {
        set("webhook_internal_hosts", "[\"127.0.0.1:" + std::to_string(receiver.port()) + "\"]");
    }
    std::string secret(const std::string& path, bool again = false) {
        const auto page = admin_.post(
            path + "/secret", again ? std::map<std::string, std::string>{{"confirmed", "1"}} : std::map<std::string, std::string>{});
        const auto at = page.body.find("whsec_");
        return at == std::string::npos ? "" : page.body.substr(at, page.body.find('"', at) - at);
    }
    static bool attempted(int times) {
        return support::wait_until([=] { return desk().count("select count(*) from notifications.webhook_attempt") == times; });
    }
    static std::string state() { return first("select state from notifications.webhook_delivery order by id desc limit 1"); }
    static std::string attempt(const std::string& column) {
        return first("select " + column + "::text from notifications.webhook_attempt order by id desc limit 1");
    }
    // What waits for its next attempt is due at once. A run that has not ended yet would still book the next one for later.
    static void hurry() {
        ASSERT_TRUE(support::wait_until([] {
            return desk().count("select count(*) from core.job_run where job_id = 'notifications.webhook' and state = 'leased'") == 0;
        }));
        sql("update notifications.webhook_delivery set next_at = now() where state = 'ready'");
        sql("update core.job_run set not_before = now() where job_id = 'notifications.webhook' and state = 'ready'");
        sql("select pg_notify('core_jobs', '')");
    }
    static std::string hmac(const std::string& key, const std::string& text) {
        unsigned char out[EVP_MAX_MD_SIZE];
        unsigned size = 0;
        HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()), text.size(), out,
             &size);
        std::string hex;
        for (unsigned i = 0; i < size; ++i) {
            char two[3];
            std::snprintf(two, sizeof two, "%02x", out[i]);
            hex += two;
        }
        return hex;
    }

    Api api_ = desk().api();
    Browser admin_ = desk().browser();
};

TEST_F(Webhooks, only_administrators_see_them) {
    auto manager = desk().browser();
    manager.log_in("manon");
    EXPECT_EQ(manager.get("/admin/webhooks").status, 403);
    EXPECT_EQ(manager.post("/admin/webhooks/new", {{"name", "x"}, {"url", "https://example.org/"}}).status, 403);
}

TEST_F(Webhooks, what_is_wrong_is_said_beside_it) {
    for (const auto* url : {"", "example.org", "ftp://example.org/", "http://user@example.org/", "http://2130706433/", "http://[::1"})
        EXPECT_TRUE(admin_.post_pairs("/admin/webhooks/new", Fields{{"name", "x"}, {"url", url}, {"events", "tickets.ticket_created"}})
                        .contains("id=\"e-url\""))
            << url;
    EXPECT_TRUE(admin_.post_pairs("/admin/webhooks/new", Fields{{"name", ""}, {"url", "https://example.org/"}, {"events", "nothing"}})
                    .contains("id=\"e-name\""));
    EXPECT_TRUE(
        admin_.post_pairs("/admin/webhooks/new", Fields{{"name", "x"}, {"url", "https://example.org/"}}).contains("id=\"e-events\""));
    EXPECT_EQ(desk().count("select count(*) from notifications.webhook"), 0);
    EXPECT_EQ(admin_.get("/admin/webhooks/999999").status, 404);
}

TEST_F(Webhooks, R49_nothing_internal_is_called_that_is_not_listed) {
    Receiver trap;
    set("webhook_internal_hosts", "[\"127.0.0.1:1\"]");
    const auto port = std::to_string(trap.port());
    int n = 0;
    for (const auto& host : {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"}) {
        sql("delete from notifications.webhook");
        add("http://" + std::string{host} + ":" + port + "/");
        ticket(api_, "Piège " + std::to_string(++n));
        ASSERT_TRUE(attempted(1)) << host;
        EXPECT_EQ(attempt("error"), "the host is internal and not listed in the settings") << host;
    }
    EXPECT_EQ(trap.connections, 0);
}

TEST_F(Webhooks, an_event_arrives_signed_and_once) {
    Receiver receiver;
    allow(receiver);
    const auto path = add(receiver.url("/in?tenant=a%20b"));
    const auto key = secret(path);
    ASSERT_EQ(key.size(), 70u);
    const auto t = ticket(api_, "Écran « noir »", R"("priority":"HIGH")");
    EXPECT_EQ(api_.patch(tickets_test::path(t), R"({"priority":"LOW"})").status, 200) << "another event, which it did not ask for";
    ASSERT_TRUE(attempted(1));
    settle();
    const auto requests = receiver.requests();
    ASSERT_EQ(requests.size(), 1u);
    const auto& got = requests[0];
    EXPECT_EQ(got.line, "POST /in?tenant=a%20b HTTP/1.1\r");
    EXPECT_EQ(got.headers.at("Host"), "127.0.0.1:" + std::to_string(receiver.port()));
    EXPECT_EQ(got.headers.at("Content-Type"), "application/json");
    EXPECT_EQ(got.headers.at("Guichet-Event"), "tickets.ticket_created");
    const auto signed_at = got.headers.at("Guichet-Signature");
    const auto at = signed_at.substr(2, signed_at.find(',') - 2);
    EXPECT_EQ(signed_at, "t=" + at + ",v1=" + hmac(key, at + "." + got.body));
    EXPECT_NE(signed_at, "t=" + at + ",v1=" + hmac("whsec_another", at + "." + got.body));
    host::base::Arena arena;
    const auto body = host::base::parse_json(arena, got.body);
    ASSERT_TRUE(body) << got.body;
    EXPECT_EQ(std::to_string((*body)->get("id")->as_integer()), got.headers.at("Guichet-Delivery"));
    EXPECT_EQ((*body)->get("data")->get("subject")->as_string(), "Écran « noir »");
    EXPECT_EQ((*body)->get("subject")->as_string(), "ticket/" + id(t));
    EXPECT_EQ(state(), "done");
    EXPECT_EQ(attempt("status"), "204");
}

TEST_F(Webhooks, the_secret_is_shown_once_and_never_stored) {
    const auto path = add("https://example.org/");
    const auto key = secret(path);
    EXPECT_EQ(secret(path), "") << "is asked first";
    const auto renewed = secret(path, true);
    EXPECT_EQ(renewed.size(), 70u);
    EXPECT_NE(renewed, key);
    EXPECT_FALSE(admin_.get(path).contains("whsec_"));
    EXPECT_EQ(desk().count("select count(*) from notifications.webhook w where w::text like '%whsec%'"), 0);
    EXPECT_EQ(first("select jsonb_typeof(value -> 'webhook_key') from core.setting where plugin_id = 'notifications'"), "object")
        << "sealed";
    EXPECT_EQ(desk().count(
                  "select count(*) from core.audit where action = 'notifications.webhook_changed' and details::text like '%secret%'") > 0,
              true);
}

TEST_F(Webhooks, a_failure_is_tried_again_with_the_same_body_and_id) {
    Receiver receiver;
    allow(receiver);
    add(receiver.url());
    receiver.mood = Mood::fails;
    ticket(api_, "Plus tard");
    ASSERT_TRUE(attempted(1));
    EXPECT_TRUE(support::wait_until([] { return state() == "ready"; }));
    EXPECT_EQ(first("select (next_at > now() + interval '20 s')::text from notifications.webhook_delivery"), "true") << "not at once";
    receiver.mood = Mood::drops;
    hurry();
    ASSERT_TRUE(attempted(2));
    receiver.mood = Mood::fine;
    hurry();
    ASSERT_TRUE(attempted(3));
    EXPECT_TRUE(support::wait_until([] { return state() == "done"; }));
    const auto requests = receiver.requests();
    ASSERT_EQ(requests.size(), 3u);
    EXPECT_EQ(requests[0].body, requests[2].body);
    EXPECT_EQ(requests[0].headers.at("Guichet-Delivery"), requests[2].headers.at("Guichet-Delivery"));
}

TEST_F(Webhooks, R49_redirects_are_not_followed) {
    Receiver receiver;
    allow(receiver);
    add(receiver.url());
    receiver.mood = Mood::redirects;
    ticket(api_, "Ailleurs");
    ASSERT_TRUE(attempted(1));
    EXPECT_EQ(attempt("error"), "redirects are not followed");
    EXPECT_EQ(receiver.connections, 1);
}

TEST_F(Webhooks, R49_who_hangs_drips_or_talks_without_end_is_left) {
    Receiver hanging, dripping, talking;
    set("webhook_internal_hosts", "[\"127.0.0.1\"]");
    hanging.mood = Mood::hangs;
    dripping.mood = Mood::drips;
    talking.mood = Mood::talks;
    for (auto* receiver : {&hanging, &dripping, &talking}) add(receiver->url());
    ticket(api_, "Patience");
    ASSERT_TRUE(attempted(3));
    EXPECT_EQ(first("select string_agg(coalesce(status::text, '-') || ' ' || error, ', ' order by status nulls first) from "
                    "notifications.webhook_attempt"),
              "- no answer in time, - no answer in time, 200 ");
    EXPECT_EQ(desk().count("select count(*) from notifications.webhook_attempt where duration_ms > 9000"), 0);
}

TEST_F(Webhooks, after_the_last_attempt_it_is_switched_off_and_administrators_are_told) {
    Receiver receiver;
    allow(receiver);
    const auto path = add(receiver.url());
    sql("update core.app_user set email = 'admin@guichet.example' where login = 'admin'");
    receiver.mood = Mood::fails;
    ticket(api_, "Perdu");
    ASSERT_TRUE(attempted(1));
    EXPECT_TRUE(support::wait_until([] { return state() == "ready"; }));
    sql("update notifications.webhook_delivery set attempt = 9");
    hurry();
    ASSERT_TRUE(attempted(2));
    EXPECT_TRUE(support::wait_until([] { return state() == "dead"; }));
    EXPECT_EQ(first("select switched_off from notifications.webhook where not active"), "HTTP 503");
    EXPECT_EQ(first("select string_agg(to_address, ',') from core.mail where template_id = 'notifications.webhook_off'"),
              "admin@guichet.example");
    EXPECT_TRUE(admin_.get("/notifications").contains("ERP"));
    EXPECT_TRUE(admin_.get(path).contains("HTTP 503"));
    ticket(api_, "Rien");
    settle();
    EXPECT_EQ(desk().count("select count(*) from notifications.webhook_delivery"), 1) << "nothing is kept for what is off";

    receiver.mood = Mood::fine;
    const auto delivery = first("select id::text from notifications.webhook_delivery");
    const auto version = first("select version::text from notifications.webhook");
    EXPECT_EQ(
        admin_
            .post_pairs(
                path,
                Fields{
                    {"version", version}, {"name", "ERP"}, {"url", receiver.url()}, {"events", "tickets.ticket_created"}, {"active", "1"}})
            .status,
        303);
    EXPECT_EQ(admin_.post(path + "/deliveries/" + delivery + "/replay", {}).status, 303);
    EXPECT_TRUE(support::wait_until([] { return state() == "done"; }));
    EXPECT_EQ(admin_.post(path + "/deliveries/999999/replay", {}).status, 404);
    sql("update core.app_user set email = null where login = 'admin'");
}

TEST_F(Webhooks, what_a_killed_process_held_is_sent_by_the_next) {
    Receiver receiver;
    allow(receiver);
    const auto path = add(receiver.url(), "tickets.ticket_deleted");
    EXPECT_EQ(admin_.post(path + "/try", {}).status, 303);
    ASSERT_TRUE(attempted(1));
    settle();
    // as if the process had ended between the claim and the answer
    sql("update notifications.webhook_delivery set state = 'leased', lease_until = now() - interval '1 s', fence = fence + 1");
    EXPECT_EQ(admin_.post(path + "/try", {}).status, 303);
    EXPECT_TRUE(support::wait_until([&] { return receiver.requests().size() == 3; }));
    EXPECT_TRUE(
        support::wait_until([] { return desk().count("select count(*) from notifications.webhook_delivery where state <> 'done'") == 0; }));
}

TEST_F(Webhooks, R49_with_tls_the_name_in_the_url_must_be_that_of_the_certificate) {
    const host::mail_tests::Certificate certificate{"localhost"}, other{"hooks.example.org"};
    Receiver fine{&certificate}, wrong{&other};
    set("webhook_internal_hosts", "[\"localhost\"]");
    set("webhook_ca_file", "\"" + certificate.file() + "\"");
    add(fine.url());
    ticket(api_, "Chiffré");
    ASSERT_TRUE(attempted(1));
    EXPECT_EQ(attempt("status"), "204") << attempt("error");
    sql("delete from notifications.webhook");
    set("webhook_ca_file", "\"" + other.file() + "\"");
    add(wrong.url());
    ticket(api_, "Mauvais nom");
    ASSERT_TRUE(attempted(1));
    EXPECT_EQ(attempt("status"), "");
    EXPECT_EQ(wrong.requests().size(), 0u);
    set("webhook_ca_file", "null");
}

}  // namespace notifications_test
