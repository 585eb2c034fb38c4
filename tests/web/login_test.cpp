// Sessions, passwords and tokens (security.md R15 to R18, R22, R51, R52).
#include "web/desk.hpp"

#include "auth/sessions.hpp"

namespace web_test {

class Login : public DeskTest {};

TEST_F(Login, anonymous_pages_lead_to_the_login_page_and_back) {
    auto browser = desk().browser();
    const auto home = browser.get("/");
    EXPECT_EQ(home.status, 303);
    EXPECT_EQ(home.header("Location"), "/login");
    const auto tickets = browser.get("/tickets?status=x");
    EXPECT_EQ(tickets.header("Location"), "/login?next=%2Ftickets%3Fstatus%3Dx");
    browser.get("/login?next=%2Ftickets");
    const auto done = browser.post("/login", {{"login", "admin"}, {"password", std::string{kPassword}}, {"next", "/tickets"}});
    EXPECT_EQ(done.status, 303);
    EXPECT_EQ(done.header("Location"), "/tickets");
    EXPECT_EQ(browser.get("/").status, 200);
}

TEST_F(Login, a_path_may_end_with_a_slash) {
    auto browser = desk().browser();
    EXPECT_EQ(browser.get("/login/").status, 200);
    EXPECT_EQ(browser.get("/tickets/").header("Location"), "/login?next=%2Ftickets%2F");
    EXPECT_EQ(browser.get("/login//").status, 404);
}

TEST_F(Login, R16_session_cookie_has_every_protection) {
    auto browser = desk().browser();
    browser.get("/login");
    const auto answer = browser.post("/login", {{"login", "admin"}, {"password", std::string{kPassword}}, {"next", "/"}});
    std::string cookie;
    for (const auto& [name, value] : answer.headers)
        if (name == "Set-Cookie" && value.starts_with("__Host-sid=")) cookie = value;
    for (const auto* part : {"; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"}) EXPECT_NE(cookie.find(part), std::string::npos) << cookie;
    EXPECT_GE(cookie.find(';') - std::string{"__Host-sid="}.size(), 22u) << "at least 128 bits";
}

TEST_F(Login, R15_session_changes_at_login_and_dies_at_logout) {
    auto browser = desk().browser();
    browser.cookies["__Host-sid"] = "fixed-by-an-attacker";
    browser.log_in("admin");
    const auto session = browser.cookies["__Host-sid"];
    EXPECT_NE(session, "fixed-by-an-attacker");
    EXPECT_EQ(browser.get("/").status, 200);
    EXPECT_EQ(browser.post("/logout", {}).status, 303);
    browser.cookies["__Host-sid"] = session;
    EXPECT_EQ(browser.get("/").status, 303);
}

TEST_F(Login, R18_unknown_user_wrong_password_and_disabled_user_look_the_same) {
    desk().add_user("parti");
    desk().app->pool().exec("update core.app_user set active = false where login = 'parti'");
    std::vector<Answer> answers;
    for (const auto& [login, password] : std::map<std::string, std::string>{{"admin", "wrong"}, {"nobody", "wrong"}, {"parti", std::string{kPassword}}}) {
        auto browser = desk().browser();
        browser.get("/login");
        auto answer = browser.post("/login", {{"login", login}, {"password", password}, {"next", "/"}});
        for (const auto& varying : {login, browser.csrf(), answer.header("X-Request-Id")})
            for (std::size_t at; !varying.empty() && (at = answer.body.find(varying)) != std::string::npos;) answer.body.erase(at, varying.size());
        answers.push_back(answer);
        EXPECT_FALSE(browser.cookies.contains("__Host-sid"));
    }
    for (const auto& answer : answers) {
        EXPECT_EQ(answer.status, 401);
        EXPECT_EQ(answer.body, answers.front().body);
    }
    EXPECT_TRUE(answers.front().contains("identifiant")) << answers.front().body;
}

TEST_F(Login, R22_ten_failures_throttle_that_login_from_that_address_only) {
    desk().add_user("cible");
    desk().add_user("autre");
    auto browser = desk().browser();
    browser.get("/login");
    for (int i = 0; i < 10; ++i) EXPECT_EQ(browser.post("/login", {{"login", "cible"}, {"password", "wrong"}}).status, 401);
    const auto refused = browser.post("/login", {{"login", "cible"}, {"password", std::string{kPassword}}});
    EXPECT_EQ(refused.status, 429);
    EXPECT_FALSE(refused.header("Retry-After").empty());
    EXPECT_EQ(browser.post("/login", {{"login", "autre"}, {"password", std::string{kPassword}}}).status, 303);
    EXPECT_EQ(desk().app->pool().exec("select count(*) from core.login_failure where login = 'cible'").i64(0, 0), 10);
}

TEST_F(Login, R52_a_form_without_the_right_token_or_from_elsewhere_changes_nothing) {
    auto browser = desk().browser();
    browser.log_in("admin");
    const std::map<std::string, std::string> fields{{"language", "en"}, {"theme", "dark"}, {"zone", "Europe/Paris"}};
    auto forged = fields;
    forged["_csrf"] = "wrong";
    EXPECT_EQ(browser.post("/preferences", forged).status, 403);
    forged["_csrf"] = "";
    EXPECT_EQ(browser.post("/preferences", forged).status, 403);
    EXPECT_EQ(browser.post("/preferences", fields, {{"Origin", "https://evil.example"}}).status, 403);
    EXPECT_EQ(browser.post("/preferences", fields, {{"Origin", "null"}}).status, 403);
    EXPECT_EQ(browser.post("/preferences", fields, {{"Sec-Fetch-Site", "cross-site"}}).status, 403);
    EXPECT_EQ(browser.post("/preferences", fields, {{"Content-Type", "text/plain"}}).status, 303) << "the client sets the type itself";
    EXPECT_EQ(desk().app->pool().exec("select theme from core.app_user where login = 'admin'").text(0, 0), "dark");
}

TEST_F(Login, R51_next_stays_on_this_site) {
    for (const std::string next : {"//evil.example", "/\\evil.example", "https:evil.example", "/%2f/evil.example", "javascript:alert(1)", "/%5cevil"}) {
        auto browser = desk().browser();
        browser.get("/login");
        const auto answer = browser.post("/login", {{"login", "admin"}, {"password", std::string{kPassword}}, {"next", next}});
        EXPECT_EQ(answer.header("Location"), "/") << next;
    }
}

TEST_F(Login, R17_a_new_password_ends_the_other_sessions_and_keys) {
    desk().add_user("change");
    auto first = desk().browser(), second = desk().browser();
    first.log_in("change");
    second.log_in("change");
    auto api = desk().api("change");
    EXPECT_EQ(api.get("/api/v1/tickets").status, 200);
    auto answer = first.post("/preferences/password", {{"current_password", "wrong"}, {"new_password", "short"}, {"repeat_password", "other"}});
    EXPECT_EQ(answer.status, 422);
    answer = first.post("/preferences/password",
                        {{"current_password", std::string{kPassword}}, {"new_password", "un autre mot de passe"}, {"repeat_password", "un autre mot de passe"}});
    EXPECT_EQ(answer.status, 303) << answer.body;
    EXPECT_EQ(first.get("/").status, 200);
    EXPECT_EQ(second.get("/").status, 303);
    EXPECT_EQ(api.get("/api/v1/tickets").status, 401);
}

TEST_F(Login, language_is_french_until_the_user_chooses) {
    auto browser = desk().browser();
    EXPECT_TRUE(browser.get("/login", {{"Accept-Language", "en"}}).contains("<html lang=\"fr\""));
    browser.get("/login?lang=en");
    EXPECT_TRUE(browser.get("/login").contains("<html lang=\"en\""));
    desk().add_user("anglaise");
    browser.log_in("anglaise");
    browser.post("/preferences", {{"language", "fr"}, {"theme", "auto"}, {"zone", "Europe/Paris"}});
    EXPECT_TRUE(browser.get("/").contains("<html lang=\"fr\"")) << "the user's choice wins over the cookie";
}

}  // namespace web_test
