// Quotes over REST (row S2-19): what is wrong is refused as a whole, beside its cause.
#include "desk_of_quotes.hpp"

namespace quotes_test {

class QuoteRest : public Quotes {
protected:
    Api api_ = desk().api();
};

TEST_F(QuoteRest, S2_19_BadInputIsRefusedBesideItsCauseAndNothingIsStored) {
    const auto before = count("quotes.quote"), events = count("core.outbox");
    struct Row {
        std::string body, field;
    };
    const auto line = [](const std::string& members) {
        return R"({"subject": "x", "lines": [)" + kLine + R"(, {"label": "b", "unit_price": "1", "vat_rate": "20", )" + members + "}]}";
    };
    for (const auto& [body, field] : std::vector<Row>{
             {line(R"("quantity": "-1")"), "lines.1.quantity"},
             {line(R"("quantity": -1)"), "lines.1.quantity"},
             {line(R"("quantity": "1.0001")"), "lines.1.quantity"},
             {line(R"("quantity": "1e3")"), "lines.1.quantity"},
             {line(R"("quantity": 1.5)"), "lines.1.quantity"},
             {line(R"("quantity": [1])"), "lines.1.quantity"},
             {line(R"("quantity": "9999999999")"), "lines.1.quantity"},
             {line(R"("discount": "100.01")"), "lines.1.discount"},
             {line(R"("discount": "-5")"), "lines.1.discount"},
             {line(R"("color": "red")"), "lines.1.color"},
             {R"({"subject": "x", "lines": [{"label": "b", "unit_price": "1", "vat_rate": "1000"}]})", "lines.0.vat_rate"},
             {R"({"subject": "x", "lines": [{"label": "b", "unit_price": "1", "vat_rate": "-1"}]})", "lines.0.vat_rate"},
             {R"({"subject": "x", "lines": [{"label": "b", "unit_price": "1"}]})", "lines.0.vat_rate"},
             {R"({"subject": "x", "lines": [{"label": " ", "unit_price": "1", "vat_rate": "20"}]})", "lines.0.label"},
             {R"({"subject": "x", "lines": [{"label": "b", "unit_price": "1,50", "vat_rate": "20"}]})", "lines.0.unit_price"},
             {R"({"subject": "x", "lines": [{"label": "b", "quantity": "999999999", "unit_price": "999999999", "vat_rate": "20"}]})",
              "lines.0.unit_price"},
             {R"({"subject": "x", "lines": "none"})", "lines"},
             {R"({"subject": "x", "lines": [7]})", "lines"},
             {R"({"subject": " "})", "subject"},
             {R"({"subject": ")" + std::string(201, 'x') + "\"}", "subject"},
             {R"({"subject": "x", "email": "nobody"})", "email"},
             {R"({"subject": "x", "language": "de"})", "language"},
             {R"({"subject": "x", "valid_until": "2026-02-30"})", "valid_until"},
             {R"({"subject": "x", "account_id": 999999})", "account_id"},
             {R"({"subject": "x", "ticket_id": 999999})", "ticket_id"},
             {R"({"subject": "x", "owner_id": 999999})", "owner_id"},
             {R"({"subject": "x", "state": "signed"})", "state"},
             {R"({"subject": "x", "gross_cents": 1})", "gross_cents"},
             {R"({"subject": "x", "ref": "DEV-1"})", "ref"},
         }) {
        const auto answer = api_.post("/api/v1/quotes", body);
        EXPECT_EQ(answer.status, 422) << body;
        EXPECT_NE(answer.error(field), "") << body << "\n" << answer.body;
    }
    std::string many = kLine;
    for (int i = 0; i < 500; ++i) many += "," + kLine;
    EXPECT_NE(api_.post("/api/v1/quotes", R"({"subject": "x", "lines": [)" + many + "]}").error("lines"), "");
    EXPECT_EQ(api_.post("/api/v1/quotes", "[]").status, 422);
    EXPECT_EQ(count("quotes.quote"), before);
    EXPECT_EQ(count("core.outbox"), events);
    for (const std::string query : {"state=gone", "account_id=x", "from=yesterday", "limit=0", "limit=201", "cursor=1", "cursor=x.y",
                                    "cursor=99999999999999999999.1", "color=red", "state=draft&state=sent"})
        EXPECT_EQ(api_.get("/api/v1/quotes?" + query).status, 422) << query;
}

