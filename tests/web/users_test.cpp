// Users as an administrator edits them, and as they edit themselves.
#include "web/desk.hpp"
#include "web/forms.hpp"

namespace web_test {
namespace {

const std::string kUsers = "/admin/users";

class Users : public DeskTest {
protected:
    void SetUp() override { admin.log_in("admin"); }

    std::string id(const std::string& login) {
        return std::to_string(
            desk().app->pool().exec("select coalesce(max(id), 0) from core.app_user where login = $1", {login}).i64(0, 0));
    }
    std::string path(const std::string& login) { return kUsers + '/' + id(login); }
    std::string profile(const std::string& code) {
        return std::to_string(desk().app->pool().exec("select id from core.profile where code = $1", {code}).i64(0, 0));
    }
    std::map<std::string, std::string> new_user(const std::string& login, const std::map<std::string, std::string>& more = {}) {
        std::map<std::string, std::string> fields{{"login", login},
                                                  {"name", "Nom de " + login},
                                                  {"email", login + "@guichet.example"},
                                                  {"profile", profile("agent")},
                                                  {"language", ""},
                                                  {"password", ""}};
        for (const auto& [name, value] : more) fields[name] = value;
        return fields;
    }
    Answer save(const std::string& login, const std::map<std::string, std::string>& changes) {
        auto fields = form_of(admin.get(path(login)).body, path(login));
        for (const auto& [name, value] : changes) fields[name] = value;
        return admin.post(path(login), fields);
    }
    static std::string shown_password(const Answer& answer) {
        const auto from = answer.body.find("<code>", answer.body.find("Mot de passe de")) + 6;
        return answer.body.substr(from, answer.body.find("</code>", from) - from);
    }
    Browser admin = desk().browser();
};

}  // namespace

TEST_F(Users, R36_pages_of_the_administration_are_closed_to_agents) {
    desk().add_user("curieux");
    auto agent = desk().browser();
    agent.log_in("curieux");
    for (const std::string& address : {kUsers, kUsers + "/new", path("admin"), std::string{"/admin/teams"}, std::string{"/admin/teams/1"}})
        EXPECT_EQ(agent.get(address).status, 403) << address;
    for (const std::string& address :
         {kUsers + "/new", path("admin"), path("admin") + "/active", path("admin") + "/password", path("admin") + "/keys/1/revoke",
          std::string{"/admin/teams"}, std::string{"/admin/teams/1"}, std::string{"/admin/teams/1/members"}})
        EXPECT_EQ(agent.post(address, {{"active", "0"}}).status, 403) << address;
}

TEST_F(Users, what_is_wrong_is_said_beside_each_field_and_nothing_is_stored) {
    const auto users = desk().count("select count(*) from core.app_user");
    const auto answer =
        admin.post(kUsers + "/new",
                   new_user("a b", {{"name", ""}, {"email", "nobody@"}, {"language", "de"}, {"profile", "999"}, {"password", "court"}}));
    EXPECT_EQ(answer.status, 422);
    for (const auto* field : {"email", "language", "profile"}) EXPECT_TRUE(answer.contains("id=\"e-" + std::string{field} + "\"")) << field;
    EXPECT_TRUE(answer.contains("value=\"nobody@\"")) << "what was typed is kept";
    EXPECT_FALSE(answer.contains("court\"")) << "but for passwords";
    const auto rules = admin.post(kUsers + "/new", new_user("a b", {{"name", ""}, {"password", "court"}, {"teams", "999"}}));
    for (const auto* field : {"login", "name", "password"}) EXPECT_TRUE(rules.contains("id=\"e-" + std::string{field} + "\"")) << field;
    EXPECT_EQ(admin.post(kUsers + "/new", new_user("neuf", {{"teams", "999"}})).status, 422);
    EXPECT_EQ(admin.post(kUsers + "/new", new_user("ADMIN")).status, 422) << "logins are compared without case";
    EXPECT_EQ(admin.post(kUsers + "/new", new_user("neuf", {{"name", std::string(121, 'x')}})).status, 422);
    EXPECT_EQ(admin.post(kUsers + "/new", new_user("neuf", {{"email", "a@b.example, c@d.example"}})).status, 422);
    EXPECT_EQ(desk().count("select count(*) from core.app_user"), users);
    for (const auto* address : {"/0", "/abc", "/999999"}) EXPECT_EQ(admin.get(kUsers + address).status, 404) << address;
}

TEST_F(Users, R23_a_password_is_long_and_not_easy_to_guess) {
    for (const auto& wrong :
         {std::string{"onze lettre"}, std::string(129, 'a'), std::string(12, 'a'), std::string{"123456789012"},
          std::string{"motdepasse2026!"}, std::string{"AZERTYUIOP123"}, std::string{"administrateur"}, std::string{"prudent2026!"}})
        EXPECT_EQ(admin.post(kUsers + "/new", new_user("prudent", {{"password", wrong}})).status, 422) << wrong;
    EXPECT_EQ(admin.post(kUsers + "/new", new_user("prudent", {{"password", "cheval pile agrafe"}})).status, 303);
}

TEST_F(Users, a_password_that_was_given_is_replaced_before_anything_else) {
    const auto answer = admin.post(kUsers + "/new", new_user("nouvelle", {{"password_due", "1"}, {"name", "Nadia <Ferri>"}}));
    ASSERT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.contains("Nadia &lt;Ferri&gt;"));
    const auto given = shown_password(answer);
    EXPECT_GE(given.size(), 12u);
    EXPECT_FALSE(admin.get(path("nouvelle")).contains(given)) << "shown once";

