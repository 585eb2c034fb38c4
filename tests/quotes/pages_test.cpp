// The pages of quotes, as a browser without JavaScript uses them, and what htmx gets (row S2-19).
#include "desk_of_quotes.hpp"

namespace quotes_test {

class QuotePages : public Quotes {
protected:
    static std::string version(const Answer& page) { return between(page.body, "name=\"version\" value=\"", "\""); }
    // The form of a draft with these lines, sent with a button.
    Answer send(const Answer& quote, const Fields& lines, const std::string& button = "save", web_test::Headers headers = {}) {
        auto fields = lines;
        fields.emplace_back("version", version(browser_.get(page(quote))));
        fields.emplace_back("do", button);
        return browser_.post_pairs(page(quote) + "/edit", fields, std::move(headers));
    }
    static Fields lines(std::initializer_list<const char*> labels) {
        Fields fields;
        for (const auto* label : labels) add_line(fields, label, "1", "10");
        return fields;
    }
    std::string labels(const Answer& quote) {
        std::string out;
        const auto answer = api_.get(path(quote));
        const auto* all = answer.json().get("lines");
        for (std::size_t i = 0; i < all->size(); ++i) out += all->at(i)->get("label")->as_string();
        return out;
    }
    Api api_ = desk().api();
    Browser browser_ = logged_in();
};

TEST_F(QuotePages, S2_19_WhatIsWrongStandsBesideItsLineAndNothingIsLost) {
    const auto made = quote(api_);
    Fields fields;
    add_line(fields, "Écran", "-2", "199.90");
    add_line(fields, "Bras", "1", "dear", "1000");
    add_line(fields, "", "1", "", "20");  // the empty line at the end
    const auto answer = send(made, fields);
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.contains("href=\"#f-lines.0.quantity\""));
    EXPECT_TRUE(answer.contains("This cannot be negative."));
    EXPECT_TRUE(answer.contains("href=\"#f-lines.1.unit_price\""));
    EXPECT_TRUE(answer.contains("Enter a percentage from 0 to 100."));
    EXPECT_TRUE(answer.contains("value=\"dear\""));
    EXPECT_TRUE(answer.contains("value=\"-2\""));
    EXPECT_FALSE(answer.contains("lines.2.label\" aria-invalid")) << "an empty line is none";
    EXPECT_EQ(labels(made), "Écran 27 pouces");
}

TEST_F(QuotePages, S2_19_LinesAreAddedMovedAndTakenAway) {
    const auto made = quote(api_);
    EXPECT_EQ(send(made, lines({"A", "B", "C"})).status, 303);
    EXPECT_EQ(labels(made), "ABC");
    EXPECT_EQ(send(made, lines({"A", "B", "C"}), "up:2").status, 303);
    EXPECT_EQ(labels(made), "ACB");
    EXPECT_EQ(send(made, lines({"A", "C", "B"}), "down:0").status, 303);
    EXPECT_EQ(labels(made), "CAB");
    EXPECT_EQ(send(made, lines({"C", "A", "B"}), "remove:1").status, 303);
    EXPECT_EQ(labels(made), "CB");
    for (const std::string button : {"up:0", "down:1", "up:99", "remove:-1", "remove:x", "remove:"}) send(made, lines({"C", "B"}), button);
    EXPECT_LE(labels(made).size(), 2U);
    // what was typed besides is kept, too
    auto typed = lines({"C", "neu"});
    typed.emplace_back("subject", "Anders");
    EXPECT_EQ(send(made, typed, "up:1").status, 303);
    EXPECT_EQ(labels(made), "neuC");
    EXPECT_EQ(api_.get(path(made)).text("subject"), "Anders");
}

