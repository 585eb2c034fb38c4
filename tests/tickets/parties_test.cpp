// Tickets on the pages of accounts and contacts, and whose tickets may be.
#include "tickets/desk_of_tickets.hpp"

namespace tickets_test {

class Parties : public Tickets {
protected:
    static std::string account(Api& api, const std::string& name, const std::string& type = "customer") {
        return id(make(api, "accounts", R"({"name":")" + name + R"(","type":")" + type + R"("})"));
    }
    static std::string of(const std::string& account_id) { return R"("account_id":)" + account_id; }
};

// What administrators set, for one test.
class AllowLeads {
public:
    AllowLeads(Browser& browser, bool allowed) : browser_{browser} { save(allowed); }
    ~AllowLeads() { save(true); }

private:
    void save(bool allowed) {
        const auto page = browser_.get("/admin/settings/tickets").body;
        const auto at = page.find("name=\"version\" value=\"") + 22;
        std::map<std::string, std::string> fields{{"version", page.substr(at, page.find('"', at) - at)}};
        if (allowed) fields["allow_leads"] = "1";
        EXPECT_EQ(browser_.post("/admin/settings/tickets", fields).status, 303);
    }
    Browser& browser_;
};

TEST_F(Parties, S1_01_a_lead_has_no_ticket_where_administrators_say_so) {
    auto api = desk().api();
    const auto lead = account(api, "Piste Alpha", "lead");
    auto browser = logged_in();
    const AllowLeads setting{browser, false};
    const auto refused = api.post("/api/v1/tickets", R"({"subject":"x",)" + of(lead) + "}");
    EXPECT_EQ(refused.status, 422);
    EXPECT_FALSE(refused.error("account_id").empty()) << refused.body;
    browser.get("/tickets/new");
    const auto form = browser.post("/tickets/new", {{"subject", "Gardé"}, {"account_id", lead}});
    EXPECT_EQ(form.status, 422);
    EXPECT_TRUE(form.contains("e-account_id"));
    EXPECT_TRUE(form.contains("Gardé"));
    const auto page = browser.get("/accounts/" + lead);
    EXPECT_TRUE(page.contains("Ce compte est une piste"));
    EXPECT_FALSE(page.contains("f-ticket-subject"));
    EXPECT_TRUE(browser.get("/accounts/" + account(api, "Client Alpha")).contains("f-ticket-subject"));
}

TEST_F(Parties, S3_12_a_lead_has_tickets_otherwise) {
    auto api = desk().api();
    const auto lead = account(api, "Piste Bêta", "lead");
    auto browser = logged_in();
    EXPECT_TRUE(browser.get("/accounts/" + lead).contains("f-ticket-subject"));
    ticket(api, "Pour la piste", of(lead));
    EXPECT_TRUE(browser.get("/accounts/" + lead).contains("Pour la piste"));
}

TEST_F(Parties, S0_09_S0_11_S2_08_current_and_past_tickets_stand_on_the_pages_of_account_and_contact) {
    auto api = desk().api();
    const auto owner = account(api, "Client Gamma"), other = account(api, "Client Delta");
    const auto contact = id(make(api, "contacts", "{" + of(owner) + R"(,"last_name":"Gamma"})"));
    ticket(api, "Sans interlocuteur", of(owner));
    ticket(api, "Avec interlocuteur", of(owner) + R"(,"contact_id":)" + contact);
    const auto closed = ticket(api, "Du passé", of(owner) + R"(,"contact_id":)" + contact);
    EXPECT_EQ(api.post(path(closed) + "/close", "{}").status, 200);
    ticket(api, "D’un autre", of(other));
    auto browser = logged_in();
    const auto page = browser.get("/accounts/" + owner);
    for (const auto* text : {"Sans interlocuteur", "Avec interlocuteur", "Du passé", "<span class=\"count\">3</span>"})
        EXPECT_TRUE(page.contains(text)) << text;
    EXPECT_FALSE(page.contains("D’un autre"));
    EXPECT_TRUE(page.contains("/tickets?phase=all&amp;account_id=" + owner));
    const auto person = browser.get("/contacts/" + contact);
    for (const auto* text : {"Avec interlocuteur", "Du passé", "<span class=\"count\">2</span>"})
        EXPECT_TRUE(person.contains(text)) << text;
    EXPECT_FALSE(person.contains("Sans interlocuteur"));
}

TEST_F(Parties, S1_02_add_returns_to_the_account_and_add_and_open_goes_to_the_ticket) {
    auto api = desk().api();
    const auto owner = account(api, "Client Epsilon");
    auto browser = logged_in();
    browser.get("/accounts/" + owner);
    const auto post = [&](const std::string& then) {
        return browser.post(
            "/tickets/new",
            {{"subject", "Depuis la fiche " + then}, {"account_id", owner}, {"back", "/accounts/" + owner}, {"then", then}});
    };
    EXPECT_EQ(post("add").header("Location"), "/accounts/" + owner);
    EXPECT_TRUE(post("open").header("Location").starts_with("/tickets/"));
    EXPECT_EQ(desk().count("select count(*) from tickets.ticket where account_id = " + owner), 2);
    const auto elsewhere = browser.post("/tickets/new", {{"subject", "x"}, {"back", "//evil.example"}, {"then", "add"}});
    EXPECT_EQ(elsewhere.header("Location"), "/tickets");
}

TEST_F(Parties, S1_12_only_a_running_contract_of_the_account_is_taken) {
    auto api = desk().api();
    const auto owner = account(api, "Client Zêta"), other = account(api, "Client Êta");
    const auto contract = [&](const std::string& of_account, const std::string& more) {
        return id(make(api, "contracts", "{" + of(of_account) + R"(,"label":"C",)" + more + "}"));
    };
    const auto running = contract(owner, R"("status":"running")");
    for (const auto& wrong : {contract(owner, R"("status":"draft")"), contract(owner, R"("status":"running","ends_on":"2020-01-01")"),
                              contract(other, R"("status":"running")")}) {
        const auto refused = api.post("/api/v1/tickets", R"({"subject":"x",)" + of(owner) + R"(,"contract_id":)" + wrong + "}");
        EXPECT_EQ(refused.status, 422);
        EXPECT_FALSE(refused.error("contract_id").empty());
    }
    const auto made = ticket(api, "Sous contrat", of(owner) + R"(,"contract_id":)" + running);
    EXPECT_EQ(api.del("/api/v1/contracts/" + running).status, 422) << "a ticket needs it";
    EXPECT_EQ(api.get("/api/v1/contracts/" + running).status, 200);
    EXPECT_EQ(made.integer("contract_id"), std::stol(running));
}

}  // namespace tickets_test