    auto user = desk().browser();
    EXPECT_EQ(user.log_in("nouvelle", given).status, 303);
    for (const auto* address : {"/", "/tickets", "/preferences"}) {
        const auto page = user.get(address);
        EXPECT_EQ(page.status, 303) << address;
        EXPECT_EQ(page.header("Location"), "/password");
    }
    EXPECT_EQ(user.get("/password").status, 200);
    EXPECT_EQ(user.post("/tickets/new", {{"subject", "x"}}).header("Location"), "/password") << "nor can it write";
    const auto change = [&](const std::string& current, const std::string& fresh, const std::string& repeat) {
        return user.post("/password", {{"current_password", current}, {"new_password", fresh}, {"repeat_password", repeat}}).status;
    };
    EXPECT_EQ(change("wrong", "cheval pile agrafe", "cheval pile agrafe"), 422);
    EXPECT_EQ(change(given, "cheval pile agrafe", "cheval pile"), 422);
    EXPECT_EQ(change(given, given, given), 422) << "another one than the one that was given";
    EXPECT_EQ(change(given, "cheval pile agrafe", "cheval pile agrafe"), 303);
    EXPECT_EQ(user.get("/").status, 200);
    EXPECT_EQ(user.get("/password").header("Location"), "/preferences");
}

TEST_F(Users, R17_deactivating_ends_sessions_and_api_keys_at_once) {
    desk().add_user("partante");
    auto user = desk().browser();
    user.log_in("partante");
    auto api = desk().api("partante");
    EXPECT_EQ(user.get("/").status, 200);
    EXPECT_EQ(api.get("/api/v1/tickets").status, 200);
    EXPECT_EQ(admin.post(path("partante") + "/active", {{"active", "0"}}).status, 303);
    EXPECT_EQ(user.get("/").status, 303);
    EXPECT_EQ(api.get("/api/v1/tickets").status, 401);
    EXPECT_EQ(desk().browser().log_in("partante").status, 401);
    EXPECT_FALSE(admin.get(kUsers).contains(">partante<"));
    EXPECT_TRUE(admin.get(kUsers + "?state=inactive").contains(">partante<"));

    EXPECT_EQ(admin.post(path("partante") + "/active", {{"active", "1"}}).status, 303);
    EXPECT_EQ(api.get("/api/v1/tickets").status, 401) << "keys do not come back";
    EXPECT_EQ(desk().browser().log_in("partante").status, 303);
}

