// Lists as people and programs narrow them, and what leaves the desk with them.
#include "tickets/desk_of_tickets.hpp"

#include "http/message.hpp"

namespace tickets_test {

class ListFilters : public Tickets {
protected:
    void SetUp() override {
        Tickets::SetUp();
        if (desk().count("select count(*) from core.app_user where login = 'nordine'")) return;
        desk().add_user("nordine", "agent", "Nord");
        desk().add_user("sud", "agent", "Sud");
    }
};

TEST_F(ListFilters, R43_what_is_not_in_the_table_is_refused_by_rest_and_left_out_by_pages) {
    auto api = desk().api();
    ticket(api, "R43 visible");
    auto browser = logged_in();
    for (const std::string query : {"colour=red",
                                    "id%3B--=1",
                                    "created_at=2026-01-01",
                                    "priority.from=1",
                                    "created_at.from=hier",
                                    "created_at.to=2026-02-30",
                                    "progress.from=%27",
                                    "category=NOPE",
                                    "channel=pigeon",
                                    "contact_id=-1",
                                    "contract_id=1%20or%201",
                                    "created_by=(select%20pg_sleep(3))",
                                    "late=yes",
                                    "visible_to_client=1",
                                    "watcher=none",
                                    "tag=a,b",
                                    "team=x",
                                    "assignee=",
                                    "assignee=me&assignee=none",
                                    "sort=subject%3B--"}) {
        EXPECT_EQ(api.get("/api/v1/tickets?" + query).status, query == "assignee=" ? 200 : 422) << query;
        EXPECT_EQ(browser.get("/tickets?phase=all&" + query).status, 200) << query;
    }
}

TEST_F(ListFilters, S2_30_every_field_narrows_the_list) {
    web_test::Desk own;
    own.add_user("nordine", "agent", "Nord");
    auto api = own.api(), other = own.api("nordine");
    const auto account = id(make(api, "accounts", R"({"name":"Un"})"));
    const auto contact = id(make(api, "contacts", R"({"last_name":"Léa","account_id":)" + account + "}"));
    ticket(api, "a", R"("category":"NETWORK","severity":"MAJOR","contact_id":)" + contact);
    ticket(api, "b", R"("category":"NETWORK","team":"Nord","due_at":"2026-11-20T10:00:00Z")");
    ticket(other, "c", R"("severity":"MINOR","assignee":"me","due_at":"2030-01-01T00:00:00Z")");
    const auto d = ticket(api, "d", R"("category":"BILLING","due_at":"2020-01-01T00:00:00Z")");
    api.post(path(d) + "/close", "");
    api.patch(path(ticket(api, "e")), R"({"progress":40})");
    own.app->pool().exec("update tickets.ticket set channel = 'phone', created_at = '2026-03-31 22:30:00+00' where subject = 'e'");
    const auto list = [&](const std::string& query) { return subjects(api.get("/api/v1/tickets?sort=ref&" + query)); };
    EXPECT_EQ(list("category=NETWORK"), "a,b");
    EXPECT_EQ(list("category=NETWORK&category=BILLING"), "a,b,d");
    EXPECT_EQ(list("severity=MAJOR&category=NETWORK"), "a");
    EXPECT_EQ(list("contact_id=" + contact), "a");
    EXPECT_EQ(list("account_id=" + account), "a");
    EXPECT_EQ(list("channel=phone"), "e");
    EXPECT_EQ(list("progress.from=1&progress.to=99"), "e");
    EXPECT_EQ(list("created_by=nordine"), "c");
    EXPECT_EQ(list("assignee=nordine"), "c");
    EXPECT_EQ(subjects(other.get("/api/v1/tickets?assignee=me")), "c");
    EXPECT_EQ(list("due_at.from=2026-11-20&due_at.to=2026-11-20"), "b");
    EXPECT_EQ(list("due_at.from=2026-11-20T10:00:00Z&due_at.to=2026-11-20T10:00:00Z"), "b");
    EXPECT_EQ(list("closed_at.from=2026-01-01"), "d");
    own.app->pool().exec("update tickets.ticket set tags = '{urgent,\"salon, hall\"}', visible_to_client = true where subject = 'a'");
    api.post(path(d) + "/watchers", R"({"user":"nordine"})");
    EXPECT_EQ(list("tag=urgent"), "a");
    EXPECT_EQ(list("tag=urgent&tag=autre"), "");
    EXPECT_EQ(list("visible_to_client=true"), "a");
    EXPECT_EQ(list("visible_to_client=false&category=NETWORK"), "b");
    EXPECT_EQ(list("watcher=nordine"), "d");
    EXPECT_EQ(list("in_charge=none&category=NETWORK"), "a,b");
    EXPECT_EQ(list("late=1"), "b") << "what is closed is late no more";
    EXPECT_EQ(list("created_at.to=2026-04-01"), "e") << "a day of the user's zone: it is April in Paris";
    EXPECT_EQ(list("created_at.to=2026-03-31"), "");
}

TEST_F(ListFilters, once_the_account_is_chosen_its_contacts_and_contracts_can_be) {
    auto api = desk().api();
    const auto account = id(make(api, "accounts", R"({"name":"Menuiserie Le Goff"})"));
    const auto contact = id(make(api, "contacts", R"({"last_name":"Le Goff","account_id":)" + account + "}"));
    ticket(api, "de Mme Le Goff", R"("account_id":)" + account + R"(,"contact_id":)" + contact);
    ticket(api, "de l'accueil", R"("account_id":)" + account);
    auto browser = logged_in();
    EXPECT_FALSE(browser.get("/tickets").contains("id=\"f-contact_id\""));
    // without its account there is no control: the choice is kept beside the form
    EXPECT_TRUE(browser.get("/tickets?contact_id=" + contact).contains("name=\"contact_id\" value=\"" + contact + "\""));
    const auto page = browser.get("/tickets?account_id=" + account + "&contact_id=" + contact);
    EXPECT_TRUE(page.contains("<option value=\"" + contact + "\" selected>Le Goff</option>")) << page.body;
    EXPECT_TRUE(page.contains("de Mme Le Goff"));
    EXPECT_FALSE(page.contains("de l&#39;accueil")) << page.body;
}

TEST_F(ListFilters, a_filter_that_is_not_understood_finds_nothing_and_says_so) {
    web_test::Desk own;
    auto api = own.api();
    ticket(api, "à ne pas fermer avec tous les autres");
    auto browser = own.browser();
    browser.log_in("admin");
    for (const std::string query : {"account_id=zzz", "created_at.from=hier", "progress.from=beaucoup", "visible_to_client=1"}) {
        const auto page = browser.get("/tickets?phase=all&" + query);
        EXPECT_TRUE(page.contains("n’a pas été compris")) << query;
        EXPECT_FALSE(page.contains("à ne pas fermer")) << query;
    }
    EXPECT_FALSE(browser.get("/tickets/export?phase=all&account_id=zzz").contains("à ne pas fermer"));
    EXPECT_TRUE(browser.get("/tickets?phase=all&unknown=1").contains("à ne pas fermer")) << "what is no filter narrows nothing";
}

TEST_F(ListFilters, S3_05_my_teams_are_those_I_belong_to) {
    web_test::Desk own;
    own.add_user("nordine", "agent", "Nord");
    own.add_user("sud", "agent", "Sud");
    auto api = own.api();
    ticket(api, "nord", R"("team":"Nord")");
    ticket(api, "sud", R"("team":"Sud")");
    ticket(api, "personne");
    const auto list = [&](const std::string& who) { return subjects(own.api(who).get("/api/v1/tickets?team=mine")); };
    EXPECT_EQ(list("nordine"), "nord");
    EXPECT_EQ(list("sud"), "sud");
    EXPECT_EQ(list("admin"), "") << "of no team: no ticket, not all of them";
    auto browser = own.browser();
    browser.log_in("nordine");
    const auto page = browser.get("/tickets?team=mine");
    EXPECT_TRUE(page.contains(">nord</a>"));
    EXPECT_FALSE(page.contains(">sud</a>"));
    EXPECT_TRUE(page.contains("href=\"/tickets?team=mine\" aria-current=\"page\""));
}

TEST_F(ListFilters, S2_30_sorted_by_status_category_and_severity) {
    web_test::Desk own;
    auto api = own.api();
    ticket(api, "1", R"("category":"NETWORK","severity":"BLOCKING")");
    ticket(api, "2", R"("category":"HARDWARE")");
    ticket(api, "3", R"("severity":"MINOR")");
    api.patch(path(ticket(api, "4", R"("category":"HARDWARE")")), R"({"status":"IN_PROGRESS"})");
    const auto sorted = [&](const std::string& sort) {
        std::string joined, cursor;
        do {
            const auto page = api.get("/api/v1/tickets?limit=1&sort=" + sort + (cursor.empty() ? "" : "&cursor=" + cursor));
            joined += subjects(page);
            cursor = page.text("next");
        } while (!cursor.empty());
        return joined;
    };
    EXPECT_EQ(sorted("status"), "3214");
    EXPECT_EQ(sorted("-status"), "4321");
    EXPECT_EQ(sorted("category"), "3421");
    EXPECT_EQ(sorted("-category"), "1423");
    EXPECT_EQ(sorted("severity"), "4231");
    EXPECT_EQ(sorted("-severity"), "1342");
}

TEST_F(ListFilters, chips_say_what_is_filtered_and_take_off_one_by_one) {
    auto browser = logged_in();
    const auto page = browser.get("/tickets?phase=all&priority=HIGH&priority=LOW&created_at.from=2026-11-02&late=1");
    EXPECT_TRUE(page.contains("href=\"/tickets?phase=all&amp;priority=LOW&amp;created_at.from=2026-11-02&amp;late=1\"")) << "without HIGH";
    EXPECT_TRUE(page.contains("href=\"/tickets?phase=all&amp;priority=HIGH&amp;created_at.from=2026-11-02&amp;late=1\"")) << "without LOW";
    EXPECT_TRUE(page.contains("href=\"/tickets?phase=all&amp;priority=HIGH&amp;priority=LOW&amp;late=1\"")) << "without the day";
    EXPECT_TRUE(page.contains("02/11/2026"));
    EXPECT_FALSE(browser.get("/tickets").contains("class=\"filter-chip\""));
}

TEST_F(ListFilters, the_columns_are_those_of_the_address_in_its_order) {
    auto api = desk().api();
    ticket(api, "colonnes", R"("category":"NETWORK")");
    const auto page = logged_in().get("/tickets?q=colonnes&columns=category,nonsense,subject,category");
    const auto heads = page.body.substr(page.body.find("<thead>"), page.body.find("</thead>") - page.body.find("<thead>"));
    EXPECT_LT(heads.find("Catégorie"), heads.find("Titre"));
    EXPECT_EQ(heads.find("Priorité"), std::string::npos);
    EXPECT_TRUE(page.contains("Réseau"));
}

TEST_F(ListFilters, columns_are_chosen_and_ordered_without_javascript) {
    desk().add_user("colonne", "agent");
    auto browser = logged_in("colonne");
    auto api = desk().api();
    ticket(api, "à montrer");
    const auto heads = [&] {
        const auto page = browser.get("/tickets");
        return page.body.substr(page.body.find("<thead>"), page.body.find("</thead>") - page.body.find("<thead>"));
    };
    browser.get("/tickets/columns");
    EXPECT_EQ(browser.post("/tickets/columns", {{"order", "subject,nonsense,category,priority"}}).status, 303);
    EXPECT_LT(heads().find("Catégorie"), heads().find("Priorité"));
    EXPECT_EQ(browser.post("/tickets/columns", {{"up", "priority"}}).status, 303);
    EXPECT_GT(heads().find("Catégorie"), heads().find("Priorité"));
    EXPECT_EQ(browser.post("/tickets/columns", {{"remove", "category"}}).status, 303);
    EXPECT_EQ(heads().find("Catégorie"), std::string::npos);
    EXPECT_EQ(browser.post("/tickets/columns", {{"add", "due_at"}}).status, 303);
    EXPECT_NE(heads().find("Échéance"), std::string::npos);
    EXPECT_EQ(browser.get("/tickets/columns?x=1").status, 200);
    EXPECT_EQ(browser.post("/tickets/columns", {{"reset", "1"}}).status, 303);
    EXPECT_NE(heads().find("Compte"), std::string::npos);
    EXPECT_EQ(logged_in().get("/tickets").body.find("data-label=\"Échéance\""), std::string::npos) << "everybody has his own";
}

class Search : public Tickets {};

TEST_F(Search, R44_every_word_is_found_somewhere_by_who_may_read_it) {
    web_test::Desk own;
    own.add_user("lea", "agent");
    own.add_user("paul", "agent");
    auto api = own.api(), lea = own.api("lea"), paul = own.api("paul");
    const auto account = id(make(api, "accounts", R"({"name":"Boulangerie Éluard & Fils"})"));
    const auto contact = id(make(api, "contacts", R"({"first_name":"Odile","last_name":"Crémieux","account_id":)" + account + "}"));
    const auto a = ticket(api, "Panne", R"("description":"Les imprimantes de l’atelier sont arrêtées.","contact_id":)" + contact);
    const auto b = ticket(api, "Autre panne", R"("description":"The printers are broken")");
    api.post(path(a) + "/messages", R"({"body":"Le commutateur a été remplacé","visibility":"public"})");
    api.post(path(a) + "/messages", R"({"body":"voir la fiche zinzolin","visibility":"team"})");
    lea.post(path(b) + "/messages", R"({"body":"mot de passe xanthophylle","visibility":"private","to_user":"paul"})");
    const auto found = [&](Api& who, const std::string& q) {
        return subjects(who.get("/api/v1/tickets?sort=ref&q=" + host::http::percent_encode(q)));
    };
    EXPECT_EQ(found(api, "imprimante"), "Panne") << "the stem, in French";
    EXPECT_EQ(found(api, "l’imprimante"), "Panne");
    EXPECT_EQ(found(api, "arrete"), "Panne") << "without the accents";
    EXPECT_EQ(found(api, "printer break"), "") << "every word";
    EXPECT_EQ(found(api, "PRINTER"), "Autre panne") << "the stem, in English";
    EXPECT_EQ(found(api, "commutateurs"), "Panne") << "in a message";
    EXPECT_EQ(found(api, "zinzolin"), "Panne") << "in a team note";
    EXPECT_EQ(found(api, "langerie"), "Panne") << "part of the company's name";
    EXPECT_EQ(found(api, "eluard imprimante commutateur"), "Panne") << "each word in another place";
    EXPECT_EQ(found(api, "cremieux"), "Panne") << "the contact's name";
    EXPECT_EQ(found(api, a.text("ref")), "Panne");
    EXPECT_EQ(found(lea, "xanthophylle"), "Autre panne") << "a private message by its author";
    EXPECT_EQ(found(paul, "xanthophylle"), "Autre panne") << "and by its recipient";
    EXPECT_EQ(found(api, "xanthophylle"), "") << "and by nobody else";
    for (const std::string sign : {"%", "_", "\\", "&", "|", "!", ":*", "'", "(", "<->"})
        EXPECT_EQ(found(api, sign), sign == "&" ? "Panne" : "") << sign;
    EXPECT_EQ(found(api, "éluard & fils"), "Panne");
    own.add_user("max", "reader");
    own.set_level("reader", "tickets.ticket.read", 1);
    auto max = own.api("max");
    EXPECT_EQ(found(max, "zinzolin"), "") << "who does not see the ticket";
}

TEST_F(Search, follows_what_is_written_and_taken_away) {
    auto api = desk().api();
    const auto made = ticket(api, "mouvant", R"("description":"wolfram")");
    const auto found = [&](const std::string& q) { return items(api.get("/api/v1/tickets?q=" + q)).size(); };
    EXPECT_EQ(found("wolfram"), 1u);
    api.post(path(made) + "/messages", R"({"body":"molybdene","visibility":"team"})");
    api.patch(path(made), R"({"description":"tantale"})");
    EXPECT_EQ(found("wolfram"), 0u);
    EXPECT_EQ(found("tantale"), 1u);
    EXPECT_EQ(found("molybdene"), 1u);
    desk().app->pool().exec("delete from tickets.message where ticket_id = " + id(made));
    EXPECT_EQ(found("molybdene"), 0u);
    EXPECT_EQ(found("tantale"), 1u);
}

class SavedViews : public Tickets {
protected:
    web_test::Desk desk;
    Api api = desk.api();
};

TEST_F(SavedViews, what_the_list_does_not_know_is_not_kept) {
    for (const std::string body :
         {R"({"query":"priority=HIGH"})", R"({"name":" "})", R"({"name":1})", R"({"name":"x","shared":"yes"})",
          R"({"name":"x","colour":"red"})", R"({"name":"x","query":"colour=red"})", R"({"name":"x","query":"priority=NOPE"})",
          R"({"name":"x","query":"sort=id%3B--"})", R"({"name":"x","query":"cursor=1"})", R"([])"})
        EXPECT_EQ(api.post("/api/v1/tickets/views", body).status, 422) << body;
    EXPECT_EQ(api.post("/api/v1/tickets/views", R"({"name":")" + std::string(61, 'x') + "\"}").status, 422);
    EXPECT_EQ(desk.count("select count(*) from tickets.saved_view"), 0);
    auto browser = desk.browser();
    browser.log_in("admin");
    browser.get("/tickets");
    EXPECT_EQ(browser.post("/tickets/views", {{"name", "page"}, {"query", "priority=HIGH&colour=red&cursor=1"}}).status, 303);
    EXPECT_EQ(items(api.get("/api/v1/tickets/views")).at(0)->get("query")->as_string(), "priority=HIGH");
}

