// Equipment out of CSV files: tried first, then stored, with every problem beside its line.
#include "interventions/desk_of_interventions.hpp"
#include "web/guest_desk.hpp"

namespace interventions_test {

class Import : public Interventions {
protected:
    static Answer tried(Browser& browser, const std::string& csv) {
        browser.get("/equipment/import");
        return browser.post_parts("/equipment/import", {}, "file", "parc.csv", csv);
    }
    // As a browser sends it back.
    static std::string text_of(const Answer& page) {
        auto text = web_test::between(page.body, "<textarea name=\"text\" hidden>", "</textarea>");
        for (const std::string_view quote : {"&quot;", "&#34;"})
            for (auto at = text.find(quote); at != text.npos; at = text.find(quote)) text.replace(at, quote.size(), "\"");
        return web_test::unescaped(text);
    }
    static std::int64_t stored(const std::string& where) {
        return desk().count("select count(*) from interventions.equipment where " + where);
    }
};

TEST_F(Import, what_is_no_table_is_refused) {
    auto browser = logged_in();
    browser.get("/equipment/import");
    EXPECT_EQ(browser.post("/equipment/import", {}).status, 422);
    EXPECT_EQ(tried(browser, std::string{"PK\0\x03\x04 zip", 10}).status, 422);
    EXPECT_EQ(tried(browser, "serial;model\nA;B\n").status, 422) << "no account, no name";
    EXPECT_EQ(tried(browser, std::string(1'100'000, 'x')).status, 422);
    std::string long_file = "account;label\n";
    for (int i = 0; i < 2001; ++i) long_file += "x;y\n";
    EXPECT_EQ(tried(browser, long_file).status, 422);
    desk().add_user("lecteur", "reader");
    EXPECT_EQ(logged_in("lecteur").get("/equipment/import").status, 403);
}

TEST_F(Import, a_trial_stores_nothing_and_says_what_would_happen) {
    auto api = desk().api();
    const auto owner = id(make(api, "accounts", R"({"name":"Garage Leroy","code":"C-77"})"));
    make(api, "contracts", R"({"account_id":)" + owner + R"(,"label":"Entretien","ref":"CT-77","status":"running"})");
    equipment(api, owner, R"("label":"Pont élévateur","serial":"PE-1","model":"ancien")");
    auto browser = logged_in();
    const std::string csv =
        "account;label;serial;model;contract;commissioned_on;status;couleur\r\n"
        "C-77;Pont élévateur;pe-1;Hercule 2;CT-77;;;\r\n"
        "garage leroy;Compresseur;CO-1;;;31/01/2026;En panne;rouge\r\n"
        "Inconnu;Perdu;X-1;;;;;\r\n"
        "C-77;;X-2;;;;;\r\n"
        "C-77;Équilibreuse;EQ-1;;CT-99;31/02/2026;Neuf;\r\n";
    const auto page = tried(browser, csv);
    ASSERT_EQ(page.status, 200) << page.body;
    EXPECT_EQ(stored("serial = 'CO-1' or model = 'Hercule 2'"), 0) << "a trial";
    for (const auto* text : {"couleur", "Inconnu", "CT-99", "31/02/2026", "Neuf"}) EXPECT_TRUE(page.contains(text)) << text;
    const auto done = browser.post("/equipment/import/run", {{"text", text_of(page)}});
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(stored("lower(serial) = 'pe-1' and model = 'Hercule 2' and contract_id is not null and status = 'IN_SERVICE'"), 1)
        << "changed";
    EXPECT_EQ(stored("serial = 'CO-1' and commissioned_on = '2026-01-31' and status = 'OUT_OF_ORDER' and account_id = " + owner), 1)
        << "added";
    EXPECT_EQ(stored("serial in ('X-1', 'X-2', 'EQ-1')"), 0) << "left out";
    EXPECT_EQ(browser.post("/equipment/import/run", {{"text", csv}}).status, 200);
    EXPECT_EQ(stored("lower(serial) in ('pe-1', 'co-1')"), 2) << "a second time changes them, and adds none";
}

TEST_F(Import, spreadsheets_write_other_encodings_separators_and_heads) {
    auto api = desk().api();
    const auto owner = id(make(api, "accounts", R"({"name":"Hôtel de la Gare"})"));
    auto browser = logged_in();
    const auto page = tried(browser, "Compte,Nom,Num\xe9ro de s\xe9rie\nH\xf4tel de la Gare,\"Chaudi\xe8re, sous-sol\",CH-1\n");
    ASSERT_EQ(page.status, 200) << page.body;
    EXPECT_EQ(browser.post("/equipment/import/run", {{"text", text_of(page)}}).status, 200);
    EXPECT_EQ(stored("serial = 'CH-1' and label = 'Chaudière, sous-sol' and account_id = " + owner), 1);
}

}  // namespace interventions_test
