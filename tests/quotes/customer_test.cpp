// The document, its way to the customer and his answer (row S2-19; security.md R29, R33, R35, R41).
#include "desk_of_quotes.hpp"

#include <regex>

namespace quotes_test {

class Customer : public Quotes {
protected:
    static void SetUpTestSuite() {
        Quotes::SetUpTestSuite();
        desk().app->pool().exec(
            "insert into core.mail_sender (code, name, address, host, port, security) values ('desk', 'Support', 'sav@example.org', "
            "'127.0.0.1', 1, 'none')");
    }
    void SetUp() override { desk().app->pool().exec("delete from quotes.guess"); }

    static std::string scalar(const std::string& query) {
        const auto rows = desk().app->pool().exec(query);
        return rows.empty() || rows.is_null(0, 0) ? "" : std::string{rows.text(0, 0)};
    }
    Answer sent(const std::string& more = {}) {
        const auto made = validated(api_, more);
        // one document is enough for all tests that do not look at it: printing takes a second
        desk().app->pool().exec("update quotes.quote set pdf_file_id = (select max(pdf_file_id) from quotes.quote) where id = " + id(made));
        const auto answer = api_.post(path(made) + "/send",
                                      R"({"email": "yann@morvan.example", "name": "Yann Morvan", "message": "Voici **notre** offre."})");
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer;
    }
    // "/public/quotes/…" of the newest mail.
    static std::string link() {
        const auto text = scalar("select text_body from core.mail where template_id = 'quotes.quote' order by id desc limit 1");
        const auto at = text.find("/public/quotes/");
        return at == text.npos ? "" : text.substr(at, text.find_first_of(" \n)>", at) - at);
    }
    static Browser visitor(const std::string& language = "en") {
        auto browser = desk().browser();
        browser.cookies["lang"] = language;
        return browser;
    }
    std::string state(const Answer& quote) { return api_.get(path(quote)).text("state"); }
    Api api_ = desk().api();
};

TEST_F(Customer, S2_19_TheDocumentIsMadeOnceAndStaysTheSame) {
    const auto draft = quote(api_);
    const auto shown = api_.get(path(draft) + "/pdf");
    EXPECT_EQ(shown.status, 200) << shown.body;
    EXPECT_EQ(shown.header("Content-Type"), "application/pdf");
    EXPECT_TRUE(shown.body.starts_with("%PDF-"));
    EXPECT_EQ(count("quotes.quote where pdf_file_id is not null and id = " + id(draft)), 0) << "a draft is not kept";
    const auto made = validated(api_);
    const auto first = api_.get(path(made) + "/pdf"), second = api_.get(path(made) + "/pdf");
    EXPECT_TRUE(first.body.starts_with("%PDF-"));
    EXPECT_EQ(first.body, second.body);
    EXPECT_NE(first.header("Content-Disposition").find("attachment"), std::string::npos);
    EXPECT_NE(first.header("Content-Disposition").find(made.text("ref")), std::string::npos);
    EXPECT_EQ(api_.get("/api/v1/quotes/999999/pdf").status, 404);
}

TEST_F(Customer, S2_19_WhatCannotBeSentIsSaid) {
    const auto draft = quote(api_);
    EXPECT_EQ(api_.post(path(draft) + "/send", R"({"email": "a@b.example"})").status, 409) << "a draft is not sent";
    const auto made = validated(api_);
    for (const std::string email : {"", "nobody", "a@b.example, c@d.example", "a@b.example\\r\\nBcc: x@y.example"})
        EXPECT_NE(api_.post(path(made) + "/send", R"({"email": ")" + email + "\"}").error("email"), "") << email;
    EXPECT_NE(api_.post(path(made) + "/send", R"({"email": "a@b.example", "message": ")" + std::string(5001, 'x') + "\"}").error("message"),
              "");
    auto browser = logged_in();
    EXPECT_EQ(api_.post(path(made) + "/send", R"({"email": "a@b.example"})", {{"Idempotency-Key", "k-" + id(made)}}).status, 409);
    EXPECT_EQ(browser.get(page(made) + "/send").status, 200);
    const auto page_of_it = browser.post(page(made) + "/send", {{"email", "nobody"}, {"message", "Bonjour"}});
    EXPECT_EQ(page_of_it.status, 422);
    EXPECT_TRUE(page_of_it.contains("Bonjour"));
    EXPECT_EQ(count("quotes.link where quote_id = " + id(made)), 0);
    EXPECT_EQ(state(made), "validated");
    step(api_, made, "refused");
    EXPECT_EQ(api_.post(path(made) + "/send", R"({"email": "a@b.example"})").status, 409);
    EXPECT_EQ(browser.get(page(made) + "/send").status, 409);
}

