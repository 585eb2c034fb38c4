// Who is told of every new ticket: the page, REST, and the view that mails are sent by.
#include "tickets/desk_of_tickets.hpp"

namespace tickets_test {
namespace {

const std::string kPage = "/tickets/alerts", kApi = "/api/v1/tickets/alerts";

class Alerts : public Tickets {
protected:
    void SetUp() override { desk().app->pool().exec("delete from tickets.alert_recipient"); }
    static std::string user(const std::string& login) {
        const auto known = host::auth::find_user(desk().app->pool(), login);
        return std::to_string(known ? *known : desk().add_user(login));
    }
    static std::string recipients() {
        return std::string{
            desk().app->pool().exec("select coalesce(string_agg(email, ' ' order by email), '') from tickets.alert_v1").text(0, 0)};
    }
};

}  // namespace

TEST_F(Alerts, S0_12_only_who_may_says_who_is_alerted) {
    user("simple");
    auto agent = logged_in("simple");
    EXPECT_EQ(agent.get(kPage).status, 403);
    for (const std::string path : {"/users", "/users/1/remove", "/address"})
        EXPECT_EQ(agent.post(kPage + path, {{"user", "1"}, {"address", "a@b.example"}}).status, 403);
    auto api = desk().api("simple");
    EXPECT_EQ(api.get(kApi).status, 403);
    EXPECT_EQ(api.write("PUT", kApi, R"({"users":[]})").status, 403);
    EXPECT_EQ(recipients(), "");
}

TEST_F(Alerts, S0_12_what_is_wrong_is_said_and_nothing_is_stored) {
    auto admin = logged_in();
    admin.get(kPage);
    for (const auto* wrong : {"", "0", "999999", "abc", "1 or 1=1", "<b>"}) {
        const auto answer = admin.post(kPage + "/users", {{"user", wrong}});
        EXPECT_EQ(answer.status, 422) << wrong;
        EXPECT_TRUE(answer.contains("id=\"e-user\""));
    }
    for (const std::string& wrong : {std::string{"support"}, std::string{"a@b"}, std::string{"a@b.example, c@d.example"},
                                     std::string{"Support <a@b.example>"}, std::string(250, 'a') + "@b.example"}) {
        const auto answer = admin.post(kPage + "/address", {{"address", wrong}});
        EXPECT_EQ(answer.status, 422) << wrong;
        EXPECT_TRUE(answer.contains("id=\"e-address\""));
    }
    EXPECT_TRUE(admin.post(kPage + "/address", {{"address", "sup\"port"}}).contains("value=\"sup&quot;port\"")) << "what was typed is kept";
    EXPECT_EQ(admin.post(kPage + "/users/abc/remove", {}).status, 404);
    auto api = desk().api();
    EXPECT_FALSE(api.write("PUT", kApi, R"({"users":[999999]})").error("users").empty());
    EXPECT_FALSE(api.write("PUT", kApi, R"({"users":"admin"})").error("users").empty());
    EXPECT_FALSE(api.write("PUT", kApi, R"({})").error("users").empty());
    EXPECT_FALSE(api.write("PUT", kApi, R"({"users":["admin"],"address":"x"})").error("address").empty());
    EXPECT_FALSE(api.write("PUT", kApi, R"({"users":["admin"],"address":7})").error("address").empty());
    EXPECT_FALSE(api.write("PUT", kApi, R"({"users":[],"recipients":[]})").error("recipients").empty());
    EXPECT_EQ(recipients(), "");
}

TEST_F(Alerts, S0_12_users_are_added_repeated_and_removed_and_one_address) {
    const auto nadia = user("nadia"), omar = user("omar");
    auto admin = logged_in();
    EXPECT_TRUE(admin.get(kPage).contains("<option value=\"" + nadia + "\""));
    EXPECT_EQ(admin.post(kPage + "/users", {{"user", nadia}}).status, 303);
    EXPECT_EQ(admin.post(kPage + "/users", {{"user", nadia}}).status, 303) << "twice is once";
    EXPECT_EQ(admin.post(kPage + "/users", {{"user", omar}}).status, 303);
    EXPECT_EQ(recipients(), "nadia@guichet.example omar@guichet.example");
    EXPECT_FALSE(admin.get(kPage).contains("<option value=\"" + nadia + "\"")) << "is no longer offered";
    EXPECT_EQ(admin.post(kPage + "/users/" + omar + "/remove", {}).status, 303);
    EXPECT_EQ(admin.post(kPage + "/address", {{"address", " support@guichet.example "}}).status, 303);
    EXPECT_EQ(admin.post(kPage + "/address", {{"address", "aide@guichet.example"}}).status, 303) << "there is one";
    EXPECT_EQ(recipients(), "aide@guichet.example nadia@guichet.example");
    EXPECT_EQ(admin.post(kPage + "/address", {{"address", ""}}).status, 303);
    EXPECT_EQ(recipients(), "nadia@guichet.example");
    EXPECT_GE(desk().count("select count(*) from core.audit where action = 'tickets.alerts_changed'"), 5);
}

TEST_F(Alerts, S0_13_who_cannot_get_mail_is_flagged) {
    const auto mute = user("sansmail"), wrong = user("malecrit"), fine = user("bienecrit");
    auto& pool = desk().app->pool();
    pool.exec("update core.app_user set email = null where login = 'sansmail'");
    pool.exec("update core.app_user set email = 'malecrit@' where login = 'malecrit'");
    auto api = desk().api();
    const auto set =
        api.write("PUT", kApi, R"({"users":["sansmail",)" + wrong + R"(,"bienecrit","sansmail"],"address":"aide@guichet.example"})");
    ASSERT_EQ(set.status, 200) << set.body;
    const auto& users = *set.json().get("users");
    ASSERT_EQ(users.size(), 3u) << "each once";
    for (std::size_t i = 0; i < users.size(); ++i)
        EXPECT_EQ(users.at(i)->get("usable")->as_bool(), users.at(i)->get("login")->as_string() == "bienecrit");
    auto admin = logged_in();
    const auto page = admin.get(kPage);
    EXPECT_TRUE(page.contains("Sans courriel"));
    EXPECT_TRUE(page.contains("Adresse non valide"));
    EXPECT_EQ(api.get(kApi).text("address"), "aide@guichet.example");

    EXPECT_EQ(admin.post("/admin/users/" + fine + "/active", {{"active", "0"}}).status, 303);
    EXPECT_EQ(desk().count("select count(*) from tickets.alert_v1 where user_id = " + fine), 0) << "who is gone gets nothing";
    EXPECT_EQ(api.write("PUT", kApi, R"({"users":["bienecrit"]})").status, 422);
    EXPECT_EQ(api.write("PUT", kApi, R"({"users":[],"address":null})").status, 200);
    EXPECT_EQ(recipients(), "");
    EXPECT_EQ(desk().count("select count(*) from tickets.alert_recipient where user_id = " + mute), 0);
}

}  // namespace tickets_test
