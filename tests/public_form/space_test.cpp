// The space of a customer who came with his own link (rows S2-08, S2-09, S3-17; security.md R59, R66).
#include "public_desk.hpp"

namespace {

using namespace public_form_test;

class Space : public PublicForm {
protected:
    // A link of the account's, handed over.
    static std::string account_link(std::int64_t id) { return created_link({{"account_id", std::to_string(id)}}); }
    static std::string contact_link(std::int64_t id) { return created_link({{"contact_id", std::to_string(id)}}); }
    static std::int64_t ticket(const std::string& subject, const std::string& more) {
        return make(api(), "tickets", R"({"subject": ")" + subject + "\", " + more + "}").integer("id");
    }
};

}  // namespace

TEST_F(Space, LinksAreForWhatTheAgentSees) {
    auto admin = logged_in();
    EXPECT_EQ(admin.post("/customer-access", {{"account_id", "999999"}}).status, 404);
    EXPECT_EQ(admin.post("/customer-access", {}).status, 404);
    EXPECT_EQ(admin.get("/customer-access/send?contact_id=999999").status, 404);
    EXPECT_EQ(visitor().get("/customer-access/send?account_id=1").status, 303);  // to the login
    desk().add_user("lectrice", "reader");
    const auto id = account("Vue");
    auto reader = logged_in("lectrice");
    EXPECT_EQ(reader.post("/customer-access", {{"account_id", std::to_string(id)}}).status, 403);
    EXPECT_FALSE(reader.get("/accounts/" + std::to_string(id)).contains("Customer access"));
}

TEST_F(Space, S3_17_OnlyWhatIsSharedWithTheCustomerIsThere) {
    const auto mine = account("Mienne"), other = account("Autre");
    const auto of = [](std::int64_t id, const std::string& more = {}) { return "\"account_id\": " + std::to_string(id) + more; };
    const auto shared = ticket("Partagé", of(mine, ", \"visible_to_client\": true"));
    const auto kept = ticket("Gardé", of(mine, ", \"visible_to_client\": false"));
    const auto foreign = ticket("Étranger", of(other, ", \"visible_to_client\": true"));
    auto customer = follow(account_link(mine));
    const auto page = customer.get("/public/space");
    EXPECT_TRUE(page.contains("Partagé"));
    EXPECT_FALSE(page.contains("Gardé"));
    EXPECT_FALSE(page.contains("Étranger"));
    EXPECT_EQ(customer.get(ticket_page(shared)).status, 200);
    EXPECT_EQ(customer.get(ticket_page(kept)).status, 404);
    EXPECT_EQ(customer.get(ticket_page(foreign)).status, 404);
    // "Assign to customer" on the ticket's page
    auto agent = logged_in();
    agent.get("/tickets/" + std::to_string(kept));
    EXPECT_EQ(agent
                  .post("/tickets/" + std::to_string(kept) + "/assign_to_customer",
                        {{"version", scalar("select version from tickets.ticket where id = " + std::to_string(kept))}})
                  .status,
              303);
    EXPECT_EQ(customer.get(ticket_page(kept)).status, 200);
    // and taken back
    EXPECT_EQ(agent
                  .post("/tickets/" + std::to_string(shared) + "/hide_from_customer",
                        {{"version", scalar("select version from tickets.ticket where id = " + std::to_string(shared))}})
                  .status,
              303);
    EXPECT_EQ(customer.get(ticket_page(shared)).status, 404);
}