TEST_F(Customer, S2_19_TheMailHasTheDocumentAndALink) {
    const auto made = sent();
    EXPECT_EQ(made.text("state"), "sent");
    const auto of_mail = " from core.mail where template_id = 'quotes.quote' order by id desc limit 1";
    EXPECT_EQ(scalar("select to_address" + std::string{of_mail}), "yann@morvan.example");
    const auto text = scalar("select text_body" + std::string{of_mail});
    EXPECT_NE(text.find(made.text("ref")), std::string::npos) << text;
    EXPECT_NE(text.find("479,76\u00a0€"), std::string::npos) << "in the language of the quote: " << text;
    EXPECT_NE(text.find("offre"), std::string::npos);
    EXPECT_TRUE(std::regex_match(link(), std::regex{R"(/public/quotes/[A-Za-z0-9_-]{43})"})) << link();
    EXPECT_EQ(count("quotes.link where expires_at = (select (valid_until + 1)::timestamp at time zone 'Europe/Paris' from quotes.quote q "
                    "where q.id = quote_id)"
                    " and quote_id = " +
                    id(made)),
              1)
        << "it ends with the quote";
    const auto token = link().substr(link().rfind('/') + 1);
    for (const std::string table : {"quotes.link", "quotes.change", "core.outbox", "core.audit"})
        EXPECT_EQ(count(table + " t where t::text like '%" + token + "%'"), 0) << table;
}

TEST_F(Customer, S2_19_AFormThatIsSentTwiceIsOneMail) {
    const auto made = validated(api_);
    auto browser = logged_in();
    const auto key = between(browser.get(page(made) + "/send").body, "name=\"_idempotency\" value=\"", "\"");
    const auto before = count("core.mail");
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(browser.post(page(made) + "/send", {{"email", "yann@morvan.example"}, {"_idempotency", key}}).status, 303);
    EXPECT_EQ(count("core.mail"), before + 1);
    EXPECT_EQ(count("quotes.link where quote_id = " + id(made)), 1);
}

TEST_F(Customer, R29_WhatIsNoLinkIsNotFoundAndGuessesAreCounted) {
    sent();
    auto browser = visitor();
    for (const std::string token : {"x", "null", "%00", std::string(43, 'a').c_str(), std::string(3000, 'a').c_str()}) {
        const auto answer = browser.get("/public/quotes/" + token);
        EXPECT_TRUE(answer.status == 404 || answer.status == 400) << token << " " << answer.status;
        EXPECT_NE(browser.post("/public/quotes/" + token + "/accept", {{"name", "Yann"}, {"agree", "1"}}).status, 303);
        EXPECT_NE(browser.get("/public/quotes/" + token + "/pdf").status, 200);
    }
    for (int i = 0; i < 30; ++i) browser.get("/public/quotes/" + std::string(43, 'b'));
    EXPECT_EQ(browser.get("/public/quotes/" + std::string(43, 'b')).status, 429);
    EXPECT_EQ(browser.get(link()).status, 429) << "even the right one, until the hour is over";
    desk().app->pool().exec("update quotes.guess set at = at - interval '1 hour'");
    EXPECT_EQ(browser.get(link()).status, 200);
}