TEST_F(Users, R17_a_password_that_is_reset_ends_sessions_and_api_keys) {
    desk().add_user("oublieux");
    auto user = desk().browser();
    user.log_in("oublieux");
    auto api = desk().api("oublieux");
    EXPECT_EQ(admin.post(path("oublieux") + "/password", {{"password", "court"}}).status, 422);
    EXPECT_EQ(user.get("/").status, 200) << "nothing half done";
    const auto answer = admin.post(path("oublieux") + "/password", {{"password", ""}});
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(user.get("/").status, 303);
    EXPECT_EQ(api.get("/api/v1/tickets").status, 401);
    EXPECT_EQ(desk().browser().log_in("oublieux").status, 401);
    EXPECT_EQ(desk().browser().log_in("oublieux", shown_password(answer)).status, 303);
}

TEST_F(Users, api_keys_are_listed_and_revoked_one_by_one) {
    desk().add_user("robot");
    auto first = desk().api("robot"), second = desk().api("robot");
    const auto key = std::to_string(desk().count("select min(id) from core.api_key where user_id = " + id("robot")));
    EXPECT_TRUE(admin.get(path("robot")).contains("/keys/" + key + "/revoke"));
    EXPECT_EQ(admin.post(path("admin") + "/keys/" + key + "/revoke", {}).status, 404) << "another user's";
    EXPECT_EQ(admin.post(path("robot") + "/keys/" + key + "/revoke", {}).status, 303);
    EXPECT_EQ(first.get("/api/v1/tickets").status, 401);
    EXPECT_EQ(second.get("/api/v1/tickets").status, 200);
    EXPECT_EQ(admin.post(path("robot") + "/keys/" + key + "/revoke", {}).status, 404) << "once";
}

TEST_F(Users, the_last_administrator_cannot_be_taken_away) {
    const auto demoted = save("admin", {{"profile", profile("agent")}});
    EXPECT_EQ(demoted.status, 422);
    EXPECT_TRUE(demoted.contains("Plus personne ne pourrait tout faire"));
    EXPECT_EQ(admin.post(path("admin") + "/active", {{"active", "0"}}).status, 422) << "nor himself";
    desk().add_user("seconde", "administrator");
    auto second = desk().browser();
    second.log_in("seconde");
    second.get(path("admin"));
    EXPECT_EQ(second.post(path("admin") + "/active", {{"active", "0"}}).status, 303) << "there is another one";
    EXPECT_EQ(second.post(path("seconde") + "/active", {{"active", "0"}}).status, 422);
    EXPECT_EQ(second.post(path("admin") + "/active", {{"active", "1"}}).status, 303);
    EXPECT_EQ(desk().count("select count(*) from core.app_user where active and login in ('admin', 'seconde')"), 2);
    desk().app->pool().exec("update core.app_user set active = false where login = 'seconde'");
}

TEST_F(Users, nobody_gives_rights_that_he_has_not) {
    desk().set_level("manager", "core.users", 3);
    desk().add_user("chef", "manager");
    auto chef = desk().browser();
    chef.log_in("chef");
    const auto page = chef.get(kUsers + "/new");
    EXPECT_TRUE(page.contains("<option value=\"" + profile("agent") + "\""));
    EXPECT_FALSE(page.contains("<option value=\"" + profile("administrator") + "\""));
    EXPECT_EQ(chef.post(kUsers + "/new", new_user("intrus", {{"profile", profile("administrator")}})).status, 422);
    EXPECT_EQ(chef.post(path("admin") + "/password", {{"password", "cheval pile agrafe"}}).status, 403);
    EXPECT_EQ(chef.post(path("admin") + "/active", {{"active", "0"}}).status, 403);
    auto fields = form_of(admin.get(path("admin")).body, path("admin"));
    fields["email"] = "chef@guichet.example";
    EXPECT_EQ(chef.post(path("admin"), fields).status, 403);
    auto own = form_of(chef.get(path("chef")).body, path("chef"));
    own["profile"] = profile("administrator");
    EXPECT_EQ(chef.post(path("chef"), own).status, 422);
    EXPECT_EQ(desk().browser().log_in("admin").status, 303) << "the administrator is as he was";
    EXPECT_EQ(chef.post(kUsers + "/new", new_user("recrue", {{"password", "cheval pile agrafe"}})).status, 303);
}

