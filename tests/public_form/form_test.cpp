// The form that anybody may send (rows S2-07, S2-10, S2-15, S2-27, S2-38, S2-39; security.md 2.5).
#include "public_desk.hpp"

#include <thread>

namespace {

using namespace public_form_test;

using Form = PublicForm;

}  // namespace

TEST_F(Form, WhatIsMissingIsSaidBesideItAndWhatWasTypedStays) {
    const auto tickets = count("tickets.ticket");
    auto browser = visitor("fr");
    auto fields =
        request_fields(browser, {{"email", "claire@"}, {"subject", " "}, {"description", "Depuis <b>ce matin</b>"}, {"type", "NONE"}});
    const auto answer = browser.post("/public/new", fields);
    EXPECT_EQ(answer.status, 422);
    EXPECT_NE(between(answer.body, "id=\"e-email\"", "</div>").find("Saisissez une adresse électronique comme"), std::string::npos)
        << answer.body;
    EXPECT_NE(between(answer.body, "id=\"e-subject\"", "</div>").find("Dites en quelques mots"), std::string::npos);
    EXPECT_NE(between(answer.body, "id=\"e-type\"", "</div>").find("Choisissez une valeur"), std::string::npos);
    EXPECT_TRUE(answer.contains("value=\"claire@\""));
    EXPECT_TRUE(answer.contains("Depuis &lt;b&gt;ce matin&lt;/b&gt;"));
    EXPECT_EQ(hidden(answer, "form"), fields["form"]);
    EXPECT_EQ(send({{"subject", std::string(201, 'x')}}).status, 422);
    EXPECT_EQ(send({{"email", "a@example.org, b@example.org"}}).status, 422);
    EXPECT_EQ(send({{"email", "a@example.org\r\nBcc: b@example.org"}}).status, 422);
    EXPECT_EQ(count("tickets.ticket"), tickets);
}

TEST_F(Form, ProgramsAreStopped) {
    const auto tickets = count("tickets.ticket");
    const auto stays_empty = send({{"website", "https://pills.example"}});
    EXPECT_EQ(stays_empty.status, 422);
    EXPECT_TRUE(stays_empty.contains("value=\"claire@example.org\""));
    EXPECT_TRUE(stays_empty.contains("a field that stays empty was filled in"));
    for (const std::string token :
         {"", "x", "1.2.3", "1795411030384539.rbfS9rOzUX_p4SSpiAi9Mgl_d0-NW1sQIdu4JjHmBrQ.xKZvjBDllpiV9e0fYJhV00G2f0fyMeF-w1yxZY9JBks"}) {
        auto browser = visitor();
        auto fields = request_fields(browser);
        fields["form"] = token;
        const auto answer = browser.post("/public/new", fields);
        EXPECT_EQ(answer.status, 422) << token;
        // it comes back with one that is good
        fields["form"] = hidden(answer, "form");
        EXPECT_NE(fields["form"], token);
    }
    arrange({{"fastest_s", "60"}});
    EXPECT_TRUE(send().contains("That was very quick"));
    arrange({});
    EXPECT_EQ(count("tickets.ticket"), tickets);
}

TEST_F(Form, AClosedFormSaysSoAndTakesNothing) {
    arrange({{"open", ""}, {"closed_en", "We are **away** until Monday."}});
    auto browser = visitor();
    EXPECT_TRUE(browser.get("/public/new").contains("We are <strong>away</strong> until Monday."));
    EXPECT_FALSE(browser.get("/public").contains("/public/new"));
    const auto tickets = count("tickets.ticket");
    browser.post("/public/new", {{"email", "claire@example.org"}, {"subject", "x"}});
    EXPECT_EQ(count("tickets.ticket"), tickets);
    arrange({});
}

TEST_F(Form, S2_07_S2_15_AnybodySendsARequestWithHisAddress) {
    const auto id = sent({{"email", " Claire@Example.ORG "},
                          {"name", "Claire Morel"},
                          {"subject", "Écran noir"},
                          {"description", "Depuis ce matin."},
                          {"category", "HARDWARE"}});
    EXPECT_EQ(
        scalar(
            "select concat_ws('|', subject, description, category, channel, requester_email, requester_name, created_by, visible_to_client)"
            " from tickets.ticket where id = " +
            std::to_string(id)),
        "Écran noir|Depuis ce matin.|HARDWARE|web|claire@example.org|Claire Morel|t");
}

