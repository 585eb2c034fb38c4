// Contracts, their lines and periods; contacts' main flag; what may be deleted.
#include "directory/desk_of_accounts.hpp"

namespace directory_test {

class Contracts : public Directory {
protected:
    static std::string contract(Api& api, const std::string& account_id, const std::string& more = "") {
        return id(make(api, "contracts", R"({"account_id":)" + account_id + R"(,"label":"Entretien")" + more + "}"));
    }
    static bool flag(const Answer& answer, std::string_view name) { return answer.json().get(name)->as_bool(); }
};

TEST_F(Contracts, wrong_lines_are_named_and_nothing_is_stored) {
    auto api = desk().api();
    const auto one = contract(api, account(api, "Scierie Lambert"));
    const auto before = desk().count("select count(*) from directory.contract_line");
    const std::pair<std::string, std::string> cases[] = {
        {R"({"label":"x"})", "contract_id"},
        {R"({"contract_id":999999,"label":"x"})", "contract_id"},
        {R"({"contract_id":)" + one + "}", "label"},
        {R"({"contract_id":)" + one + R"(,"label":"x","quantity":"many"})", "quantity"},
        {R"({"contract_id":)" + one + R"(,"label":"x","quantity":"1.2345"})", "quantity"},
        {R"({"contract_id":)" + one + R"(,"label":"x","quantity":-1})", "quantity"},
        {R"({"contract_id":)" + one + R"(,"label":"x","quantity":null})", "quantity"},
        {R"({"contract_id":)" + one + R"(,"label":"x","unit_price_cents":"12.50"})", "unit_price_cents"},
        {R"({"contract_id":)" + one + R"(,"label":"x","unit_price_cents":-5})", "unit_price_cents"},
        {R"({"contract_id":)" + one + R"(,"label":"x","unit_price_cents":999999999999999})", "unit_price_cents"},
        {R"({"contract_id":)" + one + R"(,"label":"x","vat_rate":10001})", "vat_rate"},
        {R"({"contract_id":)" + one + R"(,"label":"x","status":"paused"})", "status"},
        {R"({"contract_id":)" + one + R"(,"label":"x","starts_on":"2026-02-02","ends_on":"2026-02-01"})", "ends_on"},
    };
    for (const auto& [body, field] : cases) {
        const auto answer = api.post("/api/v1/contract-lines", body);
        EXPECT_EQ(answer.status, 422) << body << answer.body;
        EXPECT_FALSE(answer.error(field).empty()) << body << answer.body;
    }
    EXPECT_EQ(desk().count("select count(*) from directory.contract_line"), before);
}

TEST_F(Contracts, lines_are_added_changed_and_deleted) {
    auto api = desk().api();
    const auto one = contract(api, account(api, "Scierie Perrin"));
    const auto made = make(api, "contract-lines",
                           R"({"contract_id":)" + one + R"(,"label":"Visite","quantity":"2.50","unit_price_cents":12050,"vat_rate":2000})");
    EXPECT_EQ(made.text("quantity"), "2.5");
    EXPECT_EQ(made.integer("unit_price_cents"), 12050);
    EXPECT_EQ(made.text("status"), "running");
    const auto path = "/api/v1/contract-lines/" + id(made);
    EXPECT_EQ(api.patch(path, R"({"quantity":3,"vat_rate":550})").text("quantity"), "3");
    EXPECT_EQ(items(api.get("/api/v1/contract-lines?contract_id=" + one)), 1u);

    auto browser = logged_in();
    const auto page = browser.get("/contracts/" + one);
    for (const auto* text : {"Visite", "120,50", "5,50 %"}) EXPECT_TRUE(page.contains(text)) << text;
    const auto wrong =
        browser.post("/contracts/" + one + "/lines/new",
                     {{"label", "Forfait"}, {"quantity", "beaucoup"}, {"unit_price_cents", "12,505"}, {"status", "running"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(wrong.contains("e-quantity"));
    EXPECT_TRUE(wrong.contains("value=\"12,505\"")) << "what was typed is kept";
    EXPECT_EQ(
        browser
            .post("/contracts/" + one + "/lines/new",
                  {{"label", "Forfait"}, {"quantity", "1,5"}, {"unit_price_cents", "1 234,5"}, {"vat_rate", "20"}, {"status", "running"}})
            .status,
        303);
    EXPECT_EQ(desk().count("select unit_price_cents from directory.contract_line where label = 'Forfait'"), 123450);
    EXPECT_EQ(desk().count("select vat_rate from directory.contract_line where label = 'Forfait'"), 2000);
    EXPECT_EQ(browser.post("/contract-lines/" + id(made) + "/delete", {}).status, 200) << "asks first";
    EXPECT_EQ(browser.post("/contract-lines/" + id(made) + "/delete", {{"confirmed", "1"}}).header("Location"), "/contracts/" + one);
    EXPECT_EQ(api.get(path).status, 404);
}

TEST_F(Contracts, S1_12_only_a_contract_that_runs_today_runs) {
    auto api = desk().api();
    const auto owner = account(api, "Scierie Garcia");
    const std::pair<std::string, bool> cases[] = {
        {R"(,"status":"running")", true},
        {R"(,"status":"draft")", false},
        {R"(,"status":"ended")", false},
        {R"(,"status":"running","ends_on":"2020-01-01")", false},
        {R"(,"status":"running","starts_on":"2999-01-01")", false},
        {R"(,"status":"running","starts_on":"2020-01-01","ends_on":"2999-01-01")", true},
    };
    std::size_t running = 0;
    for (const auto& [more, runs] : cases) {
        EXPECT_EQ(flag(api.get("/api/v1/contracts/" + contract(api, owner, more)), "runs_today"), runs) << more;
        running += runs;
    }
    EXPECT_EQ(items(api.get("/api/v1/contracts?running=true&account_id=" + owner)), running);
    EXPECT_EQ(desk().count("select count(*) from directory.contract_v1 where runs_today and account_id = " + owner),
              static_cast<std::int64_t>(running));
}

TEST_F(Contracts, a_renewal_goes_on_after_the_end) {
    auto api = desk().api();
    const auto owner = account(api, "Scierie Henry");
    const auto open = "/api/v1/contracts/" + contract(api, owner);
    EXPECT_FALSE(api.post(open + "/renew", R"({"ends_on":"2030-01-01"})").error("ends_on").empty()) << "it has no end";
    const auto path = "/api/v1/contracts/" + contract(api, owner, R"(,"status":"ended","starts_on":"2025-01-01","ends_on":"2025-12-31")");
    for (const std::string body : {R"({})", R"({"ends_on":null})", R"({"ends_on":"2026-02-30"})", R"({"ends_on":"2025-12-31"})"})
        EXPECT_EQ(api.post(path + "/renew", body).status, 422) << body;
    EXPECT_EQ(api.post(path + "/renew", R"({"ends_on":"2026-12-31","version":7})").status, 409);
    EXPECT_EQ(items(api.get(path + "/periods")), 0u);
    const auto renewed = api.post(path + "/renew", R"({"ends_on":"2999-12-31","version":1})");
    EXPECT_EQ(renewed.status, 200) << renewed.body;
    EXPECT_EQ(renewed.text("status"), "running");
    EXPECT_EQ(renewed.text("starts_on"), "2025-01-01");
    const auto periods = api.get(path + "/periods");
    ASSERT_EQ(items(periods), 2u) << periods.body;
    EXPECT_EQ(periods.json().get("items")->at(0)->get("starts_on")->as_string(), "2026-01-01");
}

TEST_F(Contracts, a_contract_without_reference_gets_the_next_number) {
    auto api = desk().api();
    const auto owner = account(api, "Scierie Roussel");
    const auto first = api.get("/api/v1/contracts/" + contract(api, owner)).text("ref");
    const auto second = api.get("/api/v1/contracts/" + contract(api, owner)).text("ref");
    EXPECT_TRUE(first.starts_with("CT-20")) << first;
    EXPECT_LT(first, second);
    EXPECT_EQ(api.get("/api/v1/contracts/" + contract(api, owner, R"(,"ref":"A-7")")).text("ref"), "A-7");
}

TEST_F(Contracts, an_account_has_one_main_contact) {
    auto api = desk().api();
    const auto owner = account(api, "Scierie Morel");
    const auto contact = [&](const std::string& name) {
        return "/api/v1/contacts/" +
               id(make(api, "contacts", R"({"account_id":)" + owner + R"(,"main":true,"language":"fr","last_name":")" + name + R"("})"));
    };
    const auto first = contact("Un"), second = contact("Deux");
    EXPECT_FALSE(flag(api.get(first), "main"));
    EXPECT_TRUE(flag(api.get(second), "main"));
    EXPECT_EQ(api.patch(first, R"({"main":true})").status, 200);
    EXPECT_FALSE(flag(api.get(second), "main"));
    EXPECT_FALSE(api.patch(first, R"({"language":"xx"})").error("language").empty());
}

TEST_F(Contracts, what_is_referred_to_is_not_deleted) {
    auto api = desk().api();
    const auto owner = account(api, "Scierie Duval"), other = account(api, "Scierie Bonnet");
    const auto contact = id(make(api, "contacts", R"({"account_id":)" + owner + R"(,"last_name":"Duval"})"));
    EXPECT_EQ(api.del("/api/v1/accounts/" + owner).status, 409);
    const auto ticket = make(api, "tickets", R"({"subject":"Panne","account_id":)" + other + "}");
    EXPECT_EQ(api.del("/api/v1/accounts/" + other).status, 422) << "the tickets refuse";
    auto browser = logged_in();
    const auto refused = browser.post("/accounts/" + other + "/delete", {{"confirmed", "1"}});
    EXPECT_EQ(refused.status, 409);
    EXPECT_TRUE(refused.contains("Ce compte a des tickets")) << refused.body;
    EXPECT_EQ(api.del("/api/v1/contacts/" + contact).status, 204);
    EXPECT_EQ(api.del("/api/v1/accounts/" + owner).status, 204);
    EXPECT_EQ(api.get("/api/v1/accounts/" + owner).status, 404);
    EXPECT_EQ(api.del("/api/v1/accounts/" + owner).status, 404);
    EXPECT_EQ(
        desk().count("select count(*) from core.outbox where event = 'directory.account_deleted' and subject = 'account/" + owner + "'"),
        1);
}

TEST_F(Contracts, agents_without_the_right_delete_nothing) {
    auto admin = desk().api();
    const auto owner = account(admin, "Scierie Fabre");
    desk().add_user("agent-scierie");
    auto agent = desk().api("agent-scierie");
    EXPECT_EQ(agent.del("/api/v1/accounts/" + owner).status, 403);
    EXPECT_EQ(admin.get("/api/v1/accounts/" + owner).status, 200);
}

TEST_F(Contracts, similar_accounts_are_pointed_out_and_block_nothing) {
    auto api = desk().api();
    make(api, "accounts",
         R"({"name":"Charcuterie Vanderbrouck","town":"Lille","email":"Contact@vanderbrouck.example","phone":"+33 (0)3 20 11 22 33"})");
    auto browser = logged_in();
    browser.get("/accounts/new");
    const auto before = desk().count("select count(*) from directory.account");
    const std::map<std::string, std::string> doubles[] = {
        {{"name", "Charcuterie Vanderbrouk"}, {"type", "customer"}},
        {{"name", "Tout autre chose"}, {"type", "customer"}, {"email", "contact@VANDERBROUCK.example"}},
        {{"name", "Tout autre chose"}, {"type", "customer"}, {"phone", "03.20.11.22.33"}},
    };
    for (const auto& fields : doubles) {
        const auto asked = browser.post("/accounts/new", fields);
        EXPECT_EQ(asked.status, 200);
        EXPECT_TRUE(asked.contains("Charcuterie Vanderbrouck"));
        EXPECT_TRUE(asked.contains("name=\"anyway\""));
    }
    EXPECT_EQ(desk().count("select count(*) from directory.account"), before);
    auto fields = doubles[0];
    fields["anyway"] = "1";
    EXPECT_EQ(browser.post("/accounts/new", fields).status, 303);
    EXPECT_EQ(browser.post("/accounts/new", {{"name", "Poissonnerie Quéméneur"}, {"type", "customer"}}).status, 303);
}

TEST_F(Contracts, telephone_numbers_are_found_however_they_are_written) {
    auto api = desk().api();
    const auto owner = id(make(api, "accounts", R"({"name":"Téléphonie Zébulon","phone":"+33 (0)5 56 77 88 99"})"));
    make(api, "contacts", R"({"account_id":)" + owner + R"(,"last_name":"Zébulon","mobile":"06-12.34 56 78"})");
    for (const std::string q : {"0556778899", "05%2056%2077%2088%2099", "%2B33%205%2056%2077", "56.77.88", "0033556778899"})
        EXPECT_EQ(items(api.get("/api/v1/accounts?q=" + q)), 1u) << q;
    EXPECT_EQ(items(api.get("/api/v1/contacts?q=06%2012%2034")), 1u);
    EXPECT_EQ(items(api.get("/api/v1/accounts?q=0556778890")), 0u);
}

}  // namespace directory_test