TEST_F(Users, changed_with_an_audit_line_and_never_over_somebody_elses_change) {
    desk().add_user("marie");
    auto stale = form_of(admin.get(path("marie")).body, path("marie"));
    ASSERT_EQ(save("marie", {{"name", "Marie Le Goff"}, {"profile", profile("reader")}, {"language", "en"}}).status, 303);
    EXPECT_EQ(desk().count("select count(*) from core.audit where action = 'core.user_changed' and subject = 'user/marie' and "
                           "details->>'name' = 'marie → Marie Le Goff'"
                           " and details->>'profile' like '% → Lecture seule'"),
              1);
    stale["email"] = "marie@ailleurs.example";
    const auto answer = admin.post(path("marie"), stale);
    EXPECT_EQ(answer.status, 409);
    EXPECT_TRUE(answer.contains("marie@ailleurs.example"));
    EXPECT_EQ(
        desk().count(
            "select count(*) from core.app_user where login = 'marie' and name = 'Marie Le Goff' and email = 'marie@guichet.example'"),
        1);
    EXPECT_TRUE(admin.get("/tickets/new").contains("Marie Le Goff")) << "choices of other pages follow";
}

TEST_F(Users, S0_13_without_a_usable_address_a_user_is_flagged) {
    desk().add_user("muette");
    desk().add_user("illisible");
    EXPECT_FALSE(admin.get(path("muette")).contains("aucune alerte ne lui parvient"));
    ASSERT_EQ(save("muette", {{"email", ""}}).status, 303);
    desk().app->pool().exec("update core.app_user set email = 'pas une adresse' where login = 'illisible'");
    EXPECT_TRUE(admin.get(path("muette")).contains("aucune alerte ne lui parvient"));
    EXPECT_TRUE(admin.get(path("illisible")).contains("aucune alerte ne lui parvient"));
    EXPECT_TRUE(admin.get(kUsers + "?q=muette").contains("Sans courriel"));
    EXPECT_TRUE(admin.get(kUsers + "?q=illisible").contains("Non valide"));
}

TEST_F(Users, found_by_search_profile_and_team_page_by_page) {
    desk().add_user("zoe", "reader", "Nuit");
    desk().app->pool().exec("update core.app_user set name = 'Zoé Étienne_100%' where login = 'zoe'");
    const auto team = std::to_string(desk().count("select id from core.team where name = 'Nuit'"));
    for (const auto& query :
         {std::string{"?q=etienne"}, std::string{"?q=_100%25"}, "?team=" + team, "?profile=" + profile("reader") + "&q=zo"}) {
        const auto page = admin.get(kUsers + query);
        EXPECT_TRUE(page.contains("Zoé Étienne_100%")) << query;
        EXPECT_FALSE(page.contains(">admin<")) << query;
    }
    EXPECT_TRUE(admin.get(kUsers + "?q=nobody-like-this").contains("Aucun utilisateur ne correspond"));
    for (const auto* query : {"?q=%25%5f'\"", "?profile=x&team=-1&after=99999999999999999999&state=<b>"})
        EXPECT_EQ(admin.get(kUsers + query).status, 200) << query;

    desk().app->pool().exec(
        "insert into core.app_user (login, name, profile_id) select 'page' || n, 'Même nom', $1::bigint from generate_series(1, 120) n",
        {profile("reader")});
    std::set<std::string> seen;
    std::string address = kUsers + "?q=page";
    for (int pages = 0; !address.empty() && pages < 5; ++pages) {
        const auto body = admin.get(address).body;
        const std::regex row{">(page\\d+)<"};
        for (std::sregex_iterator it{body.begin(), body.end(), row}, end; it != end; ++it)
            EXPECT_TRUE(seen.insert((*it)[1]).second) << (*it)[1];
        std::smatch next;
        address = std::regex_search(body, next, std::regex{"href=\"(/admin/users\\?[^\"]*after=\\d+)[^\"]*\" rel=\"next\""})
                      ? std::string{next[1]}
                      : std::string{};
        for (std::size_t at; (at = address.find("&amp;")) != std::string::npos;) address.replace(at, 5, "&");
    }
    EXPECT_EQ(seen.size(), 120u) << "each once, although they share a name";
    desk().app->pool().exec("delete from core.app_user where name = 'Même nom'");
}

