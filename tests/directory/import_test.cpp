// Imports of CSV files: nothing half, everything explained.
#include "directory/desk_of_accounts.hpp"

#include <chrono>
#include <thread>

namespace directory_test {

class Import : public Directory {
protected:
    using Fields = std::map<std::string, std::string>;

    static Answer upload(Browser& browser, const std::string& kind, const std::string& content, const std::string& name = "comptes.csv") {
        browser.get("/imports");
        return browser.post_parts("/imports", {{"kind", kind}}, "file", name, content);
    }
    static std::string uploaded(Browser& browser, const std::string& kind, const std::string& content) {
        const auto answer = upload(browser, kind, content);
        EXPECT_EQ(answer.status, 303) << answer.body;
        return answer.header("Location");
    }
    // Sends the form with the columns as they were guessed, and waits for the job.
    static Answer checked(Browser& browser, const std::string& path, const std::string& key, const std::string& mode = "both") {
        auto fields = guessed(browser.get(path).body);
        fields["key"] = key;
        fields["mode"] = mode;
        const auto sent = browser.post(path + "/check", fields);
        EXPECT_EQ(sent.status, 303) << sent.body;
        return settled(browser, path, "checking");
    }
    static Answer carried_out(Browser& browser, const std::string& path) {
        EXPECT_EQ(browser.post(path + "/run", {}).status, 303);
        return settled(browser, path, "running");
    }
    static Fields guessed(const std::string& page) {
        Fields out;
        for (auto at = page.find("name=\"column"); at != std::string::npos; at = page.find("name=\"column", at + 1)) {
            const auto name = page.substr(at + 6, page.find('"', at + 6) - at - 6);
            const auto end = page.find("</select>", at), chosen = page.find(" selected", at);
            if (chosen > end) continue;
            const auto value = page.rfind("value=\"", chosen) + 7;
            out[name] = page.substr(value, page.find('"', value) - value);
        }
        return out;
    }
    static std::string state(const std::string& path) {
        const auto rows =
            desk().app->pool().exec("select state from directory.import where id = $1::bigint", {path.substr(path.rfind('/') + 1)});
        return rows.empty() ? "" : std::string{rows.text(0, 0)};
    }
    static Answer settled(Browser& browser, const std::string& path, const std::string& busy) {
        for (int i = 0; i < 1200 && state(path) == busy; ++i) std::this_thread::sleep_for(std::chrono::milliseconds{50});
        return browser.get(path);
    }
    static std::int64_t accounts() { return desk().count("select count(*) from directory.account"); }
};

TEST_F(Import, files_that_are_none_are_refused_beside_the_field) {
    auto browser = logged_in();
    const std::pair<std::string, std::string> cases[] = {
        {"", "Choisissez un fichier"},
        {"PK\x03\x04 zip", "pas un fichier CSV"},
        {std::string{"a;b\n1;\0", 7}, "pas un fichier CSV"},
        {"nom;ville\n", "aucune ligne"},
        {"nom;ville\n\"jamais fermé;x\n", "guillemet"},
    };
    const auto before = desk().count("select count(*) from directory.import");
    for (const auto& [content, message] : cases) {
        const auto answer = upload(browser, "account", content, content.empty() ? "" : "x.csv");
        EXPECT_EQ(answer.status, 422) << message;
        EXPECT_TRUE(answer.contains(message)) << message << answer.body;
        EXPECT_TRUE(answer.contains("e-file"));
    }
    EXPECT_EQ(upload(browser, "ticket", "nom\nx\n").status, 422);
    std::string many = "nom\n";
    for (int i = 0; i < 100'001; ++i) many += "x\n";
    EXPECT_TRUE(upload(browser, "account", many).contains("100 000 lignes"));
    EXPECT_EQ(desk().count("select count(*) from directory.import"), before);
}

TEST_F(Import, only_who_may_add_and_change_every_account_imports) {
    auto admin = logged_in();
    const auto path = uploaded(admin, "account", "nom\nInterdit\n");
    desk().add_user("agent-import");
    desk().set_level("agent", "directory.account.update", 1);
    auto agent = logged_in("agent-import");
    for (const auto& target : {std::string{"/imports"}, path, path + "/problems"}) EXPECT_EQ(agent.get(target).status, 403) << target;
    for (const auto* action : {"/format", "/check", "/change", "/run", "/delete"})
        EXPECT_EQ(agent.post(path + action, {}).status, 403) << action;
    EXPECT_FALSE(agent.get("/accounts").contains("href=\"/imports\""));
    EXPECT_EQ(admin.get("/imports/999999").status, 404);
    EXPECT_EQ(agent.get("/imports/999999").status, 403);
}

TEST_F(Import, wrong_lines_are_named_and_nothing_is_stored) {
    auto browser = logged_in();
    const auto before = accounts();
    const auto path = uploaded(browser, "account",
                               "Raison sociale;Code client;Courriel;Type;Actif;Site web;Colonne inconnue\r\n"
                               "Import Un;I-1;un@import.example;Client;oui;;\r\n"
                               ";I-2;;;;;\r\n"
                               "Import Trois;I-3;pas une adresse;Client;oui;;\r\n"
                               "Import Quatre;I-4;;Ami;peut-être;;\r\n"
                               "Import Cinq;i-1;;;;javascript:alert(1);<b>x</b>\r\n"
                               "Import Six;I-6;;;;;;de trop\r\n");
    const auto page = checked(browser, path, "code");
    for (const auto* text : {"pas une adresse", "Ami", "peut-être", "plus de cellules", "javascript:alert(1)", "Saisissez un nom"})
        EXPECT_TRUE(page.contains(text)) << text;
    EXPECT_FALSE(page.contains("Importer maintenant"));
    EXPECT_EQ(desk().count("select problems from directory.import where id = " + path.substr(9)), 6) << page.body;
    browser.post(path + "/run", {});
    EXPECT_EQ(state(path), "checked") << "it cannot be carried out";
    EXPECT_EQ(accounts(), before);
    const auto csv = browser.get(path + "/problems");
    EXPECT_TRUE(csv.header("Content-Type").starts_with("text/csv"));
    EXPECT_TRUE(csv.contains("3;Nom;;")) << csv.body;
    EXPECT_TRUE(csv.contains("4;E-mail;pas une adresse;") || csv.contains("4;Courriel;pas une adresse;")) << csv.body;
}

TEST_F(Import, the_choice_of_columns_is_checked) {
    auto browser = logged_in();
    const auto path = uploaded(browser, "account", "nom;nom bis;ville\na;b;c\n");
    const std::pair<Fields, std::string> cases[] = {
        {{{"column0", "name"}, {"column1", "name"}, {"mode", "both"}}, "Une autre colonne"},
        {{{"column0", "salary"}, {"mode", "both"}}, "e-"},
        {{{"column2", "town"}, {"mode", "both"}}, "Nom"},
        {{{"column0", "name"}, {"mode", "update"}}, "e-key"},
        {{{"column0", "name"}, {"key", "code"}, {"mode", "both"}}, "e-key"},
        {{{"column0", "name"}, {"key", "id"}, {"mode", "both"}}, "e-key"},
        {{{"column0", "name"}, {"mode", "replace"}}, "e-mode"},
    };
    for (const auto& [fields, message] : cases) {
        const auto answer = browser.post(path + "/check", fields);
        EXPECT_EQ(answer.status, 422) << message;
        EXPECT_TRUE(answer.contains(message)) << message << answer.body;
    }
    EXPECT_EQ(state(path), "new");
}

TEST_F(Import, accounts_are_added_and_updated_all_at_once) {
    auto api = desk().api();
    make(api, "accounts", R"({"name":"Import Ancien","code":"IMP-1","town":"Brest","phone":"01 02 03 04 05"})");
    auto browser = logged_in();
    const auto before = accounts();
    // Windows-1252, as a French spreadsheet writes it
    const auto path = uploaded(browser, "account",
                               "N\xb0 client;Nom;Ville;T\xe9l\xe9phone;Actif;Type\n"
                               "imp-1;Import R\xe9nov\xe9;;;non;\n"
                               "IMP-2;\"Import \"\"Deux\"\"\nsur deux lignes\";Orl\xe9"
                               "ans;'+33 1 23 45 67 89;oui;Fournisseur\n");
    EXPECT_TRUE(browser.get(path).contains("<option value=\"windows-1252\" selected")) << browser.get(path).body;
    const auto page = checked(browser, path, "code");
    EXPECT_TRUE(page.contains("Importer maintenant")) << page.body;
    EXPECT_EQ(accounts(), before) << "nothing before it is said";
    EXPECT_TRUE(carried_out(browser, path).contains("a été importé"));
    EXPECT_EQ(accounts(), before + 1);
    const auto old = api.get("/api/v1/accounts?q=imp-1");
    ASSERT_EQ(items(old), 1u);
    const auto* first = old.json().get("items")->at(0);
    EXPECT_EQ(first->get("name")->as_string(), "Import Rénové");
    EXPECT_EQ(first->get("town")->as_string(), "Brest") << "an empty cell leaves what is there";
    EXPECT_FALSE(first->get("active")->as_bool());
    const auto* second = api.get("/api/v1/accounts?q=imp-2").json().get("items")->at(0);
    EXPECT_EQ(std::string{second->get("name")->as_string()}, "Import \"Deux\" sur deux lignes");
    EXPECT_EQ(std::string{second->get("type")->as_string()}, "supplier");
    EXPECT_EQ(std::string{second->get("phone")->as_string()}, "+33 1 23 45 67 89");
    EXPECT_EQ(std::string{second->get("town")->as_string()}, "Orléans");
    EXPECT_EQ(
        desk().count("select count(*) from core.audit where action = 'directory.imported' and subject = 'import/" + path.substr(9) + "'"),
        1);
    EXPECT_EQ(
        desk().count("select count(*) from core.outbox where event = 'directory.imported' and subject = 'import/" + path.substr(9) + "'"),
        2);
    EXPECT_EQ(desk().count("select count(*) from directory.import_line where import_id = " + path.substr(9)), 0);
    EXPECT_EQ(desk().count("select count(*) from directory.import where file_id is not null and state = 'done'"), 0)
        << "the file is removed";
    browser.post(path + "/run", {});
    EXPECT_EQ(accounts(), before + 1) << "once only";
}

TEST_F(Import, modes_leave_what_they_are_not_about) {
    auto api = desk().api();
    make(api, "accounts", R"({"name":"Mode Ancien","code":"MOD-1"})");
    auto browser = logged_in();
    const std::string file = "Numéro de client,Nom\nMOD-1,Mode Changé\nMOD-2,Mode Nouveau\n";
    const auto add = uploaded(browser, "account", file);
    checked(browser, add, "code", "create");
    carried_out(browser, add);
    EXPECT_EQ(items(api.get("/api/v1/accounts?q=mode%20ancien")), 1u);
    EXPECT_EQ(items(api.get("/api/v1/accounts?q=mode%20nouveau")), 1u);
    const auto update = uploaded(browser, "account", "Numéro de client,Nom\nMOD-1,Mode Changé\nMOD-3,Mode Autre\n");
    checked(browser, update, "code", "update");
    carried_out(browser, update);
    EXPECT_EQ(items(api.get("/api/v1/accounts?q=mode%20chang%C3%A9")), 1u);
    EXPECT_EQ(items(api.get("/api/v1/accounts?q=mode%20autre")), 0u);
}

TEST_F(Import, contacts_and_contracts_name_their_account) {
    auto api = desk().api();
    const auto owner = id(make(api, "accounts", R"({"name":"Import Compte Été","code":"CPT-9"})"));
    account(api, "Import Homonyme");
    account(api, "Import Homonyme");
    auto browser = logged_in();
    const auto wrong = uploaded(browser, "contact", "Compte;Nom\nInconnu SA;Durand\nImport Homonyme;Durand\n;Durand\n");
    const auto page = checked(browser, wrong, "");
    for (const auto* text : {"Aucun compte n’a", "Plusieurs comptes", "à quel compte"}) EXPECT_TRUE(page.contains(text)) << text;
    const auto contacts =
        uploaded(browser, "contact",
                 "Compte\tPrénom\tNom\tPrincipal\timport compte ete\ncpt-9\tÉva\tNoël\toui\nimport compte ete\tLéo\tNoël\toui\n");
    checked(browser, contacts, "");
    carried_out(browser, contacts);
    EXPECT_EQ(desk().count("select count(*) from directory.contact where account_id = " + owner), 2);
    EXPECT_EQ(desk().count("select count(*) from directory.contact where main and account_id = " + owner), 1);
    const auto contracts =
        uploaded(browser, "contract",
                 "Client;Libellé;Début;Fin;État\nCPT-9;Entretien;01/02/2026;31/12/2026;En cours\nCPT-9;Garantie;31/02/2026;;\n");
    EXPECT_TRUE(checked(browser, contracts, "").contains("31/02/2026"));
    EXPECT_EQ(desk().count("select problems from directory.import where id = " + contracts.substr(9)), 1);
    const auto right = uploaded(browser, "contract", "Client;Libellé;Début;Fin\nCPT-9;Entretien;01/02/2026;31/12/2026\n");
    checked(browser, right, "");
    carried_out(browser, right);
    EXPECT_EQ(
        desk().count("select count(*) from directory.contract where ref like 'CT-%' and ends_on = '2026-12-31' and account_id = " + owner),
        1);
}

TEST_F(Import, what_changes_after_the_check_stops_all_of_it) {
    auto api = desk().api();
    auto browser = logged_in();
    const auto path = uploaded(browser, "account", "Nom;Numéro de client\nCourse Un;CRS-1\nCourse Deux;CRS-2\n");
    checked(browser, path, "code");
    make(api, "accounts", R"({"name":"Plus rapide","code":"CRS-2"})");
    const auto before = accounts();
    const auto page = carried_out(browser, path);
    EXPECT_EQ(accounts(), before);
    EXPECT_TRUE(page.contains("ont changé depuis")) << page.body;
    EXPECT_EQ(browser.post(path + "/change", {}).status, 303);
    EXPECT_EQ(state(path), "new");
}

TEST_F(Import, three_wrong_lines_among_a_hundred_thousand) {
    auto browser = logged_in();
    std::string file = "Nom;Numéro de client;Courriel;Ville\n";
    for (int i = 0; i < 100'000; ++i) {
        const auto n = std::to_string(i);
        file += (i == 777 ? std::string{} : "Grand import " + n) + ";G-" + n + ";" + (i == 50'000 ? "cassé" : "g" + n + "@import.example") +
                ";";
        file += (i == 99'999 ? std::string(101, 'x') : "Paris") + "\n";
    }
    const auto before = accounts();
    const auto path = uploaded(browser, "account", file);
    const auto page = checked(browser, path, "code");
    EXPECT_EQ(desk().count("select problems from directory.import where id = " + path.substr(9)), 3);
    for (const auto* line : {"779", "50002", "100001"}) EXPECT_TRUE(page.contains(">" + std::string{line} + "<")) << line;
    EXPECT_EQ(accounts(), before);
    EXPECT_EQ(browser.post(path + "/delete", {{"confirmed", "1"}}).status, 303);
    EXPECT_EQ(desk().count("select count(*) from directory.import_line where import_id = " + path.substr(9)), 0);
}

TEST_F(Import, R46_an_export_comes_back_as_it_was) {
    auto api = desk().api();
    make(api, "accounts", R"({"name":"=1+1 Export","code":"EXP-1","phone":"+33 1 11 22 33 44","notes":"deux\nlignes; et \"guillemets\""})");
    auto browser = logged_in();
    const auto csv = browser.get("/accounts/export?q=exp-1");
    EXPECT_EQ(csv.status, 200);
    EXPECT_TRUE(csv.contains("'=1+1 Export;Client;EXP-1;")) << csv.body;
    EXPECT_TRUE(csv.contains("'+33 1 11 22 33 44"));
    const auto path = uploaded(browser, "account", csv.body);
    checked(browser, path, "code");
    EXPECT_TRUE(carried_out(browser, path).contains("a été importé"));
    const auto* row = api.get("/api/v1/accounts?q=exp-1").json().get("items")->at(0);
    EXPECT_EQ(std::string{row->get("name")->as_string()}, "=1+1 Export");
    EXPECT_EQ(std::string{row->get("notes")->as_string()}, "deux\nlignes; et \"guillemets\"");
    EXPECT_TRUE(browser.get("/contacts/export").header("Content-Type").starts_with("text/csv"));
    EXPECT_EQ(desk().browser().get("/accounts/export").status, 303) << "not for strangers";
}

TEST_F(Import, rest_sends_checks_and_carries_out) {
    auto api = desk().api();
    const auto parts = [](const std::string& object, const std::string& csv, const std::string& more = {}) {
        const auto part = [](const std::string& head, const std::string& text) {
            return "--b\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + text + "\r\n";
        };
        return part("name=\"object\"", object) + more + part("name=\"file\"; filename=\"a.csv\"", csv) + "--b--\r\n";
    };
    const web_test::Headers type{{"Content-Type", "multipart/form-data; boundary=b"}};
    const auto send = [&](const std::string& body) { return api.write("POST", "/api/v1/imports", body, type); };
    EXPECT_FALSE(send(parts("ticket", "nom\nx\n")).error("object").empty());
    EXPECT_FALSE(send(parts("account", "")).error("file").empty());
    EXPECT_FALSE(send(parts("account", "ville\nx\n")).error("columns").empty()) << "no name";
    const auto before = desk().count("select count(*) from directory.import");
    const auto salary = "--b\r\nContent-Disposition: form-data; name=\"columns\"\r\n\r\nname,salary\r\n";
    EXPECT_FALSE(send(parts("account", "a,b\nx,y\n", salary)).error("columns").empty());
    EXPECT_EQ(desk().count("select count(*) from directory.import"), before) << "nothing half";
    const auto wait = [&](const std::string& path, const std::string& busy) {
        for (int i = 0; i < 1200 && state(path) == busy; ++i) std::this_thread::sleep_for(std::chrono::milliseconds{50});
        return api.get(path);
    };
    const auto wrong = send(parts("account", "nom,courriel\nRest Un,nulle part\n"));
    ASSERT_EQ(wrong.status, 201) << wrong.body;
    const auto told = wait(wrong.header("Location"), "checking");
    ASSERT_EQ(told.integer("problems"), 1) << told.body;
    EXPECT_EQ(told.json().get("errors")->at(0)->get("field")->as_string(), "email");
    EXPECT_EQ(api.post(wrong.header("Location") + "/run", "{}").status, 409);
    EXPECT_EQ(api.del(wrong.header("Location")).status, 204);
    const auto right =
        send(parts("account", "a,b\nRest Deux,Metz\n", "--b\r\nContent-Disposition: form-data; name=\"columns\"\r\n\r\nname,town\r\n"));
    ASSERT_EQ(right.status, 201) << right.body;
    EXPECT_EQ(wait(right.header("Location"), "checking").integer("created"), 1);
    EXPECT_EQ(api.post(right.header("Location") + "/run", "{}").status, 200);
    EXPECT_EQ(wait(right.header("Location"), "running").text("state"), "done");
    EXPECT_EQ(items(api.get("/api/v1/accounts?q=rest%20deux%20metz")), 1u);
    desk().add_user("agent-rest-import");
    desk().set_level("agent", "directory.account.update", 1);
    EXPECT_EQ(desk().api("agent-rest-import").get(right.header("Location")).status, 403);
}

TEST_F(Import, fields_of_administrators_are_filled_in) {
    auto browser = logged_in();
    browser.get("/admin/fields");
    const auto define = [&](const std::string& code, const std::string& type, const std::string& mandatory) {
        std::map<std::string, std::string> form{
            {"object", "directory.account"}, {"type", type},   {"code", code},     {"label_fr", "Champ " + code},
            {"label_en", "Field " + code},   {"in_form", "1"}, {"currency", "EUR"}};
        if (!mandatory.empty()) form["mandatory"] = "1";
        ASSERT_EQ(browser.post("/admin/fields/new", form).status, 303) << code;
    };
    define("since", "date", "");
    define("vip", "boolean", "");
    define("sector", "text", "1");
    const auto wrong =
        uploaded(browser, "account", "Nom;Champ since;Champ vip;Champ sector\nChamps Un;31/02/2026;oui;Bois\nChamps Deux;;non;\n");
    const auto page = checked(browser, wrong, "");
    EXPECT_EQ(desk().count("select problems from directory.import where id = " + wrong.substr(9)), 2) << page.body;
    const auto right = uploaded(browser, "account", "Nom;Champ since;Champ vip;Champ sector\nChamps Un;28/02/2026;oui;Bois\n");
    checked(browser, right, "");
    EXPECT_TRUE(carried_out(browser, right).contains("a été importé"));
    EXPECT_EQ(desk().count("select count(*) from directory.account where name = 'Champs Un' and custom @> '{\"since\": \"2026-02-28\", "
                           "\"vip\": true, \"sector\": \"Bois\"}'"),
              1);
    EXPECT_TRUE(browser.get("/accounts/export?q=champs%20un").contains("Bois"));
    desk().app->pool().exec("delete from core.custom_field where object = 'directory.account'");
}

}  // namespace directory_test
