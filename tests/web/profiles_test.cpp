// Profiles as an administrator edits them: what their users see and may do.
#include "web/desk.hpp"
#include "web/forms.hpp"

namespace web_test {
namespace {

class Profiles : public DeskTest {
protected:
    void SetUp() override { admin.log_in("admin"); }

    std::int64_t id(const std::string& code) {
        return desk().app->pool().exec("select coalesce(max(id), 0) from core.profile where code = $1", {code}).i64(0, 0);
    }
    std::string path(const std::string& code) { return "/admin/profiles/" + std::to_string(id(code)); }
    std::int64_t level(const std::string& code, const std::string& permission) {
        return desk()
            .app->pool()
            .exec(
                "select coalesce(max(level), -1) from core.profile_grant g join core.profile p on p.id = g.profile_id"
                " where p.code = $1 and g.permission = $2",
                {code, permission})
            .i64(0, 0);
    }
    // A profile with the rights of agents, and a user of it who is logged in.
    Browser user_of(const std::string& name, const std::string& code) {
        EXPECT_EQ(admin.post("/admin/profiles", {{"name", name}, {"copy_of", std::to_string(id("agent"))}}).status, 303);
        desk().add_user("user_" + code, code);
        auto browser = desk().browser();
        browser.log_in("user_" + code);
        return browser;
    }
    std::map<std::string, std::string> form(const std::string& code) { return form_of(admin.get(path(code)).body, path(code)); }
    Answer save(const std::string& code, const std::map<std::string, std::string>& changes) {
        auto fields = form(code);
        for (const auto& [name, value] : changes) {
            if (value.empty()) fields.erase(name);
            else fields[name] = value;
        }
        return admin.post(path(code), fields);
    }
    Browser admin = desk().browser();
};

}  // namespace

TEST_F(Profiles, R36_only_administrators_see_and_change_them) {
    desk().add_user("patron", "manager");
    auto manager = desk().browser();
    manager.log_in("patron");
    for (const std::string& address : {std::string{"/admin/profiles"}, path("agent")}) EXPECT_EQ(manager.get(address).status, 403);
    for (const std::string& address : {std::string{"/admin/profiles"}, path("agent"), path("agent") + "/delete"})
        EXPECT_EQ(manager.post(address, {{"name", "x"}}).status, 403) << address;
    EXPECT_FALSE(manager.get("/").contains("/admin/profiles"));
}

TEST_F(Profiles, what_is_wrong_is_said_and_nothing_is_stored) {
    const auto profiles = desk().count("select count(*) from core.profile");
    EXPECT_EQ(admin.post("/admin/profiles", {{"name", "  "}}).status, 422);
    EXPECT_EQ(admin.post("/admin/profiles", {{"name", std::string(81, 'x')}}).status, 422);
    const auto taken = admin.post("/admin/profiles", {{"name", "agent"}, {"copy_of", ""}});
    EXPECT_EQ(taken.status, 422);
    EXPECT_TRUE(taken.contains("Un profil porte déjà ce nom")) << taken.body;
    EXPECT_TRUE(taken.contains("value=\"agent\"")) << "what was typed is kept";
    EXPECT_EQ(admin.post("/admin/profiles", {{"name", "Neuf"}, {"copy_of", "999999"}}).status, 422);
    EXPECT_EQ(desk().count("select count(*) from core.profile"), profiles);
    for (const auto* address :
         {"/admin/profiles/0", "/admin/profiles/abc", "/admin/profiles/999999", "/admin/profiles/99999999999999999999"}) {
        EXPECT_EQ(admin.get(address).status, 404) << address;
        EXPECT_EQ(admin.post(address, {{"name", "x"}}).status, 404) << address;
    }
    const auto before = level("manager", "tickets.ticket.read");
    for (const auto* wrong : {"everything", "4", "ALL", "<script>"}) {
        const auto answer = save("manager", {{"tickets.ticket.read", wrong}, {"tickets.ticket.delete", "none"}});
        EXPECT_EQ(answer.status, 422) << wrong;
        EXPECT_TRUE(answer.contains("Choisissez l’un des niveaux"));
    }
    EXPECT_EQ(level("manager", "tickets.ticket.read"), before);
    EXPECT_EQ(level("manager", "tickets.ticket.delete"), 3) << "nothing half written";
}

TEST_F(Profiles, S0_03_S0_04_a_level_per_verb_counts_from_the_next_page_on) {
    auto user = user_of("Accueil & <standard>", "accueil_standard");
    EXPECT_EQ(level("accueil_standard", "tickets.ticket.read"), 3) << "copied";
    EXPECT_TRUE(admin.get(path("accueil_standard")).contains("Accueil &amp; &lt;standard&gt;"));
    auto api = desk().api();
    const auto others = api.post("/api/v1/tickets", R"({"subject":"Secret of the direction"})");
    ASSERT_EQ(others.status, 201) << others.body;
    const auto ticket = "/tickets/" + std::to_string(others.integer("id"));
    EXPECT_EQ(user.get(ticket).status, 200);

    ASSERT_EQ(save("accueil_standard", {{"tickets.ticket.read", "own"}}).status, 303);
    EXPECT_EQ(user.get(ticket).status, 404) << "R38: not seen any more, in the session that is open";
    EXPECT_FALSE(user.get("/tickets").contains("Secret of the direction"));
    EXPECT_EQ(level("accueil_standard", "tickets.ticket.update"), 3) << "the other verbs stay";

    ASSERT_EQ(save("accueil_standard", {{"tickets.ticket.read", "none"}}).status, 303);
    EXPECT_EQ(user.get("/tickets").status, 403);
    ASSERT_EQ(save("accueil_standard", {{"tickets.ticket.read", "all"}}).status, 303);
    EXPECT_EQ(user.get(ticket).status, 200);
    EXPECT_EQ(
        desk().count(
            "select count(*) from core.audit where action = 'core.profile_changed' and details->>'tickets.ticket.read' = 'all → own'"),
        1);
}

TEST_F(Profiles, S0_01_S0_02_S0_05_a_module_that_is_withheld_is_gone_and_comes_back) {
    auto user = user_of("Comptable", "comptable");
    EXPECT_TRUE(user.get("/").contains("href=\"/tickets\""));
    ASSERT_EQ(save("comptable", {{"access.tickets", ""}}).status, 303);
    const auto home = user.get("/");
    EXPECT_FALSE(home.contains("href=\"/tickets\"")) << "no menu entry";
    EXPECT_TRUE(home.contains("href=\"/accounts\""));
    for (const auto* address : {"/tickets", "/tickets/new", "/tickets/1"}) EXPECT_EQ(user.get(address).status, 403) << address;
    EXPECT_EQ(desk().api("user_comptable").get("/api/v1/tickets").status, 403);

    const auto empty = save("comptable", {{"access.tickets", "1"}});
    EXPECT_EQ(empty.status, 422) << "access without a single right";
    EXPECT_TRUE(empty.contains("Donnez au moins un droit"));
    ASSERT_EQ(save("comptable", {{"access.tickets", "1"}, {"tickets.ticket.read", "all"}}).status, 303);
    EXPECT_TRUE(user.get("/").contains("href=\"/tickets\"")) << "S0-05: the menu entry is there";
    EXPECT_FALSE(admin.get(path("comptable")).contains("acme")) << "only active modules";
}

TEST_F(Profiles, S2_25_adding_tickets_is_a_right_of_its_own) {
    auto user = user_of("Veille", "veille");
    EXPECT_EQ(user.get("/tickets/new").status, 200);
    ASSERT_EQ(save("veille", {{"tickets.ticket.create", "none"}}).status, 303);
    EXPECT_EQ(user.get("/tickets/new").status, 403);
    EXPECT_EQ(user.post("/tickets/new", {{"subject", "x"}}).status, 403);
    EXPECT_EQ(desk().api("user_veille").post("/api/v1/tickets", R"({"subject":"x"})").status, 403);
    EXPECT_FALSE(user.get("/tickets").contains("href=\"/tickets/new\""));
    EXPECT_EQ(user.get("/tickets").status, 200);
}

TEST_F(Profiles, a_preset_sets_a_whole_row) {
    user_of("Renfort", "renfort");
    ASSERT_EQ(save("renfort", {{"preset", "tickets.ticket/team"}}).status, 303);
    EXPECT_EQ(level("renfort", "tickets.ticket.read"), 2);
    EXPECT_EQ(level("renfort", "tickets.ticket.create"), 3);
    EXPECT_EQ(level("renfort", "tickets.ticket.update"), 2);
    EXPECT_EQ(level("renfort", "tickets.ticket.delete"), 0);
    EXPECT_EQ(level("renfort", "directory.account.read"), 3) << "the other rows stay";
    ASSERT_EQ(save("renfort", {{"preset", "tickets.ticket/none"}}).status, 303);
    EXPECT_EQ(level("renfort", "tickets.ticket.read"), 0);
    ASSERT_EQ(save("renfort", {{"preset", "tickets.ticket/read"}}).status, 303);
    EXPECT_EQ(level("renfort", "tickets.ticket.read"), 3);
    EXPECT_EQ(level("renfort", "tickets.ticket.update"), 0);
}

TEST_F(Profiles, rights_on_pages_of_the_host_are_given_one_by_one) {
    auto user = user_of("Technique", "technique");
    EXPECT_EQ(user.get("/admin/lists").status, 403);
    ASSERT_EQ(save("technique", {{"core.lists", "1"}}).status, 303);
    EXPECT_EQ(user.get("/admin/lists").status, 200);
    EXPECT_TRUE(user.get("/").contains("href=\"/admin/lists\""));
    EXPECT_EQ(user.get("/admin/settings").status, 403);
    save("technique", {{"core.profiles", "1"}});
    EXPECT_EQ(user.get("/admin/profiles").status, 403) << "who edits profiles could give himself everything";
}

TEST_F(Profiles, a_stale_form_is_told_so_and_keeps_what_was_chosen) {
    user_of("Dupliqué", "duplique");
    auto stale = form("duplique");
    ASSERT_EQ(save("duplique", {{"tickets.ticket.read", "team"}}).status, 303);
    stale["tickets.ticket.read"] = "own";
    const auto answer = admin.post(path("duplique"), stale);
    EXPECT_EQ(answer.status, 409);
    EXPECT_TRUE(answer.contains("<option value=\"own\" selected"));
    EXPECT_EQ(level("duplique", "tickets.ticket.read"), 2);
    EXPECT_EQ(admin.post(path("duplique"), form_of(answer.body, path("duplique"))).status, 303) << "saving again keeps it";
    EXPECT_EQ(level("duplique", "tickets.ticket.read"), 1);
}

TEST_F(Profiles, renamed_and_deleted_when_nobody_has_it) {
    user_of("Stagiaire", "stagiaire");
    ASSERT_EQ(save("stagiaire", {{"name", "Apprenti"}}).status, 303);
    EXPECT_TRUE(admin.get("/admin/profiles").contains("Apprenti"));
    const auto used = admin.post(path("stagiaire") + "/delete", {});
    EXPECT_EQ(used.status, 422);
    EXPECT_TRUE(used.contains("Donnez-leur d’abord un autre profil"));
    desk().app->pool().exec("update core.app_user set profile_id = $1 where login = 'user_stagiaire'", {id("agent")});
    EXPECT_EQ(admin.post(path("stagiaire") + "/delete", {}).status, 303);
    EXPECT_EQ(id("stagiaire"), 0);
}

TEST_F(Profiles, administrators_keep_everything) {
    const auto page = admin.get(path("administrator"));
    EXPECT_EQ(page.status, 200);
    EXPECT_FALSE(page.contains("name=\"tickets.ticket.read\""));
    EXPECT_EQ(admin.post(path("administrator") + "/delete", {}).status, 422);
    EXPECT_EQ(
        admin.post(path("administrator"), {{"name", "Administrateur"}, {"modules", "tickets"}, {"tickets.ticket.read", "none"}}).status,
        303);
    EXPECT_EQ(admin.get("/tickets").status, 200);
    EXPECT_TRUE(admin.get("/admin/profiles").contains("Administrateur"));
}

}  // namespace web_test