TEST_F(QuoteRest, S2_19_TotalsAreTheServersAndRightToTheCent) {
    const auto made = quote(api_, "",
                            R"({"label": "a", "quantity": "3", "unit_price": "0.3333", "vat_rate": "20"},
                               {"label": "b", "quantity": "2.5", "unit_price": 14, "discount": "10", "vat_rate": "5.5"},
                               {"label": "c", "unit_price": "-0.50", "vat_rate": "20"})");
    EXPECT_EQ(made.integer("net_cents"), 100 + 3150 - 50);
    EXPECT_EQ(made.integer("vat_cents"), 10 + 173);
    EXPECT_EQ(made.integer("gross_cents"), 3200 + 183);
    EXPECT_EQ(made.text("currency"), "EUR");
    const auto* vat = made.json().get("vat");
    ASSERT_EQ(vat->size(), 2U);
    EXPECT_EQ(vat->at(0)->get("vat_rate")->as_string(), "20");
    EXPECT_EQ(vat->at(1)->get("vat_cents")->as_integer(), 173);
    const auto* line = made.json().get("lines")->at(1);
    EXPECT_EQ(line->get("quantity")->as_string(), "2.5");
    EXPECT_EQ(line->get("unit_price")->as_string(), "14");
    EXPECT_EQ(line->get("net_cents")->as_integer(), 3150);
}

TEST_F(QuoteRest, S2_19_AQuoteOfATicketKnowsItsCustomer) {
    const auto customer = account(api_);
    const auto contact =
        make(api_, "contacts",
             R"({"account_id": )" + id(customer) + R"(, "last_name": "Morvan", "email": "yann@morvan.example", "language": "en"})");
    const auto of = ticket(api_, "Écran cassé", R"("account_id": )" + id(customer) + R"(, "contact_id": )" + id(contact));
    const auto made = make(api_, "quotes", R"({"ticket_id": )" + id(of) + "}");
    EXPECT_EQ(made.text("subject"), "Écran cassé");
    EXPECT_EQ(made.integer("account_id"), customer.integer("id"));
    EXPECT_EQ(made.integer("contact_id"), contact.integer("id"));
    EXPECT_EQ(made.text("customer"), "Boulangerie Morvan");
    EXPECT_EQ(made.text("address"), "14 rue de la Fonderie\n29200 Brest");
    EXPECT_EQ(made.text("email"), "yann@morvan.example");
    EXPECT_EQ(made.text("language"), "en");
    EXPECT_EQ(made.text("state"), "draft");
    EXPECT_TRUE(made.json().get("ref")->is(host::base::Value::Type::null));
    const auto found = api_.get("/api/v1/quotes?ticket_id=" + id(of));
    ASSERT_EQ(items(found).size(), 1U);
    EXPECT_TRUE(api_.get("/api/v1/tickets/" + id(of) + "/history").contains("quote")) << "the ticket's history says it";
    // a contact of somebody else
    const auto other = account(api_, R"("code": "X-1")");
    EXPECT_NE(api_.post("/api/v1/quotes", R"({"subject": "x", "account_id": )" + id(other) + R"(, "contact_id": )" + id(contact) + "}")
                  .error("contact_id"),
              "");
}

TEST_F(QuoteRest, S2_19_AChangeOfAnotherVersionIsRefused) {
    const auto made = quote(api_);
    EXPECT_EQ(api_.patch(path(made), R"({"subject": "b", "version": 7})").status, 409);
    EXPECT_EQ(api_.patch(path(made), R"({"subject": "b"})", {{"If-Match", "\"v7\""}}).status, 412);
    const auto changed = api_.patch(path(made), R"({"subject": "b", "lines": []})", {{"If-Match", made.header("ETag")}});
    EXPECT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.integer("version"), 2);
    EXPECT_EQ(changed.integer("gross_cents"), 0);
    EXPECT_EQ(api_.patch(path(made), R"({"subject": "b"})").integer("version"), 2) << "nothing has changed";
    const auto history = api_.get(path(made) + "/history");
    EXPECT_EQ(items(history).at(0)->get("field")->as_string(), "lines");
    EXPECT_EQ(items(history).at(0)->get("from")->as_string(), "47976");
    EXPECT_EQ(items(history).at(1)->get("from")->as_string(), "Renouvellement");
    EXPECT_EQ(api_.get("/api/v1/quotes/999999").status, 404);
    EXPECT_EQ(api_.patch("/api/v1/quotes/999999", "{}").status, 404);
    EXPECT_EQ(api_.del(path(made)).status, 204);
    EXPECT_EQ(api_.get(path(made)).status, 404);
    EXPECT_EQ(count("quotes.line where quote_id = " + id(made)), 0);
}