TEST_F(SavedViews, are_for_their_owner_until_they_are_shared) {
    desk.add_user("lea", "agent");
    auto lea = desk.api("lea");
    const auto mine = make(lea, "tickets/views", R"({"name":"À moi","query":"assignee=me&sort=due_at&columns=ref,subject"})");
    const auto place = "/api/v1/tickets/views/" + id(mine);
    EXPECT_EQ(api.get(place).status, 404) << "not even for an administrator";
    EXPECT_EQ(lea.post("/api/v1/tickets/views", R"({"name":"à MOI"})").status, 422) << "one name, one view";
    EXPECT_EQ(lea.patch(place, R"({"shared":true})").status, 422) << "an agent may not share";
    const auto shared = make(api, "tickets/views", R"({"name":"À tous","query":"priority=HIGH","shared":true})");
    const auto theirs = "/api/v1/tickets/views/" + id(shared);
    EXPECT_EQ(lea.get(theirs).text("name"), "À tous");
    EXPECT_EQ(lea.patch(theirs, R"({"name":"pris"})").status, 403);
    EXPECT_EQ(lea.del(theirs).status, 403);
    EXPECT_EQ(api.patch(theirs, R"({"name":"Urgents"})", {{"If-Match", "\"v7\""}}).status, 412);
    EXPECT_EQ(api.patch(theirs, R"({"name":"Urgents"})").text("name"), "Urgents");
    auto browser = desk.browser();
    browser.log_in("lea");
    const auto list = browser.get("/tickets");
    EXPECT_TRUE(list.contains(">Urgents</a>"));
    EXPECT_TRUE(list.contains(">À moi</a>"));
    const auto opened = browser.get("/tickets?view=" + id(mine));
    EXPECT_EQ(opened.status, 303);
    EXPECT_EQ(opened.header("Location"), "/tickets?assignee=me&sort=due_at&columns=ref%2Csubject&view=" + id(mine));
    EXPECT_EQ(lea.del(place).status, 204);
    EXPECT_EQ(lea.get(place).status, 404);
    EXPECT_FALSE(browser.get("/tickets").contains(">À moi</a>"));
}