TEST_F(Space, S2_09_TheCustomerAndHisContactsAreRecognised) {
    const auto mine = account("Reconnue", "contact@reconnue.example"), other = account("Voisine");
    const auto anne = contact(mine, "Anne", "anne@reconnue.example"), stranger = contact(other, "Voisin", "voisin@voisine.example");
    auto customer = follow(account_link(mine));
    auto page = customer.get("/public/space");
    EXPECT_TRUE(page.contains("Reconnue"));
    EXPECT_TRUE(page.contains("Anne"));
    EXPECT_FALSE(page.contains("Voisin"));
    const auto key = hidden(page, "key");
    EXPECT_EQ(customer.post("/public/space/contact", {{"key", key}, {"contact_id", std::to_string(stranger)}}).status, 404);
    EXPECT_EQ(customer.post("/public/space/contact", {{"key", "x"}, {"contact_id", std::to_string(anne)}}).status, 403);
    EXPECT_EQ(customer.post("/public/space/contact", {{"key", key}, {"contact_id", std::to_string(anne)}}).status, 303);
    page = customer.get("/public/new");
    EXPECT_TRUE(page.contains("anne@reconnue.example"));
    EXPECT_FALSE(page.contains("name=\"email\""));
    // whatever the form says, it is his
    EXPECT_EQ(send(customer, {{"subject", "De la part d’Anne"}, {"email", "voisin@voisine.example"}}).status, 200);
    EXPECT_EQ(
        scalar("select concat_ws('|', account_id, contact_id, requester_email) from tickets.ticket where subject = 'De la part d’Anne'"),
        std::to_string(mine) + "|" + std::to_string(anne) + "|anne@reconnue.example");
    EXPECT_TRUE(customer.get("/public/space").contains("De la part d’Anne"));
    // a contact's own link shows what is his
    auto only_anne = follow(contact_link(anne));
    EXPECT_FALSE(only_anne.get("/public/space").contains("name=\"contact_id\""));
    EXPECT_TRUE(only_anne.get("/public/space").contains("De la part d’Anne"));
    const auto of_account = ticket("De tous", "\"account_id\": " + std::to_string(mine) + ", \"visible_to_client\": true");
    EXPECT_FALSE(only_anne.get("/public/space").contains("De tous"));
    EXPECT_EQ(only_anne.get(ticket_page(of_account)).status, 404);
    // and he leaves
    EXPECT_EQ(customer.post("/public/space/leave", {{"key", key}}).status, 303);
    EXPECT_EQ(customer.get("/public/space").status, 404);
}

TEST_F(Space, S2_08_TheLinkIsSentWithAMessage) {
    const auto mine = account("Destinataire");
    auto agent = logged_in();
    const auto path = "/customer-access/send?account_id=" + std::to_string(mine);
    EXPECT_TRUE(agent.get(path).contains("Nobody here has an e-mail address"));
    const auto zoe = contact(mine, "Zoé", "zoe@destinataire.example"), stranger = contact(account("Tiers"), "Tiers", "tiers@tiers.example");
    EXPECT_TRUE(agent.get(path).contains("zoe@destinataire.example"));
    Fields fields{{"account_id", std::to_string(mine)},
                  {"to", std::to_string(stranger)},
                  {"body", "Bonjour,\n\n**voici** votre accès."},
                  {"days", "30"}};
    auto answer = agent.post("/customer-access/send", fields);
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.contains("Choose who gets it."));
    EXPECT_TRUE(answer.contains("**voici** votre accès."));
    EXPECT_EQ(
        agent.post("/customer-access/send", {{"account_id", std::to_string(mine)}, {"to", std::to_string(zoe)}, {"days", "-1"}}).status,
        422);
    EXPECT_EQ(count("core.mail where template_id = 'public_form.access'"), 0);
    fields["to"] = std::to_string(zoe);
    EXPECT_EQ(agent.post("/customer-access/send", fields).status, 303);
    EXPECT_NE(scalar("select html_body from core.mail where template_id = 'public_form.access'").find("<strong>voici</strong>"),
              std::string::npos);
    auto customer = follow(link_in_mail("public_form.access", "zoe@destinataire.example"));
    EXPECT_TRUE(customer.get("/public/space").contains("Destinataire"));
    // the page of the account has its history: to whom, used, until when
    const auto box = agent.get("/accounts/" + std::to_string(mine));
    EXPECT_TRUE(box.contains("zoe@destinataire.example"));
    EXPECT_TRUE(box.contains("Last used"));
    EXPECT_TRUE(agent.get("/contacts/" + std::to_string(zoe)).contains("Last used"));
    EXPECT_EQ(count("core.audit where action = 'public_form.link_sent'"), 1);
    const auto link = scalar("select id from public_form.link where contact_id = " + std::to_string(zoe));
    EXPECT_TRUE(box.contains("/customer-access/" + link + "/revoke"));
    EXPECT_EQ(agent.post("/customer-access/" + link + "/revoke", {{"account_id", std::to_string(mine)}}).status, 303);
    EXPECT_EQ(customer.get("/public/space").status, 404);
    EXPECT_TRUE(agent.get("/accounts/" + std::to_string(mine)).contains("Links that do not work any more"));
}