TEST_F(Users, R25_another_address_needs_the_current_password) {
    desk().add_user("soi");
    auto user = desk().browser();
    user.log_in("soi");
    const auto change = [&](const std::string& name, const std::string& email, const std::string& password) {
        return user.post("/preferences/identity", {{"name", name}, {"email", email}, {"identity_password", password}}).status;
    };
    EXPECT_EQ(change("Soi-même", "soi@ailleurs.example", "wrong"), 422);
    EXPECT_EQ(change("Soi-même", "soi@ailleurs.example", ""), 422);
    EXPECT_EQ(change("", "soi@guichet.example", ""), 422);
    EXPECT_EQ(change("Soi-même", "nobody@", std::string{kPassword}), 422);
    EXPECT_EQ(desk().count("select count(*) from core.app_user where login = 'soi' and name = 'soi' and email = 'soi@guichet.example'"), 1);
    EXPECT_EQ(change("Soi-même", "soi@guichet.example", ""), 303) << "a name alone does not";
    EXPECT_EQ(change("Soi-même", "soi@ailleurs.example", std::string{kPassword}), 303);
    EXPECT_TRUE(user.get("/preferences").contains("soi@ailleurs.example"));
}

TEST_F(Users, teams_are_added_renamed_filled_and_deactivated) {
    EXPECT_EQ(admin.post("/admin/teams", {{"name", ""}}).status, 422);
    EXPECT_EQ(admin.post("/admin/teams", {{"name", std::string(81, 'x')}}).status, 422);
    const auto added = admin.post("/admin/teams", {{"name", "Niveau <2>"}});
    ASSERT_EQ(added.status, 303);
    const auto team = added.header("Location").substr(0, added.header("Location").find('?'));
    const auto team_id = team.substr(team.rfind('/') + 1);
    EXPECT_TRUE(admin.get(team).contains("Niveau &lt;2&gt;"));
    EXPECT_EQ(admin.post("/admin/teams", {{"name", "niveau <2>"}}).status, 422) << "the same name";
    for (const auto* address : {"/admin/teams/0", "/admin/teams/999999", "/admin/teams/x"}) EXPECT_EQ(admin.get(address).status, 404);
    EXPECT_EQ(admin.post("/admin/teams/999999/members", {{"user", id("admin")}, {"member", "1"}}).status, 404);

    desk().add_user("equipier");
    desk().set_level("agent", "tickets.ticket.read", 2);
    auto member = desk().browser();
    member.log_in("equipier");
    auto api = desk().api();
    const auto ticket = api.post("/api/v1/tickets", R"({"subject":"De l’équipe","team":)" + team_id + "}");
    ASSERT_EQ(ticket.status, 201) << ticket.body;
    const auto address = "/tickets/" + std::to_string(ticket.integer("id"));
    EXPECT_EQ(member.get(address).status, 404);
    EXPECT_EQ(admin.post(team + "/members", {{"user", "999999"}, {"member", "1"}}).status, 422);
    EXPECT_EQ(admin.post(team + "/members", {{"user", ""}, {"member", "1"}}).status, 422);
    EXPECT_EQ(admin.post(team + "/members", {{"user", id("equipier")}, {"member", "1"}}).status, 303);
    EXPECT_EQ(admin.post(team + "/members", {{"user", id("equipier")}, {"member", "1"}}).status, 303) << "twice is once";
    EXPECT_EQ(member.get(address).status, 200) << "at once, in the session that is open";
    EXPECT_EQ(admin.post(team + "/active", {{"active", "0"}}).status, 303);
    EXPECT_EQ(member.get(address).status, 404) << "an inactive team gives no right";
    EXPECT_FALSE(admin.get("/tickets/new").contains("Niveau &lt;2&gt;"));
    EXPECT_EQ(admin.post(team + "/active", {{"active", "1"}}).status, 303);
    EXPECT_EQ(admin.post(team + "/members", {{"user", id("equipier")}, {"member", "0"}}).status, 303);
    EXPECT_EQ(member.get(address).status, 404);
    EXPECT_EQ(admin.post(team, {{"name", "Nuit et week-end"}}).status, 303);
    EXPECT_TRUE(admin.get("/admin/teams").contains("Nuit et week-end"));
    desk().set_level("agent", "tickets.ticket.read", 3);
}

}  // namespace web_test