TEST_F(SavedViews, R31_a_shared_view_shows_each_reader_what_he_may_see) {
    desk.add_user("restreinte", "agent");
    ticket(api, "secret", R"("priority":"HIGH")");
    ticket(api, "à elle", R"("priority":"HIGH","assignee":"restreinte")");
    const auto shared = make(api, "tickets/views", R"({"name":"Hautes","query":"priority=HIGH","shared":true})");
    desk.set_level("agent", "tickets.ticket.read", 1);
    auto browser = desk.browser();
    browser.log_in("restreinte");
    const auto page = browser.get("/tickets?priority=HIGH&view=" + id(shared));
    EXPECT_TRUE(page.contains("à elle"));
    EXPECT_FALSE(page.contains("secret"));
}

TEST_F(SavedViews, are_renamed_changed_and_deleted_without_javascript) {
    auto browser = desk.browser();
    browser.log_in("admin");
    browser.get("/tickets");
    const auto location = browser.post("/tickets/views", {{"name", "Tard"}, {"query", "late=1"}}).header("Location");
    const auto view = "/tickets/views/" + std::to_string(desk.count("select id from tickets.saved_view"));
    EXPECT_TRUE(browser.get(location).contains("aria-current=\"page\">Tard</a>"));
    const auto wrong = browser.post(view, {{"name", ""}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(wrong.contains("Indiquez un nom."));
    EXPECT_EQ(browser.post(view, {{"query", "priority=LOW"}}).status, 303);
    EXPECT_EQ(browser.post(view, {{"name", "Bas"}}).status, 303);
    EXPECT_EQ(desk.count("select count(*) from tickets.saved_view where name = 'Bas' and query = 'priority=LOW' and not shared"), 1);
    EXPECT_TRUE(browser.post(view + "/delete", {}).contains("name=\"confirmed\""));
    EXPECT_EQ(browser.post(view + "/delete", {{"confirmed", "1"}}).status, 303);
    EXPECT_EQ(desk.count("select count(*) from tickets.saved_view"), 0);
}

class Export : public Tickets {
protected:
    static std::string line_of(const Answer& csv, const std::string& text) {
        const auto at = csv.body.find(text);
        if (at == std::string::npos) return {};
        const auto begin = csv.body.rfind("\r\n", at);
        return csv.body.substr(begin == std::string::npos ? 0 : begin + 2,
                               csv.body.find("\r\n", at) - (begin == std::string::npos ? 0 : begin + 2));
    }
};

TEST_F(Export, R46_a_cell_is_never_a_formula) {
    auto api = desk().api();
    for (const std::string subject : {"=cmd|' /C calc'!A0", "+33 1 23", "-2+3", "@SUM(1)", "point; \\\"virgule\\\""}) ticket(api, subject);
    const auto csv = logged_in().get("/tickets/export?columns=subject");
    EXPECT_EQ(csv.status, 200);
    EXPECT_EQ(csv.header("Content-Type"), "text/csv; charset=utf-8");
    EXPECT_EQ(csv.header("Content-Disposition"), "attachment; filename=\"tickets.csv\"");
    EXPECT_TRUE(csv.body.starts_with("\xef\xbb\xbfTitre\r\n"));
    EXPECT_EQ(line_of(csv, "calc"), "'=cmd|' /C calc'!A0");
    EXPECT_EQ(line_of(csv, "33 1 23"), "'+33 1 23");
    EXPECT_EQ(line_of(csv, "2+3"), "'-2+3");
    EXPECT_EQ(line_of(csv, "SUM"), "'@SUM(1)");
    EXPECT_EQ(line_of(csv, "virgule"), "\"point; \"\"virgule\"\"\"");
}

TEST_F(Export, has_the_tickets_and_columns_of_the_list_and_leaves_a_trace) {
    web_test::Desk own;
    auto api = own.api();
    const auto account = id(make(api, "accounts", R"({"name":"Boulangerie"})"));
    ticket(api, "dedans", R"("priority":"HIGH","account_id":)" + account);
    ticket(api, "dehors", R"("priority":"LOW")");
    const auto closed = ticket(api, "fermé", R"("priority":"HIGH")");
    api.post(path(closed) + "/close", "");
    own.app->pool().exec("update tickets.ticket set due_at = '2026-07-01 22:30:00+00', channel = 'letter' where subject = 'dedans'");
    auto browser = own.browser();
    browser.log_in("admin");
    const auto csv = browser.get("/tickets/export?priority=HIGH&columns=subject,account,priority,status,channel,due_at,assignee");
    EXPECT_EQ(csv.body,
              "\xef\xbb\xbfTitre;Compte;Priorité;État;Origine;Échéance;Responsable\r\n"
              "dedans;Boulangerie;Haute;Nouveau;Par courrier;2026-07-02 00:30;\r\n");
    EXPECT_EQ(own.count("select count(*) from core.audit where action = 'tickets.exported' and details->>'tickets' = '1'"), 1);
}

TEST_F(Export, R28_holds_nothing_that_its_reader_may_not_see) {
    web_test::Desk own;
    own.add_user("restreinte", "agent", "Nord");
    auto api = own.api();
    ticket(api, "à elle", R"("assignee":"restreinte")");
    ticket(api, "secret");
    own.set_level("agent", "tickets.ticket.read", 1);
    auto browser = own.browser();
    browser.log_in("restreinte");
    const auto csv = browser.get("/tickets/export?phase=all");
    EXPECT_TRUE(csv.contains("à elle"));
    EXPECT_FALSE(csv.contains("secret"));
    own.add_user("dehors", "reader");
    own.set_level("reader", "tickets.ticket.read", 0);
    auto outside = own.browser();
    outside.log_in("dehors");
    EXPECT_EQ(outside.get("/tickets/export").status, 403);
}

TEST_F(Export, is_never_more_than_it_says) {
    web_test::Desk own;
    own.app->pool().exec("alter table tickets.ticket disable trigger ticket_inserted");  // many, and nobody searches them
    for (int first = 1'000'001; first <= 1'050'001; first += 10'000)
        own.app->pool().exec(
            "insert into tickets.ticket (number, ref, subject, status_id) select n, 'X' || n, 'foule', (select min(id) from "
            "tickets.status) "
            "from generate_series(" +
            std::to_string(first) + ", least(1050001, " + std::to_string(first + 9999) + ")) n");
    auto browser = own.browser();
    browser.log_in("admin");
    const auto refused = browser.get("/tickets/export");
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("50\u202f000") || refused.contains("50 000") || refused.contains("50\u00a0000"));
    own.app->pool().exec("delete from tickets.ticket where number = 1050001");
    const auto csv = browser.get("/tickets/export?columns=ref");
    EXPECT_EQ(std::ranges::count(csv.body, '\n'), 50001);
}

}  // namespace tickets_test