TEST_F(Form, R35_WhatIsNotOnTheFormChangesNothing) {
    const auto other = account("Autre");
    const auto id = sent({{"status", "CLOSED"},
                          {"assignee", "1"},
                          {"account_id", std::to_string(other)},
                          {"is_internal", "1"},
                          {"created_at", "2020-01-01T00:00:00Z"},
                          {"tracking_token", "x"},
                          {"tracking_id", "x"},
                          {"role", "admin"},
                          {"number", "T1"},
                          {"team", "1"},
                          {"visible_to_client", "false"},
                          {"requester_email", "other@example.org"},
                          {"channel", "phone"},
                          {"automatic", "true"}});
    EXPECT_EQ(
        scalar("select concat_ws('|', s.phase, t.assignee_id, t.account_id, t.team_id, t.requester_email, t.channel, t.visible_to_client,"
               " t.created_at > now() - interval '1 hour', length(t.tracking_id) > 10) from tickets.ticket t"
               " join tickets.status s on s.id = t.status_id where t.id = " +
               std::to_string(id)),
        "new|claire@example.org|web|t|t|t");
}

TEST_F(Form, S2_10_TheCustomerIsRecognisedByExactlyHisAddress) {
    const auto bakery = account("Boulangerie", "contact@boulangerie.example");
    const auto yann = contact(bakery, "Morvan", "yann@boulangerie.example");
    const auto party = [&](std::int64_t ticket) {
        return scalar("select concat_ws('|', account_id, contact_id) from tickets.ticket where id = " + std::to_string(ticket));
    };
    EXPECT_EQ(party(sent({{"email", "YANN@boulangerie.example"}})), std::to_string(bakery) + "|" + std::to_string(yann));
    EXPECT_EQ(party(sent({{"email", "contact@boulangerie.example"}})), std::to_string(bakery));
    // no part of an address, and no pattern
    EXPECT_EQ(party(sent({{"email", "ann@boulangerie.example"}})), "");
    EXPECT_EQ(party(sent({{"email", "%@boulangerie.example"}})), "");
}

TEST_F(Form, S2_10_AmongSeveralAnAgentChooses) {
    const auto one = account("Premier"), other = account("Second");
    contact(one, "Petit", "partage@example.net");
    const auto chosen = contact(other, "Grand", "partage@example.net");
    const auto id = sent({{"email", "partage@example.net"}});
    EXPECT_EQ(scalar("select account_id from tickets.ticket where id = " + std::to_string(id)), "");
    auto agent = logged_in();
    const auto page = agent.get("/tickets/" + std::to_string(id));
    EXPECT_TRUE(page.contains("Several customers have this address"));
    EXPECT_TRUE(page.contains("Petit"));
    const auto version = between(page.body, "Several customers have this address", "Grand");
    Fields fields{{"account_id", std::to_string(other)},
                  {"contact_id", std::to_string(chosen)},
                  {"version", between(version, "name=\"version\" value=\"", "\"")}};
    EXPECT_EQ(agent.post("/tickets/" + std::to_string(id) + "/edit", fields).status, 303);
    EXPECT_EQ(scalar("select concat_ws('|', account_id, contact_id) from tickets.ticket where id = " + std::to_string(id)),
              std::to_string(other) + "|" + std::to_string(chosen));
    EXPECT_FALSE(agent.get("/tickets/" + std::to_string(id)).contains("Several customers have this address"));
}

TEST_F(Form, R57_AKnownAndAnUnknownAddressHaveTheSameAnswer) {
    contact(account("Connu"), "Connu", "known-1@example.net");
    const auto answer = [&](const std::string& email) {
        auto body = send({{"email", email}}).body;
        const auto ref = between(body, "Its number is ", ".");
        for (const auto& [from, to] : {std::pair{email, std::string{"ADDRESS"}}, std::pair{ref, std::string{"REF"}}})
            for (auto at = body.find(from); at != body.npos; at = body.find(from, at)) body.replace(at, from.size(), to);
        return body;
    };
    // the mail that follows is counted when it is sent
    const auto writes = [&] {
        return count("public_form.submission") + count("public_form.attempt where kind not like 'mails%'") + count("tickets.ticket");
    };
    const auto before = writes();
    const auto known = answer("known-1@example.net");
    const auto of_known = writes() - before;
    EXPECT_EQ(answer("known-2@example.net"), known);
    EXPECT_EQ(writes() - before - of_known, of_known);
    EXPECT_NE(known.find("REF"), known.npos);
    // nobody who does not log in is helped to find one
    auto anybody = visitor();
    for (const auto* path : {"/accounts/options?q=connu", "/contacts/options?account_id=1", "/fields/lookup/account?q=connu"})
        EXPECT_NE(anybody.get(path).status, 200) << path;
}

