// Links of tickets: who has one sees the ticket and acts on it, and nobody else does (rows S2-11, S2-40; security.md R29 to R35).
#include "public_desk.hpp"

#include <regex>

namespace {

using namespace public_form_test;

class Link : public PublicForm {
protected:
    static std::string phase(std::int64_t ticket) {
        return scalar("select s.phase from tickets.ticket t join tickets.status s on s.id = t.status_id where t.id = " +
                      std::to_string(ticket));
    }
    static Answer write(Browser& browser, std::int64_t ticket, const std::string& body) {
        const auto page = browser.get(ticket_page(ticket));
        return browser.post(ticket_page(ticket) + "/messages",
                            {{"key", hidden(page, "key")}, {"form", hidden(page, "form")}, {"body", body}});
    }
};

}  // namespace

TEST_F(Link, R29_R20_WhatIsNoTokenIsNotFound) {
    sent();
    auto browser = visitor();
    for (const std::string token : {"x", "null", "undefined", "%00", "0", std::string(43, 'a').c_str(), std::string(5000, 'a').c_str()}) {
        for (const std::string kind : {"/public/t/", "/public/c/"}) {
            const auto answer = browser.get(kind + token);
            EXPECT_TRUE(answer.status == 404 || answer.status == 400) << kind << token << " " << answer.status;
        }
    }
    EXPECT_TRUE(browser.cookies.find("__Host-public_form.visit") == browser.cookies.end());
    const auto page = browser.get("/public/t/" + std::string(43, 'a'));
    EXPECT_TRUE(page.contains("This link does not work any more"));
    EXPECT_TRUE(page.contains("/public/lost"));
    // of the other kind
    const auto link = ticket_link(sent());
    EXPECT_EQ(browser.get("/public/c" + link.substr(9)).status, 404);
}

