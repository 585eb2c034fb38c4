// Texts, look and rules of the public pages (row S2-41).
#include "public_desk.hpp"

namespace {

using namespace public_form_test;

class Admin : public PublicForm {
protected:
    void TearDown() override { arrange({}); }
};

const std::string kPixel{
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x8\6\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9c"
    "c\xf8\xcf\xc0\xf0\x1f\0\5\0\1\xff\x89\x99=\x1d\0\0\0\0IEND\xae"
    "B`\x82",
    70};

}  // namespace

TEST_F(Admin, R36_AgentsDoNotArrangeIt) {
    desk().add_user("agente");
    auto agent = logged_in("agente");
    EXPECT_EQ(agent.get("/admin/public-form").status, 403);
    EXPECT_EQ(agent.post("/admin/public-form", {{"open", "1"}}).status, 403);
}

TEST_F(Admin, WhatCannotBeIsSaidBesideItAndNothingIsSaved) {
    auto admin = logged_in();
    const auto answer = admin.post("/admin/public-form", {{"open", "1"},
                                                          {"name", std::string(81, 'n')},
                                                          {"accent", "red;}body{display:none"},
                                                          {"origins", "https://a.example/path"},
                                                          {"link_days", "x"},
                                                          {"fastest_s", "61"},
                                                          {"welcome_fr", std::string(5001, 'w')},
                                                          {"legal_en", "typed"}});
    EXPECT_EQ(answer.status, 422);
    for (const auto* field : {"name", "accent", "origins", "link_days", "fastest_s", "welcome_fr"})
        EXPECT_TRUE(answer.contains(std::string{"href=\"#f-"} + field + "\"")) << field;
    EXPECT_TRUE(answer.contains("typed"));
    EXPECT_FALSE(visitor().get("/public/new").contains("typed"));
    for (const auto& origin : {"https://a.example;script-src *", "javascript:alert(1)", "https://", "*", "https://*"})
        EXPECT_EQ(admin.post("/admin/public-form", {{"link_days", "0"}, {"fastest_s", "0"}, {"origins", origin}}).status, 422) << origin;
    EXPECT_EQ(admin
                  .post_parts("/admin/public-form", {{"link_days", "0"}, {"fastest_s", "0"}, {"open", "1"}}, "logo", "logo.svg",
                              "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
                  .status,
              422);
    EXPECT_EQ(count("public_form.logo"), 0);
}

TEST_F(Admin, S2_41_TextsAreThoseOfTheLanguage) {
    arrange({{"name", "SAV Morvan"},
             {"welcome_fr", "**Bienvenue** <script>alert(1)</script>"},
             {"welcome_en", "Welcome"},
             {"legal_fr", "Vos données"},
             {"thanks_fr", "À bientôt"},
             {"help_HARDWARE_fr", "Quel modèle ?"}});
    auto visitor_fr = visitor("fr");
    const auto landing = visitor_fr.get("/public");
    EXPECT_TRUE(landing.contains("SAV Morvan"));
    EXPECT_TRUE(landing.contains("<strong>Bienvenue</strong>"));
    EXPECT_FALSE(landing.contains("<script>alert"));
    EXPECT_TRUE(visitor("en").get("/public").contains("Welcome"));
    const auto form = visitor_fr.get("/public/new");
    EXPECT_TRUE(form.contains("Vos données"));
    EXPECT_TRUE(form.contains("Quel modèle ?"));
    EXPECT_FALSE(visitor("en").get("/public/new").contains("Quel modèle ?"));
    EXPECT_NE(visitor_fr.get(between(form.body, "href=\"/public/style.css", "\"").insert(0, "/public/style.css"))
                  .body.find("option[value=\"HARDWARE\"]:checked"),
              std::string::npos);
    EXPECT_TRUE(send(visitor_fr).contains("À bientôt"));
}

TEST_F(Admin, S2_41_TheLookIsTheAdministrators) {
    arrange({{"accent", "#ffee00"}});
    auto browser = visitor();
    const auto css = browser.get("/public/style.css");
    EXPECT_EQ(css.header("Content-Type"), "text/css; charset=utf-8");
    EXPECT_TRUE(css.contains("--tblr-primary:#ffee00"));
    EXPECT_TRUE(css.contains("--tblr-primary-fg:#000000"));
    EXPECT_FALSE(css.contains("--tblr-link-color:light-dark(#ffee00"));  // yellow on white cannot be read
    auto admin = logged_in();
    EXPECT_EQ(
        admin.post_parts("/admin/public-form", {{"link_days", "0"}, {"fastest_s", "0"}, {"open", "1"}}, "logo", "logo.png", kPixel).status,
        303);
    const auto logo = between(browser.get("/public").body, "class=\"public-logo\" src=\"", "\"");
    EXPECT_EQ(browser.get(logo).header("Content-Type"), "image/png");
    EXPECT_EQ(browser.get("/public/logo/999999").status, 404);
    EXPECT_EQ(admin.post("/admin/public-form/logo/delete", {}).status, 303);
    EXPECT_FALSE(browser.get("/public").contains("public-logo"));
    EXPECT_EQ(browser.get(logo).status, 404);
}

TEST_F(Admin, ThePageHasTheAddressAndAPreviewOfWhatIsTyped) {
    auto admin = logged_in();
    const auto page = admin.get("/admin/public-form");
    EXPECT_TRUE(page.contains("/public\" readonly")) << between(page.body, "f-address", ">");
    EXPECT_TRUE(page.contains("/public/new?embed=1"));
    const auto preview = admin.post("/admin/public-form/preview", {{"welcome_fr", "Pas **encore** enregistré"}, {"accent", "#1e4fae"}},
                                    {{"HX-Request", "true"}});
    EXPECT_TRUE(preview.contains("Pas <strong>encore</strong> enregistré"));
    EXPECT_TRUE(preview.contains("/public/style.css?preview=1e4fae"));
    EXPECT_FALSE(visitor("fr").get("/public").contains("encore"));
}