TEST_F(Form, S2_38_S2_39_CustomFieldsOfThePublicAreOnTheForm) {
    auto admin = logged_in();
    const auto add = [&](const std::string& code, const std::string& audience, const std::string& type) {
        const Fields fields{{"object", "tickets.ticket"}, {"type", type},         {"code", code},  {"label_fr", code + " fr"},
                            {"label_en", code + " en"},   {"audience", audience}, {"in_form", "1"}};
        EXPECT_EQ(admin.post("/admin/fields/new", fields).status, 303) << code;
    };
    add("serial_number", "public", "text");
    add("for_colleagues", "internal", "text");
    add("colleague", "both", "user");
    add("customer", "public", "account");
    for (const auto* code : {"colleague", "customer"})
        sql(std::string{"update core.custom_field set mandatory = true, more_info = true where code = '"} + code + "'");
    // the form is arranged with both ticked, which is what caches know afterwards
    const auto designer = "/admin/forms?object=tickets.ticket&audience=public";
    EXPECT_EQ(admin
                  .post_pairs("/admin/forms", {{"object", "tickets.ticket"},
                                               {"audience", "public"},
                                               {"order", ""},
                                               {"shown", "custom.serial_number"},
                                               {"shown", "description"},
                                               {"shown", "category"},
                                               {"shown", "custom.colleague"},
                                               {"mandatory", "custom.colleague"},
                                               {"shown", "custom.customer"},
                                               {"mandatory", "custom.customer"}})
                  .status,
              303);
    EXPECT_TRUE(admin.get(designer).contains("Cannot be asked of the public"));
    EXPECT_FALSE(admin.get(designer).contains("mandatory-custom.colleague"));
    EXPECT_FALSE(admin.get("/admin/forms?object=tickets.ticket&audience=internal").contains("Cannot be asked of the public"));
    EXPECT_TRUE(admin.get("/admin/fields/" + scalar("select id from core.custom_field where code = 'colleague'"))
                    .contains("The public form does not ask for it"));
    auto browser = visitor("fr");
    const auto page = browser.get("/public/new");
    EXPECT_TRUE(page.contains("serial_number fr")) << page.body;
    EXPECT_FALSE(page.contains("for_colleagues"));
    EXPECT_FALSE(page.contains("colleague fr"));  // names of colleagues are not for everybody
    EXPECT_FALSE(page.contains("customer fr"));
    const auto id = sent({{"custom.serial_number", "SN-42"}, {"custom.for_colleagues", "not theirs"}});
    EXPECT_EQ(scalar("select custom from tickets.ticket where id = " + std::to_string(id)), R"({"serial_number": "SN-42"})");
    // and on the customer's page, named in his language
    auto customer = follow(ticket_link(id));
    customer.cookies["lang"] = "fr";
    const auto seen = customer.get(ticket_page(id));
    EXPECT_TRUE(seen.contains("serial_number fr"));
    EXPECT_TRUE(seen.contains("SN-42"));
}

TEST_F(Form, R60_FilesHaveLimits) {
    const auto tickets = count("tickets.ticket"), files = count("core.file");
    auto browser = visitor();
    const auto with = [&](const std::vector<File>& uploads) {
        Client client{desk().port()};
        return client.send("POST", "/public/new", kMultipart, multipart(request_fields(browser), uploads));
    };
    const std::string ten_mb(10 << 20, 'x');
    auto answer = with(std::vector<File>(11, File{"a.txt", "a"}));
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.contains("Choose at most 10 files."));
    answer = with({{"big.bin", ten_mb + "x"}});
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.contains("big.bin is larger than 10 MB."));
    try {
        EXPECT_EQ(with({{"a.bin", ten_mb}, {"b.bin", ten_mb}, {"c.bin", ten_mb}}).status, 413);
    } catch (const Poco::IOException&) {  // it was still sending when the answer came, and looked no further
    }
    EXPECT_EQ(count("tickets.ticket"), tickets);
    EXPECT_EQ(count("core.file"), files);
    arrange({{"attachments", ""}});
    EXPECT_EQ(with({{"a.txt", "a"}}).status, 422);
    arrange({});
}