TEST_F(Space, R59_WhoOnlyClaimsToBeTheCustomerSeesAndSharesNothing) {
    const auto victim = account("Victime");
    const auto who = contact(victim, "Victime", "victime@example.net");
    ticket("Histoire",
           "\"account_id\": " + std::to_string(victim) + ", \"contact_id\": " + std::to_string(who) + ", \"visible_to_client\": true");
    const auto id = sent({{"email", "victime@example.net"}, {"subject", "Qui suis-je"}});
    // the answer has no link, and the agent is told
    EXPECT_EQ(scalar("select state from public_form.submission where ticket_id = " + std::to_string(id)), "claimed");
    EXPECT_TRUE(logged_in().get("/tickets/" + std::to_string(id)).contains("Sender not confirmed"));
    // it is not among the customer's until he says that it is his
    auto customer = follow(contact_link(who));
    EXPECT_FALSE(customer.get("/public/space").contains("Qui suis-je"));
    EXPECT_EQ(customer.get(ticket_page(id)).status, 404);
    // the link in the mail shows this ticket only
    auto by_mail = follow(link_in_mail("tickets.confirmation", "victime@example.net"));
    const auto page = by_mail.get(ticket_page(id));
    EXPECT_EQ(by_mail.get("/public/space").status, 404);
    EXPECT_TRUE(page.contains("Did you send this request?"));
    EXPECT_FALSE(page.contains("Histoire"));
    EXPECT_EQ(by_mail.post(ticket_page(id) + "/confirm", {{"key", hidden(page, "key")}}).status, 303);
    EXPECT_FALSE(by_mail.get(ticket_page(id)).contains("Did you send this request?"));
    EXPECT_TRUE(customer.get("/public/space").contains("Qui suis-je"));
    EXPECT_FALSE(logged_in().get("/tickets/" + std::to_string(id)).contains("Sender not confirmed"));
}

TEST_F(Space, R59_S2_08_OnlyALinkThatWasMailedThereProvesAnAddress) {
    const auto customer = account("Prouvée");
    const auto who = contact(customer, "Prouvée", "prouvee@example.net");
    const auto id = sent({{"email", "prouvee@example.net"}, {"subject", "Est-ce moi"}});
    const auto confirmed = [&] {
        return scalar("select confirmed_at is not null from public_form.submission where ticket_id = " + std::to_string(id)) == "t";
    };
    const auto say = [&](Browser& browser, const std::string& body) {
        const auto page = browser.get(ticket_page(id));
        return browser.post(ticket_page(id) + "/messages", {{"key", hidden(page, "key")}, {"form", hidden(page, "form")}, {"body", body}});
    };
    // whoever was handed a link may be anybody: of the ticket, he sees that one; of the customer, not even that
    auto handed = follow(ticket_link(id));
    EXPECT_FALSE(handed.get(ticket_page(id)).contains("Did you send this request?"));
    EXPECT_EQ(say(handed, "Bonjour").status, 303);
    EXPECT_FALSE(confirmed());
    EXPECT_FALSE(follow(contact_link(who)).get("/public/space").contains("Est-ce moi"));
    EXPECT_FALSE(follow(account_link(customer)).get("/public/space").contains("Est-ce moi"));
    // what an agent has mailed is read by who reads the address
    const auto mail = [&](const std::string& to, const std::string& address) {
        EXPECT_EQ(
            logged_in().post("/customer-access/send", {{"account_id", std::to_string(customer)}, {"to", to}, {"body", "Voici"}}).status,
            303);
        return follow(link_in_mail("public_form.access", address));
    };
    const auto colleague = contact(customer, "Collègue", "collegue@example.net");
    auto other = mail(std::to_string(colleague), "collegue@example.net");
    EXPECT_EQ(other.get(ticket_page(id)).status, 404);
    auto mailed = mail(std::to_string(who), "prouvee@example.net");
    EXPECT_TRUE(mailed.get("/public/space").contains("Est-ce moi"));
    EXPECT_TRUE(mailed.get(ticket_page(id)).contains("Did you send this request?"));
    EXPECT_FALSE(confirmed()) << "looking changes nothing";
    EXPECT_EQ(say(mailed, "C'est bien moi").status, 303);
    EXPECT_TRUE(confirmed());
}

TEST_F(Space, R66_MailsOfOthersAreNotACustomers) {
    const auto mine = account("Piégée");
    const auto who = contact(mine, "Piégée", "piegee@example.net");
    const auto id = ticket("Votre code de confirmation",
                           R"("channel": "email", "requester_email": "no-reply@chat.example", "visible_to_client": true)");
    auto customer = follow(contact_link(who));
    EXPECT_FALSE(customer.get("/public/space").contains("Votre code"));
    EXPECT_EQ(customer.get(ticket_page(id)).status, 404);
    // nor does its number send it to him
    const auto ref = scalar("select ref from tickets.ticket where id = " + std::to_string(id));
    EXPECT_EQ(visitor().post("/public/lost", {{"ref", ref}, {"email", "piegee@example.net"}}).status, 200);
    ASSERT_TRUE(support::wait_until(
        [] { return count("core.job_run where job_id = 'public_form.send_lost_link' and state not in ('done', 'dead')") == 0; }));
    EXPECT_EQ(count("core.mail where template_id = 'public_form.lost_link'"), 0);
}