TEST_F(Link, R29_NobodySeesATicketWithoutOne) {
    const auto id = sent(), other = sent();
    auto nobody = visitor();
    EXPECT_EQ(nobody.get(ticket_page(id)).status, 404);
    EXPECT_EQ(nobody.get("/public/space").status, 404);
    nobody.cookies["__Host-public_form.visit"] = std::string(43, 'a');
    EXPECT_EQ(nobody.get(ticket_page(id)).status, 404);
    auto holder = follow(ticket_link(id));
    EXPECT_EQ(holder.get(ticket_page(id)).status, 200);
    const auto refused = [&](std::int64_t ticket) {
        const auto answer = holder.get(ticket_page(ticket));
        EXPECT_EQ(answer.status, 404);
        return std::regex_replace(answer.body, std::regex{ticket_page(ticket)}, "ADDRESS");
    };
    EXPECT_EQ(refused(other), refused(999'999));
    EXPECT_EQ(holder.get("/public/space").status, 404);
    EXPECT_EQ(write(holder, other, "Bonjour").status, 404);
}

TEST_F(Link, R29_TheTokenIsInNoAddressNoTableAndNoReferrer) {
    const auto id = sent();
    const auto link = ticket_link(id);
    auto browser = visitor();
    testing::internal::CaptureStderr();
    const auto opened = browser.get(link);
    browser.get(link + "?x=1");
    browser.get(link + "x");  // not found
    const auto log = testing::internal::GetCapturedStderr();
    EXPECT_EQ(opened.status, 303);
    EXPECT_EQ(opened.header("Location"), ticket_page(id));
    EXPECT_EQ(opened.header("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(opened.header("Cache-Control"), "no-store");
    EXPECT_NE(opened.header("Set-Cookie").find("HttpOnly; SameSite=Lax"), std::string::npos) << opened.header("Set-Cookie");
    const auto page = browser.get(ticket_page(id));
    EXPECT_EQ(page.header("Referrer-Policy"), "no-referrer");
    const auto token = link.substr(link.rfind('/') + 1);
    EXPECT_FALSE(page.contains(token));
    EXPECT_EQ(log.find(token), std::string::npos) << log;
    for (const auto* table : {"public_form.link", "public_form.visit", "core.idempotency", "core.audit", "core.job_run"})
        EXPECT_EQ(count(std::string{table} + " t where t::text like '%" + token + "%'"), 0) << table;
}

TEST_F(Link, R29_RevokedAndExpiredOnesDoNotOpenAndEndTheirVisits) {
    const auto id = sent();
    const auto old = ticket_link(id);
    auto holder = follow(old);
    const auto renewed = ticket_link(id);
    EXPECT_EQ(holder.get(ticket_page(id)).status, 404);
    EXPECT_EQ(visitor().get(old).status, 404);
    auto next = follow(renewed);
    EXPECT_EQ(next.get(ticket_page(id)).status, 200);
    sql("update public_form.link set expires_at = now() - interval '1 second' where revoked_at is null and ticket_id = " +
        std::to_string(id));
    EXPECT_EQ(next.get(ticket_page(id)).status, 404);
    EXPECT_EQ(visitor().get(renewed).status, 404);
    // and a visit ends by itself
    auto late = follow(ticket_link(id));
    sql("update public_form.visit set expires_at = now() - interval '1 second'");
    EXPECT_EQ(late.get(ticket_page(id)).status, 404);
    // one of many is revoked from the ticket's page
    auto agent = logged_in();
    const auto link = ticket_link(id);
    const auto link_id = scalar("select max(id) from public_form.link");
    EXPECT_EQ(agent.post("/customer-access/" + link_id + "/revoke", {{"ticket_id", std::to_string(id + 1'000)}}).status, 404);
    EXPECT_EQ(agent.post("/customer-access/" + link_id + "/revoke", {{"ticket_id", std::to_string(sent())}}).status, 404);
    EXPECT_EQ(agent.post("/customer-access/" + link_id + "/revoke", {{"ticket_id", std::to_string(id)}}).status, 303);
    EXPECT_EQ(visitor().get(link).status, 404);
    EXPECT_EQ(count("core.audit where action = 'public_form.link_revoked'"), 1);
}

TEST_F(Link, R52_OtherSitesCannotSendFormsOfAVisit) {
    const auto id = sent();
    auto holder = follow(ticket_link(id));
    const auto key = hidden(holder.get(ticket_page(id)), "key");
    EXPECT_EQ(holder.post(ticket_page(id) + "/messages", {{"body", "Bonjour"}}).status, 403);
    EXPECT_EQ(holder.post(ticket_page(id) + "/messages", {{"body", "Bonjour"}, {"key", "x"}}).status, 403);
    EXPECT_EQ(holder.post(ticket_page(id) + "/messages", {{"body", "Bonjour"}, {"key", key}}, {{"Sec-Fetch-Site", "cross-site"}}).status,
              403);
    auto other = follow(ticket_link(sent()));
    EXPECT_EQ(other.post(ticket_page(id) + "/messages", {{"body", "Bonjour"}, {"key", key}}).status, 404);
    EXPECT_EQ(count("tickets.message"), 0);
}

TEST_F(Link, R33_LookingChangesNothing) {
    const auto id = sent();
    auto holder = follow(ticket_link(id));
    for (const auto* path : {"/close", "/reopen", "/confirm", "/messages"})
        EXPECT_EQ(holder.get(ticket_page(id) + path).status, 405) << path;
    holder.get(ticket_page(id));
    EXPECT_EQ(phase(id), "new");
    EXPECT_EQ(scalar("select confirmed_at from public_form.submission where ticket_id = " + std::to_string(id)), "");
}

TEST_F(Link, S2_11_TheHolderReadsAddsAndGetsFiles) {
    const auto id = sent({{"subject", "Écran noir"}, {"description", "Depuis **ce matin**"}});
    auto holder = follow(ticket_link(id));
    auto page = holder.get(ticket_page(id));
    EXPECT_TRUE(page.contains("Écran noir"));
    EXPECT_TRUE(page.contains("<strong>ce matin</strong>"));
    EXPECT_EQ(write(holder, id, " ").status, 422);
    EXPECT_EQ(holder
                  .post_parts(ticket_page(id) + "/messages",
                              {{"key", hidden(page, "key")}, {"form", hidden(page, "form")}, {"body", "Voici la photo"}},
                              "file", "photo.txt", "content of the photo")
                  .status,
              303);
    EXPECT_EQ(scalar("select author_email from tickets.message where ticket_id = " + std::to_string(id)), "claire@example.org");
    page = holder.get(ticket_page(id));
    EXPECT_TRUE(page.contains("Voici la photo"));
    const auto file = between(page.body, "href=\"" + ticket_page(id) + "/files/", "\"");
    const auto download = holder.get(ticket_page(id) + "/files/" + file);
    EXPECT_EQ(download.body, "content of the photo");
    EXPECT_NE(download.header("Content-Disposition").find("attachment"), std::string::npos);
    // R32: checked at each request
    EXPECT_EQ(visitor().get(ticket_page(id) + "/files/" + file).status, 404);
    const auto other = sent();
    EXPECT_EQ(follow(ticket_link(other)).get(ticket_page(other) + "/files/" + file).status, 404);
    ticket_link(id);
    EXPECT_EQ(holder.get(ticket_page(id) + "/files/" + file, {{"Range", "bytes=0-3"}}).status, 404);
}

TEST_F(Link, TheHolderClosesAndReopensAfterBeingAsked) {
    const auto id = sent();
    auto holder = follow(ticket_link(id));
    const auto key = hidden(holder.get(ticket_page(id)), "key");
    const auto question = holder.post(ticket_page(id) + "/close", {{"key", key}});
    EXPECT_TRUE(question.contains("Close this request?"));
    EXPECT_EQ(phase(id), "new");
    EXPECT_EQ(holder.post(ticket_page(id) + "/close", {{"key", key}, {"confirmed", "1"}}).status, 303);
    EXPECT_EQ(phase(id), "closed");
    EXPECT_EQ(holder.post(ticket_page(id) + "/reopen", {{"key", key}, {"confirmed", "1"}}).status, 303);
    EXPECT_NE(phase(id), "closed");
    arrange({{"customers_may_close", ""}});
    EXPECT_FALSE(holder.get(ticket_page(id)).contains("Close the request"));
    EXPECT_EQ(holder.post(ticket_page(id) + "/close", {{"key", key}, {"confirmed", "1"}}).status, 403);
    arrange({});
}

TEST_F(Link, R31_LinkedAndMergedTicketsShowNoMore) {
    const auto child = sent({{"subject", "Enfant"}}),
               parent = sent({{"subject", "Parent"}, {"description", "SECRET-OF-PARENT"}, {"email", "other@example.org"}});
    auto holder = follow(ticket_link(child));
    EXPECT_EQ(
        logged_in()
                .post("/tickets/" + std::to_string(child) + "/links",
                      {{"relation", "child"}, {"ticket", scalar("select ref from tickets.ticket where id = " + std::to_string(parent))}})
                .status /
            100,
        3);
    EXPECT_EQ(holder.get(ticket_page(parent)).status, 404);
    EXPECT_EQ(api().post("/api/v1/tickets/" + std::to_string(child) + "/merge", R"({"into": )" + std::to_string(parent) + "}").status, 200);
    EXPECT_EQ(holder.get(ticket_page(parent)).status, 404);
    const auto page = holder.get(ticket_page(child));
    EXPECT_EQ(page.status, 200);
    EXPECT_FALSE(page.contains("SECRET-OF-PARENT"));
    EXPECT_FALSE(page.contains("other@example.org"));
}

TEST_F(Link, R34_NotesAreOnNoPublicPage) {
    const auto customer = account("Canari");
    const auto who = contact(customer, "Canari", "canari@example.net");
    const auto id = sent({{"email", "canari@example.net"}});
    for (const auto* visibility : {"\"team\"", "\"private\", \"to_user\": \"admin\""})
        EXPECT_EQ(api()
                      .post("/api/v1/tickets/" + std::to_string(id) + "/messages",
                            std::string{R"({"body": "INTERNAL-7f3a", "visibility": )"} + visibility + "}")
                      .status,
                  201);
    auto admin = logged_in();
    EXPECT_EQ(admin.post_parts("/tickets/" + std::to_string(id) + "/attachments", {}, "file", "INTERNAL-7f3a.txt", "INTERNAL-7f3a").status,
              303);
    auto holder = follow(link_in_mail("tickets.confirmation", "canari@example.net"));
    holder.get(created_link({{"contact_id", std::to_string(who)}}));
    const auto key = hidden(holder.get(ticket_page(id)), "key");
    EXPECT_EQ(holder.post(ticket_page(id) + "/confirm", {{"key", key}}).status, 303);
    for (const auto& path :
         {ticket_page(id), std::string{"/public/space"}, std::string{"/public/new"}, std::string{"/public"}, std::string{"/public/lost"}}) {
        const auto page = holder.get(path);
        EXPECT_EQ(page.status, 200) << path;
        EXPECT_FALSE(page.contains("INTERNAL-7f3a")) << path;
    }
    EXPECT_TRUE(holder.get("/public/space").contains(ticket_page(id)));
    for (int file = 1; file <= std::stoi(scalar("select max(id) from core.file")); ++file)
        EXPECT_FALSE(holder.get(ticket_page(id) + "/files/" + std::to_string(file)).contains("INTERNAL-7f3a")) << file;
    EXPECT_EQ(count("core.mail where text_body || html_body || subject like '%INTERNAL-7f3a%'"), 0);
}

TEST_F(Link, S2_40_AColleagueLooksAsTheCustomerAndChangesNothing) {
    const auto id = sent();
    auto agent = logged_in();
    EXPECT_TRUE(agent.get("/tickets/" + std::to_string(id)).contains("See it as the customer"));
    const auto look = agent.post("/customer-access/look", {{"ticket_id", std::to_string(id)}});
    EXPECT_EQ(look.status, 303);
    EXPECT_EQ(agent.get(look.header("Location")).status, 303);
    const auto page = agent.get(ticket_page(id));
    EXPECT_TRUE(page.contains("This is what the customer sees."));
    EXPECT_FALSE(page.contains("name=\"body\""));
    EXPECT_EQ(agent.post(ticket_page(id) + "/messages", {{"key", hidden(page, "key")}, {"body", "x"}}).status, 403);
    EXPECT_EQ(
        scalar("select state || coalesce(confirmed_at::text, '') from public_form.submission where ticket_id = " + std::to_string(id)),
        "unknown");
    EXPECT_EQ(agent.post("/customer-access/look", {{"ticket_id", "999999"}}).status, 404);
    // R36: who may not is not let
    desk().add_user("lecteur", "reader");
    EXPECT_EQ(logged_in("lecteur").post("/customer-access/look", {{"ticket_id", std::to_string(id)}}).status, 403);
}

TEST_F(Link, S3_17_WhatIsHiddenFromTheCustomerIsBehindNoLink) {
    const auto id = sent({{"email", "cache@example.net"}});
    auto holder = follow(link_in_mail("tickets.confirmation", "cache@example.net"));
    EXPECT_EQ(holder.get(ticket_page(id)).status, 200);
    EXPECT_EQ(api()
                  .patch("/api/v1/tickets/" + std::to_string(id),
                         R"({"visible_to_client": false, "version": )" +
                             scalar("select version from tickets.ticket where id = " + std::to_string(id)) + "}")
                  .status,
              200);
    EXPECT_EQ(holder.get(ticket_page(id)).status, 404);
    // nor does a reply lead there
    EXPECT_EQ(api().post("/api/v1/tickets/" + std::to_string(id) + "/messages", R"({"body": "Voilà", "visibility": "public"})").status,
              201);
    EXPECT_EQ(link_in_mail("tickets.reply", "cache@example.net"), "");
    // a colleague may still look
    auto agent = logged_in();
    agent.get(agent.post("/customer-access/look", {{"ticket_id", std::to_string(id)}}).header("Location"));
    EXPECT_EQ(agent.get(ticket_page(id)).status, 200);
}

TEST_F(Link, MessagesOfALinkAreLimited) {
    const auto id = sent();
    auto holder = follow(ticket_link(id));
    const auto link = scalar("select max(id) from public_form.link where ticket_id = " + std::to_string(id));
    sql("insert into public_form.attempt (kind, key, amount) values ('messages_of_link', '" + link + "', 29)");
    EXPECT_EQ(write(holder, id, "one").status, 303);
    const auto refused = write(holder, id, "one too many");
    EXPECT_EQ(refused.status, 429);
    EXPECT_TRUE(refused.contains("one too many"));
    EXPECT_EQ(count("tickets.message where ticket_id = " + std::to_string(id)), 1);
}