TEST_F(QuoteRest, S2_19_ListsGoOnByKeyAndMissNothing) {
    const auto customer = account(api_, R"("code": "L-1")");
    std::vector<std::string> made;
    for (int i = 0; i < 7; ++i)
        made.push_back(
            id(make(api_, "quotes", R"({"subject": "Liste )" + std::to_string(i) + R"(", "account_id": )" + id(customer) + "}")));
    desk().app->pool().exec("update quotes.quote set created_at = '2026-01-15 12:00Z' where account_id = " +
                            id(customer));  // only the id tells them apart
    const auto base = "/api/v1/quotes?limit=2&account_id=" + id(customer);
    std::vector<std::string> seen;
    for (std::string next = base; !next.empty();) {
        const auto answer = api_.get(next);
        for (std::size_t i = 0; i < items(answer).size(); ++i) seen.push_back(std::to_string(items(answer).at(i)->get("id")->as_integer()));
        next = answer.text("next").empty() ? "" : base + "&cursor=" + answer.text("next");
        ASSERT_LE(seen.size(), made.size());
    }
    std::ranges::reverse(made);
    EXPECT_EQ(seen, made);
    const auto n = [&](const std::string& more) { return items(api_.get("/api/v1/quotes?account_id=" + id(customer) + more)).size(); };
    EXPECT_EQ(n("&from=2026-01-15&to=2026-01-15"), 7U);
    EXPECT_EQ(n("&from=2026-01-16"), 0U);
    EXPECT_EQ(n("&to=2026-01-14"), 0U);
    EXPECT_EQ(n("&q=LISTE+3"), 1U);
    EXPECT_EQ(n("&q=%25"), 0U) << "a per cent sign is itself";
    EXPECT_EQ(n("&q=boulangerie"), 7U);
    EXPECT_EQ(n("&state=draft"), 7U);
    EXPECT_EQ(n("&state=sent"), 0U);
}

TEST_F(QuoteRest, S2_19_TheCatalogueGivesLines) {
    for (const auto& [body, field] : {std::pair{R"({"ref": "", "label": "x", "unit_price": "1"})", "ref"},
                                      std::pair{R"({"ref": "A", "label": "", "unit_price": "1"})", "label"},
                                      std::pair{R"({"ref": "A", "label": "x", "unit_price": "dear"})", "unit_price"},
                                      std::pair{R"({"ref": "A", "label": "x", "unit_price": "1", "vat_rate": "1000"})", "vat_rate"}})
        EXPECT_NE(api_.post("/api/v1/quote-items", body).error(field), "") << body;
    const auto item =
        make(api_, "quote-items", R"({"ref": "ECR-27", "label": "Écran", "unit": "pce", "unit_price": "199.9", "vat_rate": "20"})");
    EXPECT_NE(api_.post("/api/v1/quote-items", R"({"ref": "écr-27", "label": "y", "unit_price": "1"})").error("ref"), "")
        << "case and accents make no other number";
    EXPECT_EQ(api_.patch("/api/v1/quote-items/" + id(item), R"({"unit_price": "210", "version": 9})").status, 409);
    const auto changed = api_.patch("/api/v1/quote-items/" + id(item), R"({"unit_price": "210"})");
    EXPECT_EQ(changed.text("unit_price"), "210");
    make(api_, "quote-items", R"({"ref": "ECR-32", "label": "Grand écran", "unit_price": "299"})");
    const auto page = api_.get("/api/v1/quote-items?limit=1&q=ecran");
    ASSERT_EQ(items(page).size(), 1U);
    EXPECT_TRUE(api_.get("/api/v1/quote-items?limit=1&q=ecran&cursor=" + page.text("next")).contains("ECR-32"));
    EXPECT_EQ(api_.del("/api/v1/quote-items/" + id(item)).status, 204);
    EXPECT_EQ(api_.get("/api/v1/quote-items/" + id(item)).status, 404);
}

}  // namespace quotes_test