TEST_F(Form, S2_27_FilesOfTheCustomerAreDocumentsOfTheTicket) {
    auto browser = visitor();
    Client client{desk().port()};
    const auto answer = client.send("POST", "/public/new", kMultipart,
                                    multipart(request_fields(browser), {{"écran.txt", "photo"}, {"../journal.log", "log"}}));
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto id = scalar("select max(id) from tickets.ticket");
    EXPECT_EQ(
        scalar("select string_agg(name, '|' order by file_id) from tickets.attachment where message_id is null and ticket_id = " + id),
        "écran.txt|journal.log");
    EXPECT_TRUE(logged_in().get("/tickets/" + id).contains("écran.txt"));
}

TEST_F(Form, R60_BytesOfADayAreLimited) {
    sql("insert into public_form.attempt (kind, key, amount) values ('bytes_of_client', '127.0.0.1', " + std::to_string((200 << 20) - 5) +
        ")");
    auto browser = visitor();
    Client client{desk().port()};
    EXPECT_EQ(client.send("POST", "/public/new", kMultipart, multipart(request_fields(browser), {{"a.txt", "123456"}})).status, 429);
    EXPECT_EQ(client.send("POST", "/public/new", kMultipart, multipart(request_fields(browser), {{"a.txt", "12345"}})).status, 200);
}

TEST_F(Form, R58_OneAddressAndOneNetworkAddressSendSoManyOnly) {
    for (int i = 0; i < 10; ++i) EXPECT_EQ(send({{"email", "zealous@example.net"}}).status, 200) << i;
    const auto eleventh = send({{"email", "zealous@example.net"}});
    EXPECT_EQ(eleventh.status, 429);
    EXPECT_EQ(eleventh.header("Retry-After"), "3600");
    EXPECT_TRUE(eleventh.contains("value=\"Imprimante en panne\""));
    for (int i = 0; i < 10; ++i) EXPECT_EQ(send({{"email", "n" + std::to_string(i) + "@example.net"}}).status, 200) << i;
    EXPECT_EQ(send({{"email", "last@example.net"}}).status, 429);
    sql("update public_form.attempt set at = at - interval '61 minutes'");
    EXPECT_EQ(send({{"email", "last@example.net"}}).status, 200);
}

TEST_F(Form, R58_TheBreakerStopsEverybody) {
    sql("insert into public_form.attempt (kind, key, amount) values ('tickets', 'all', 600)");
    EXPECT_EQ(send().status, 429);
}

TEST_F(Form, R61_TheSameFormSentTwentyTimesIsOneTicket) {
    auto browser = visitor();
    const auto body = multipart(request_fields(browser, {{"subject", "Une seule fois"}}), {{"a.txt", "a"}});
    std::vector<Answer> answers(20);
    std::vector<std::thread> threads;
    for (auto& answer : answers)
        threads.emplace_back([&] {
            Client client{desk().port()};
            answer = client.send("POST", "/public/new", kMultipart, body);
        });
    for (auto& thread : threads) thread.join();
    for (const auto& answer : answers) {
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, answers[0].body);
    }
    EXPECT_EQ(count("tickets.ticket where subject = 'Une seule fois'"), 1);
}

TEST_F(Form, TheVisitorsLanguageIsHisBrowsersOrTheOneHeChooses) {
    auto browser = desk().browser();
    EXPECT_TRUE(browser.get("/public/new", {{"Accept-Language", "en-GB,fr;q=0.5"}}).contains("<html lang=\"en\""));
    EXPECT_TRUE(browser.get("/public/new", {{"Accept-Language", "de"}}).contains("<html lang=\"fr\""));  // the company's
    EXPECT_TRUE(browser.get("/public/new?lang=en", {{"Accept-Language", "fr"}}).contains("<html lang=\"en\""));
    EXPECT_TRUE(browser.get("/public/new", {{"Accept-Language", "fr"}}).contains("<html lang=\"en\""));  // it is kept
}

TEST_F(Form, OnlyNamedSitesShowTheFormInAFrame) {
    auto browser = visitor();
    EXPECT_NE(browser.get("/public/new").header("Content-Security-Policy").find("frame-ancestors 'none'"), std::string::npos);
    arrange({{"origins", "https://www.example.org\nhttps://shop.example.org:8443"}});
    const auto framed = browser.get("/public/new?embed=1");
    EXPECT_NE(framed.header("Content-Security-Policy").find("frame-ancestors 'self' https://www.example.org https://shop.example.org:8443"),
              std::string::npos);
    EXPECT_FALSE(framed.contains("class=\"public-head\""));
    EXPECT_NE(browser.get("/public/lost").header("Content-Security-Policy").find("frame-ancestors 'none'"), std::string::npos);
    arrange({});
}
