// The life of a quote (row S2-19): numbered when it is validated and unchanged from then on, sent, signed or refused, billed, expired.
#include "desk_of_quotes.hpp"

#include <regex>
#include <thread>

namespace quotes_test {

class QuoteLife : public Quotes {
protected:
    static std::int64_t runs() { return count("core.job_run where job_id = 'quotes.expire' and state = 'done'"); }
    static void expire() {
        const auto before = runs();
        auto browser = logged_in();
        EXPECT_EQ(browser.post("/admin/jobs/quotes.expire/run", {}).status, 303);
        EXPECT_TRUE(support::wait_until([&] { return runs() > before; }));
    }
    Api api_ = desk().api();
};

TEST_F(QuoteLife, S2_19_WhatIsNotCompleteIsNotValidated) {
    EXPECT_NE(api_.post(path(quote(api_, "", "")) + "/validate", "").error("lines"), "");
    EXPECT_NE(api_.post(path(make(api_, "quotes", R"({"subject": "x", "lines": [)" + kLine + "]}")) + "/validate", "").error("customer"),
              "");
    EXPECT_NE(api_.post(path(quote(api_, R"("valid_until": "2020-01-01")")) + "/validate", "").error("valid_until"), "");
    EXPECT_NE(
        api_.post(path(quote(api_, "", R"({"label": "Avoir", "unit_price": "-1", "vat_rate": "20"})")) + "/validate", "").error("lines"),
        "");
    EXPECT_EQ(count("quotes.quote where ref is not null and state = 'draft'"), 0);
    EXPECT_EQ(api_.post("/api/v1/quotes/999999/validate", "").status, 404);
}

TEST_F(QuoteLife, S2_19_NumbersComeWithTheValidationAndHaveNoGap) {
    const auto draft = quote(api_);
    const auto first = validated(api_), second = validated(api_);
    EXPECT_TRUE(std::regex_match(first.text("ref"), std::regex{R"(DEV-\d{4}-\d{4})"})) << first.text("ref");
    EXPECT_EQ(std::stoi(second.text("ref").substr(9)), std::stoi(first.text("ref").substr(9)) + 1);
    EXPECT_EQ(api_.get(path(draft)).text("ref"), "");
    EXPECT_NE(first.text("issued_on"), "");
    // several at once, and one of them twice
    std::vector<Answer> drafts;
    for (int i = 0; i < 6; ++i) drafts.push_back(quote(api_));
    std::vector<std::thread> threads;
    for (int i = 0; i < 12; ++i)
        threads.emplace_back([&, i] {
            auto own = desk().api();
            const auto status = own.post(path(drafts[static_cast<std::size_t>(i % 6)]) + "/validate", "").status;
            EXPECT_TRUE(status == 200 || status == 409) << status;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(
        desk().count("select max(substr(ref, 10)::int) - min(substr(ref, 10)::int) + 1 - count(*) from quotes.quote where ref is not null"),
        0);
    for (const auto& each : drafts) EXPECT_EQ(count("quotes.change where field = 'validated' and quote_id = " + id(each)), 1);
}

TEST_F(QuoteLife, S2_19_WhatIsValidatedStaysAsItIs) {
    const auto made = validated(api_);
    for (const std::string body : {R"({"subject": "b"})", R"({"lines": []})", R"({"valid_until": "2030-01-01"})", R"({"conditions": "b"})"})
        EXPECT_EQ(api_.patch(path(made), body).status, 409) << body;
    EXPECT_EQ(api_.del(path(made)).status, 409);
    auto browser = logged_in();
    Fields fields{{"version", std::to_string(made.integer("version"))}, {"subject", "b"}};
    add_line(fields, "c", "1", "1");
    EXPECT_EQ(browser.post_pairs(page(made) + "/edit", fields).status, 409);
    EXPECT_EQ(browser.post(page(made) + "/delete", {{"confirmed", "1"}}).status, 409);
    const auto after = api_.get(path(made));
    EXPECT_EQ(after.text("subject"), "Renouvellement");
    EXPECT_EQ(after.integer("gross_cents"), 47'976);
    // who answers for it may change
    const auto user = desk().count("select id from core.app_user where login = 'admin'");
    EXPECT_EQ(api_.patch(path(made), R"({"owner_id": null})").status, 200);
    EXPECT_EQ(api_.patch(path(made), R"({"owner_id": )" + std::to_string(user) + "}").integer("owner_id"), user);
}

TEST_F(QuoteLife, S2_19_EachStepHasItsTime) {
    const auto draft = quote(api_);
    for (const std::string name : {"sent", "signed", "refused", "billed"}) EXPECT_EQ(step(api_, draft, name).status, 409) << name;
    for (const std::string body : {R"({"step": "draft"})", R"({"step": "gone"})", "{}"})
        EXPECT_EQ(api_.post(path(draft) + "/step", body).status, 422) << body;
    const auto made = validated(api_);
    EXPECT_EQ(step(api_, made, "billed").status, 409);
    EXPECT_EQ(step(api_, made, "sent").text("state"), "sent");
    EXPECT_EQ(step(api_, made, "sent").status, 409);
    EXPECT_EQ(step(api_, made, "signed").text("state"), "signed");
    EXPECT_EQ(step(api_, made, "refused").status, 409);
    EXPECT_EQ(step(api_, made, "billed").text("state"), "billed");
    for (const std::string name : {"sent", "signed", "refused", "billed"}) EXPECT_EQ(step(api_, made, name).status, 409) << name;
    const auto refused = validated(api_);
    EXPECT_EQ(api_.post(path(refused) + "/step", R"({"step": "refused", "reason": ")" + std::string(1001, 'x') + "\"}").status, 422);
    EXPECT_EQ(api_.post(path(refused) + "/step", R"({"step": "refused", "reason": "Trop cher"})").text("state"), "refused");
    EXPECT_TRUE(api_.get(path(refused) + "/history").contains("Trop cher"));
    const auto of_it = "core.outbox where event = 'quotes.changed' and subject = 'quote/" + id(made) + "' and data->>'what' = ";
    for (const std::string what : {"created", "validated", "sent", "signed", "billed"})
        EXPECT_EQ(count(of_it + "'" + what + "'"), 1) << what;
}

TEST_F(QuoteLife, S2_19_TheLastDayIsTheLastDay) {
    const auto draft = quote(api_), today = validated(api_), over = validated(api_), sent = validated(api_),
               signed_before = validated(api_);
    step(api_, sent, "sent");
    step(api_, signed_before, "signed");
    const auto until = [&](const Answer& of, const std::string& day) {
        desk().app->pool().exec("update quotes.quote set valid_until = (now() at time zone 'Europe/Paris')::date + " + day +
                                " where id = " + id(of));
    };
    until(today, "0");
    for (const auto* each : {&draft, &over, &sent, &signed_before}) until(*each, "-1");
    expire();
    EXPECT_EQ(api_.get(path(today)).text("state"), "validated");
    EXPECT_EQ(api_.get(path(over)).text("state"), "expired");
    EXPECT_EQ(api_.get(path(sent)).text("state"), "expired");
    EXPECT_EQ(api_.get(path(signed_before)).text("state"), "signed");
    EXPECT_EQ(api_.get(path(draft)).text("state"), "draft");
    expire();
    EXPECT_EQ(count("quotes.change where field = 'expired' and by_id is null and quote_id = " + id(over)), 1) << "once";
    EXPECT_EQ(step(api_, over, "signed").text("state"), "signed") << "a colleague takes a late signature";
}

TEST_F(QuoteLife, S2_19_ADuplicateIsANewDraft) {
    const auto made = validated(api_);
    const auto copy = api_.post(path(made) + "/duplicate", "");
    ASSERT_EQ(copy.status, 201) << copy.body;
    EXPECT_EQ(copy.text("state"), "draft");
    EXPECT_EQ(copy.text("ref"), "");
    EXPECT_EQ(copy.integer("copied_from"), made.integer("id"));
    EXPECT_EQ(copy.integer("gross_cents"), made.integer("gross_cents"));
    EXPECT_EQ(copy.json().get("lines")->size(), 1U);
    EXPECT_EQ(api_.post("/api/v1/quotes/999999/duplicate", "").status, 404);
}

TEST_F(QuoteLife, S2_19_AccountsAndTicketsThatHaveQuotes) {
    const auto customer = account(api_, R"("code": "D-1")");
    const auto from = ticket(api_, "A"), into = ticket(api_, "B");
    const auto made = make(api_, "quotes", R"({"subject": "x", "account_id": )" + id(customer) + R"(, "ticket_id": )" + id(from) + "}");
    EXPECT_EQ(api_.del("/api/v1/accounts/" + id(customer)).status, 422) << "refused by quotes";
    auto browser = logged_in();
    EXPECT_EQ(browser.post("/tickets/" + id(from) + "/merge", {{"into", into.text("ref")}, {"confirmed", "1"}}).status, 303);
    EXPECT_EQ(api_.get(path(made)).integer("ticket_id"), into.integer("id"));
    EXPECT_EQ(api_.del("/api/v1/tickets/" + id(into)).status, 204);
    EXPECT_TRUE(api_.get(path(made)).json().get("ticket_id")->is(host::base::Value::Type::null));
}

}  // namespace quotes_test