TEST_F(QuotePages, S2_19_ALineComesFromTheCatalogue) {
    const auto item =
        make(api_, "quote-items", R"({"ref": "INST", "label": "Installation", "unit": "h", "unit_price": "65.5", "vat_rate": "10"})");
    const auto retired = make(api_, "quote-items", R"({"ref": "OLD", "label": "Ancien", "unit_price": "1", "active": false})");
    const auto made = quote(api_);
    const auto shown = browser_.get(page(made));
    EXPECT_TRUE(shown.contains("INST – Installation"));
    EXPECT_FALSE(shown.contains("Ancien"));
    auto fields = lines({"A"});
    fields.emplace_back("item", id(item));
    EXPECT_EQ(send(made, fields, "item").status, 303);
    const auto after = api_.get(path(made));
    const auto* line = after.json().get("lines")->at(1);
    EXPECT_EQ(line->get("unit_price")->as_string(), "65.5");
    EXPECT_EQ(line->get("vat_rate")->as_string(), "10");
    EXPECT_EQ(line->get("unit")->as_string(), "h");
    EXPECT_EQ(line->get("item_id")->as_integer(), item.integer("id"));
    fields.back().second = id(retired);
    EXPECT_EQ(send(made, fields, "item").status, 422);
}

TEST_F(QuotePages, S2_19_TheServerAddsUpWhileLinesAreTyped) {
    const auto made = quote(api_);
    Fields fields;
    add_line(fields, "Heures", "2.5", "14");
    const auto answer = send(made, fields, "save", {{"HX-Request", "true"}, {"HX-Target", "quote-totals"}});
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.body.find("id=\"quote-totals\"") != std::string::npos);
    EXPECT_TRUE(answer.contains("€42.00"));
    EXPECT_TRUE(answer.contains("id=\"quote-version\""));
    EXPECT_TRUE(answer.contains("id=\"net-0\" hx-swap-oob=\"true\""));
    EXPECT_FALSE(answer.contains("<textarea")) << "what is being typed is not replaced";
    Fields wrong;
    add_line(wrong, "Heures", "-1", "14");
    const auto refused = send(made, wrong, "save", {{"HX-Request", "true"}, {"HX-Target", "quote-totals"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("This cannot be negative."));
    EXPECT_FALSE(refused.contains("id=\"quote-version\""));
}

TEST_F(QuotePages, S2_19_TwoWhoTypeAtOnceDoNotOverwriteEachOther) {
    const auto made = quote(api_);
    const auto before = version(browser_.get(page(made)));
    EXPECT_EQ(api_.patch(path(made), R"({"subject": "Anders"})").status, 200);
    auto fields = lines({"Mine"});
    fields.emplace_back("version", before);
    const auto answer = browser_.post_pairs(page(made) + "/edit", fields);
    EXPECT_EQ(answer.status, 409);
    EXPECT_TRUE(answer.contains("Mine"));
    EXPECT_EQ(labels(made), "Écran 27 pouces");
}

TEST_F(QuotePages, S2_19_OneClickOnATicketMakesAQuote) {
    const auto customer = account(api_, R"("code": "P-1")");
    const auto of = ticket(api_, "Serveur bruyant", R"("account_id": )" + id(customer));
    const auto shown = browser_.get("/tickets/" + id(of));
    ASSERT_TRUE(shown.contains("action=\"/quotes/new\""));
    const auto answer = browser_.post("/quotes/new", {{"ticket_id", id(of)}, {"quick", "1"}});
    ASSERT_EQ(answer.status, 303) << answer.body;
    const auto made = browser_.get(answer.header("Location"));
    EXPECT_TRUE(made.contains("Serveur bruyant"));
    EXPECT_TRUE(made.contains("/tickets/" + id(of)));
    EXPECT_TRUE(browser_.get("/tickets/" + id(of)).contains(answer.header("Location")));
    EXPECT_TRUE(browser_.get("/accounts/" + id(customer)).contains(answer.header("Location")));
    EXPECT_TRUE(browser_.get("/tickets/" + id(of)).contains("added a quote")) << "in the history";
    const auto of_account = browser_.post("/quotes/new", {{"account_id", id(customer)}, {"quick", "1"}});
    EXPECT_TRUE(browser_.get(of_account.header("Location")).contains("Quote for Boulangerie Morvan"));
    // of nothing: a form that says what is missing
    EXPECT_EQ(browser_.post("/quotes/new", {{"subject", ""}}).status, 422);
    EXPECT_EQ(browser_.post("/quotes/new", {{"subject", "Libre"}, {"customer", "Passant"}}).status, 303);
    EXPECT_EQ(browser_.post("/quotes/new", {{"ticket_id", "999999"}, {"quick", "1"}}).status, 422);
}

TEST_F(QuotePages, S2_19_ValidatingSavesWhatWasTyped) {
    const auto made = quote(api_);
    EXPECT_EQ(send(made, lines({"Dernière minute"}), "validate").status, 303);
    EXPECT_EQ(api_.get(path(made)).text("state"), "validated");
    EXPECT_EQ(labels(made), "Dernière minute");
    const auto shown = browser_.get(page(made));
    EXPECT_TRUE(shown.contains("DEV-"));
    EXPECT_FALSE(shown.contains("id=\"quote-form\""));
    const auto empty = quote(api_, "", "");
    EXPECT_EQ(send(empty, {}, "validate").status, 422);
    EXPECT_EQ(api_.get(path(empty)).text("state"), "draft");
}

TEST_F(QuotePages, S2_19_WhoIsInChargeChangesAfterTheValidation) {
    const auto made = validated(api_);
    EXPECT_EQ(browser_.post(page(made) + "/people", {{"owner_id", ""}}).status, 303);
    EXPECT_TRUE(api_.get(path(made)).json().get("owner_id")->is(host::base::Value::Type::null));
    EXPECT_EQ(browser_.post(page(made) + "/people", {{"owner_id", "999999"}}).status, 422);
    EXPECT_EQ(browser_.post(page(made) + "/people", {{"owner_id", "1"}, {"subject", "b"}}).status, 303);
    EXPECT_EQ(api_.get(path(made)).integer("owner_id"), 1);
    EXPECT_EQ(api_.get(path(made)).text("subject"), "Renouvellement");
}

TEST_F(QuotePages, S2_19_NumbersAreTypedAsTheLanguageWritesThem) {
    const auto made = quote(api_);
    auto french = logged_in("admin", "fr");
    Fields fields;
    add_line(fields, "Heures", "2,5", "1 234,50", "5,5");
    fields.emplace_back("version", version(french.get(page(made))));
    ASSERT_EQ(french.post_pairs(page(made) + "/edit", fields).status, 303);
    const auto shown = french.get(page(made));
    EXPECT_TRUE(shown.contains("value=\"2,5\""));
    EXPECT_TRUE(shown.contains("value=\"1234,50\""));
    EXPECT_TRUE(shown.contains("3\u202f086,25\u00a0€")) << "the amount of the line";
    EXPECT_TRUE(shown.contains("3\u202f255,99\u00a0€")) << "with VAT";
    EXPECT_TRUE(shown.contains("TVA 5,5\u00a0% sur 3\u202f086,25\u00a0€"));
    EXPECT_TRUE(browser_.get(page(made)).contains("€3,255.99"));
}

TEST_F(QuotePages, S2_19_TheListIsFilteredAndSearched) {
    const auto made = validated(api_, R"("introduction": "")");
    make(api_, "quotes", R"({"subject": "Onduleur <b>fort</b>", "customer": "Clinique"})");
    const auto all = browser_.get("/quotes");
    EXPECT_TRUE(all.contains(made.text("ref")));
    EXPECT_TRUE(all.contains("Onduleur &lt;b&gt;fort"));
    const auto found = browser_.get("/quotes?q=onduleur+clinique&state=draft");
    EXPECT_TRUE(found.contains("Onduleur"));
    EXPECT_FALSE(found.contains(made.text("ref")));
    EXPECT_TRUE(browser_.get("/quotes?q=nowhere").contains("No quote matches"));
    for (const std::string query : {"state=gone", "from=x", "to=2026-13-40", "account_id=x", "after=x.y", "after=1.1.1", "owner_id=-1"})
        EXPECT_EQ(browser_.get("/quotes?" + query).status, 200) << query;
    const auto part = browser_.get("/quotes?q=onduleur", {{"HX-Request", "true"}, {"HX-Target", "results"}});
    EXPECT_FALSE(part.contains("<form"));
    EXPECT_TRUE(browser_.get("/search?q=" + made.text("ref")).contains(page(made)));
}

}  // namespace quotes_test