TEST_F(Customer, R29_RevokedAndExpiredLinksDoNotOpen) {
    const auto made = sent();
    const auto of_it = link();
    auto browser = visitor();
    const auto shown = browser.get(of_it);
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.header("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(shown.header("Cache-Control"), "no-store");
    EXPECT_TRUE(shown.contains("name=\"robots\" content=\"noindex\""));
    auto admin = logged_in();
    EXPECT_EQ(admin.post(page(made) + "/revoke", {}).status, 303);
    EXPECT_EQ(browser.get(of_it).status, 404);
    EXPECT_EQ(browser.get(of_it + "/pdf").status, 404);
    EXPECT_EQ(browser.post(of_it + "/accept", {{"name", "Yann Morvan"}, {"agree", "1"}}).status, 404);
    const auto other = sent();
    const auto expired = link();
    desk().app->pool().exec("update quotes.link set expires_at = now() where quote_id = " + id(other));
    EXPECT_EQ(browser.get(expired).status, 404);
    EXPECT_EQ(state(other), "sent");
}

TEST_F(Customer, S2_19_TheCustomerAcceptsOnce) {
    desk().app->pool().exec("update core.app_user set email = 'admin@guichet.example' where login = 'admin'");
    const auto of = ticket(api_, "Écran");
    const auto made =
        sent(R"("owner_id": )" + scalar("select id from core.app_user where login = 'admin'") + R"(, "ticket_id": )" + id(of));
    auto browser = visitor();
    const auto shown = browser.get(link());
    EXPECT_TRUE(shown.contains("€479.76"));
    EXPECT_EQ(state(made), "sent") << "looking changes nothing (R33)";
    struct Row {
        std::string name, agree, says;
    };
    for (const auto& [name, agree, says] :
         {Row{"", "1", "Enter your first and last name."}, Row{"Y", "1", "Enter your first and last name."},
          Row{"Yann Morvan", "", "Tick the box"}, Row{std::string(201, 'x'), "1", "Use at most 200"}}) {
        const auto answer = browser.post(link() + "/accept", {{"name", name}, {"agree", agree}});
        EXPECT_EQ(answer.status, 422) << name;
        EXPECT_TRUE(answer.contains(says)) << name;
    }
    EXPECT_EQ(state(made), "sent");
    // what is not the customer's to say is not looked at (R35)
    EXPECT_EQ(
        browser.post(link() + "/accept", {{"name", " Yann \n Morvan "}, {"agree", "1"}, {"state", "billed"}, {"gross_cents", "1"}}).status,
        303);
    EXPECT_EQ(state(made), "signed");
    EXPECT_EQ(api_.get(path(made)).integer("gross_cents"), 47'976);
    const auto answered = " from quotes.answer where quote_id = " + id(made);
    EXPECT_EQ(scalar("select name" + answered), "Yann Morvan");
    EXPECT_EQ(scalar("select client" + answered), "127.0.0.1");
    EXPECT_EQ(scalar("select pdf_sha256" + answered),
              scalar("select f.sha256 from core.file f join quotes.quote q on q.pdf_file_id = f.id where q.id = " + id(made)));
    EXPECT_TRUE(browser.get(link()).contains("You have accepted this quote."));
    EXPECT_EQ(browser.post(link() + "/accept", {{"name", "Somebody else"}, {"agree", "1"}}).status, 409);
    EXPECT_EQ(browser.post(link() + "/refuse", {{"reason", "no"}}).status, 409);
    EXPECT_EQ(scalar("select name" + answered), "Yann Morvan");
    EXPECT_EQ(count("core.mail where template_id = 'quotes.accepted' and subject like '%" + made.text("ref") + "%'"), 1)
        << "who is in charge is told";
    EXPECT_EQ(count("core.outbox where event = 'quotes.changed' and data->>'what' = 'signed' and subject = 'quote/" + id(made) + "'"), 1);
    auto admin = logged_in();
    EXPECT_TRUE(admin.get(page(made)).contains("Yann Morvan</strong> accepted the quote"));
    EXPECT_TRUE(admin.get("/tickets/" + id(of)).contains(made.text("ref") + " by Yann Morvan")) << "in the ticket's history";
}

TEST_F(Customer, S2_19_TheCustomerRefusesWithAReason) {
    desk().app->pool().exec("update core.app_user set email = 'admin@guichet.example' where login = 'admin'");
    const auto made = sent(R"("owner_id": null)");
    auto browser = visitor("fr");
    EXPECT_TRUE(browser.get(link()).contains("479,76\u00a0€"));
    EXPECT_EQ(browser.post(link() + "/refuse", {{"reason", std::string(1001, 'x')}}).status, 422);
    EXPECT_EQ(browser.post(link() + "/refuse", {{"reason", "Trop <b>cher</b>"}}).status, 303);
    EXPECT_EQ(state(made), "refused");
    EXPECT_TRUE(browser.get(link()).contains("Vous avez refusé ce devis."));
    EXPECT_EQ(count("core.mail where template_id = 'quotes.refused' and text_body like '%Trop%' and to_address = 'admin@guichet.example'"),
              1)
        << "nobody is in charge: who has sent it is told";
    auto admin = logged_in();
    EXPECT_TRUE(admin.get(page(made)).contains("Trop &lt;b&gt;cher&lt;/b&gt;"));
}

TEST_F(Customer, S2_19_WhatIsOverOrAnsweredIsOnlyShown) {
    const auto made = sent();
    auto browser = visitor();
    desk().app->pool().exec("update quotes.quote set valid_until = (now() at time zone 'Europe/Paris')::date - 1 where id = " + id(made));
    EXPECT_FALSE(browser.get(link()).contains("/accept\""));
    EXPECT_EQ(browser.post(link() + "/accept", {{"name", "Yann Morvan"}, {"agree", "1"}}).status, 409);
    desk().app->pool().exec("update quotes.quote set valid_until = (now() at time zone 'Europe/Paris')::date where id = " + id(made));
    EXPECT_TRUE(browser.get(link()).contains("/accept\"")) << "the last day is the last day";
    step(api_, made, "signed");
    EXPECT_TRUE(browser.get(link()).contains("This quote has been accepted."));
    EXPECT_EQ(browser.post(link() + "/refuse", {}).status, 409);
    const auto pdf = browser.get(link() + "/pdf");
    EXPECT_TRUE(pdf.body.starts_with("%PDF-"));
}

TEST_F(Customer, S2_19_WhereCustomersDoNotAnswerTheyOnlySee) {
    const auto made = sent();
    auto admin = logged_in();
    const auto version = between(admin.get("/admin/settings/quotes").body, "name=\"version\" value=\"", "\"");
    ASSERT_EQ(admin.post("/admin/settings/quotes", {{"version", version}, {"valid_days", "30"}, {"vat_rate", "20"}}).status, 303);
    auto browser = visitor();
    ASSERT_TRUE(support::wait_until([&] { return !browser.get(link()).contains("/accept\""); }));
    EXPECT_EQ(browser.post(link() + "/accept", {{"name", "Yann Morvan"}, {"agree", "1"}}).status, 409);
    EXPECT_EQ(state(made), "sent");
    const auto next = std::to_string(std::stoi(version) + 1);
    ASSERT_EQ(admin.post("/admin/settings/quotes", {{"version", next}, {"customers_answer", "1"}, {"valid_days", "30"}, {"vat_rate", "20"}})
                  .status,
              303);
    ASSERT_TRUE(support::wait_until([&] { return browser.get(link()).contains("/accept\""); }));
}

TEST_F(Customer, S2_19_TheLinkLooksLikeTheOtherPublicPages) {
    sent();
    auto admin = logged_in();
    EXPECT_EQ(admin
                  .post("/admin/public-form",
                        {{"open", "1"}, {"name", "Atelier Kervella"}, {"accent", "#ffcc00"}, {"link_days", "0"}, {"fastest_s", "0"}})
                  .status,
              303);
    auto browser = visitor();
    EXPECT_TRUE(browser.get(link()).contains("Atelier Kervella"));
    EXPECT_TRUE(browser.get(link()).contains("href=\"/public/style.css?v="));
    ASSERT_EQ(admin.post("/admin/modules/public_form/disable", {}).status, 303);
    const auto plain = browser.get(link());
    EXPECT_EQ(plain.status, 200);
    EXPECT_FALSE(plain.contains("/public/style.css"));
    EXPECT_TRUE(plain.contains("/accept\""));
    ASSERT_EQ(admin.post("/admin/modules/public_form/enable", {}).status, 303);
}

// Notes of colleagues, the history and names of users are nobody's outside (R34).
TEST_F(Customer, R34_TheCustomerSeesTheQuoteAndNothingElse) {
    const auto of = ticket(api_, "INTERNAL-7f3a");
    sent(R"("ticket_id": )" + id(of));
    auto browser = visitor();
    const auto shown = browser.get(link());
    EXPECT_FALSE(shown.contains("7f3a"));
    EXPECT_FALSE(shown.contains("/tickets/"));
    EXPECT_FALSE(shown.contains("href=\"/quotes"));
    EXPECT_FALSE(shown.contains("127.0.0.1:1"));
}

}  // namespace quotes_test
