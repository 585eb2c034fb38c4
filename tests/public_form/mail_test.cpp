// What visitors are sent: the confirmation with their link, and a new one when it is lost (row S2-32; security.md R30, R57, R58).
#include "public_desk.hpp"

namespace {

using namespace public_form_test;

class Mail : public PublicForm {
protected:
    static Answer ask(const Fields& fields) {
        auto answer = visitor().post("/public/lost", fields);
        EXPECT_TRUE(support::wait_until(
            [] { return count("core.job_run where job_id = 'public_form.send_lost_link' and state not in ('done', 'dead')") == 0; }));
        return answer;
    }
    static std::int64_t mails(const std::string& mail_template, const std::string& to) {
        return count("core.mail where template_id = '" + mail_template + "' and to_address = '" + to + "'");
    }
    static std::string ref(std::int64_t ticket) { return scalar("select ref from tickets.ticket where id = " + std::to_string(ticket)); }
};

}  // namespace

TEST_F(Mail, S2_32_R58_TheConfirmationHasTheLinkAndNoWordOfTheSender) {
    const auto id = sent({{"email", "nouveau@example.net"},
                          {"name", "Pills https://pills.example"},
                          {"subject", "Buy pills"},
                          {"description", "https://pills.example"}});
    const auto link = link_in_mail("tickets.confirmation", "nouveau@example.net");
    EXPECT_EQ(count("core.mail where to_address = 'nouveau@example.net' and subject || text_body || html_body || to_name like '%ills%'"),
              0);
    auto holder = follow(link);
    EXPECT_EQ(holder.get(ticket_page(id)).status, 200);
    // R59: what he writes with it is of a confirmed address
    const auto page = holder.get(ticket_page(id));
    holder.post(ticket_page(id) + "/messages", {{"key", hidden(page, "key")}, {"form", hidden(page, "form")}, {"body", "Merci"}});
    EXPECT_NE(scalar("select confirmed_at from public_form.submission where ticket_id = " + std::to_string(id)), "");
    // a reply of a colleague has one, too
    EXPECT_EQ(api().post("/api/v1/tickets/" + std::to_string(id) + "/messages", R"({"body": "Voilà", "visibility": "public"})").status,
              201);
    EXPECT_EQ(follow(link_in_mail("tickets.reply", "nouveau@example.net")).get(ticket_page(id)).status, 200);
}

TEST_F(Mail, R58_AVictimGetsThreeMailsOfAThousandRequests) {
    for (int i = 0; i < 8; ++i) sent({{"email", "victim@example.net"}});
    ASSERT_TRUE(support::wait_until([] { return count("tickets.change where field = 'mail_withheld'") == 5; }));
    EXPECT_EQ(mails("tickets.confirmation", "victim@example.net"), 3);
    // within a day ten, however they are spread
    for (int hour = 0; hour < 4; ++hour) {
        sql("update public_form.attempt set at = at - interval '61 minutes'");
        sql("delete from mailbox.mailing");  // its pauses between automatic mails are not ours
        const auto withheld = count("tickets.change where field = 'mail_withheld'"),
                   sent_before = mails("tickets.confirmation", "victim@example.net");
        for (int i = 0; i < 4; ++i) sent({{"email", "victim@example.net"}});
        ASSERT_TRUE(support::wait_until([&] {
            return count("tickets.change where field = 'mail_withheld'") + mails("tickets.confirmation", "victim@example.net") ==
                   withheld + sent_before + 4;
        }));
    }
    EXPECT_EQ(mails("tickets.confirmation", "victim@example.net"), 10);
}

TEST_F(Mail, R30_R57_ALostLinkHasTheSameAnswerForEverybody) {
    const auto id = sent({{"email", "perdu@example.net"}});
    link_in_mail("tickets.confirmation", "perdu@example.net");
    const auto runs = [] { return count("core.job_run where job_id = 'public_form.send_lost_link'"); };
    const auto before = runs();
    const auto known = ask({{"email", "perdu@example.net"}});
    EXPECT_EQ(known.status, 200);
    EXPECT_EQ(ask({{"email", "jamais@example.net"}}).body, known.body);
    EXPECT_EQ(ask({{"ref", ref(id)}}).body, known.body);
    EXPECT_EQ(ask({{"ref", "T0000-000000"}}).body, known.body);
    EXPECT_EQ(ask({{"ref", ref(id)}, {"email", "attacker@example.net"}}).body, known.body);
    EXPECT_EQ(runs() - before, 5);
    // by address and by number, to the address on file; not to the one that was typed
    EXPECT_EQ(mails("public_form.lost_link", "perdu@example.net"), 2);
    EXPECT_EQ(count("core.mail where template_id = 'public_form.lost_link'"), 2);
    EXPECT_EQ(follow(link_in_mail("public_form.lost_link", "perdu@example.net")).get(ticket_page(id)).status, 200);
    EXPECT_EQ(visitor().post("/public/lost", {}).status, 422);
    EXPECT_EQ(visitor().post("/public/lost", {{"email", "x"}}).status, 422);
}

TEST_F(Mail, R30_R57_WhoHasWrittenAMailGetsLinksToo) {
    // as mailbox adds it, but for the way in
    const auto first = sent({{"email", "par-courriel@example.net"}}), second = sent({{"email", "par-courriel@example.net"}}),
               hidden_one = sent({{"email", "par-courriel@example.net"}});
    sql("delete from public_form.submission where email = 'par-courriel@example.net'");
    sql("update tickets.ticket set channel = 'email', requester_email = 'Par-Courriel@example.net' where id = " + std::to_string(first));
    sql("update tickets.ticket set visible_to_client = false where id = " + std::to_string(hidden_one));
    sql("delete from public_form.attempt");
    EXPECT_EQ(ask({{"email", "par-courriel@example.net"}}).body, ask({{"email", "inconnu@example.net"}}).body);
    ASSERT_EQ(mails("public_form.lost_link", "par-courriel@example.net"), 1);
    const auto text = scalar(
        "select text_body from core.mail where template_id = 'public_form.lost_link' and to_address = "
        "'par-courriel@example.net'");
    EXPECT_NE(text.find(ref(first)), text.npos) << text;
    EXPECT_NE(text.find(ref(second)), text.npos) << text;
    EXPECT_EQ(text.find(ref(hidden_one)), text.npos) << text;
    EXPECT_EQ(text.find("See your requests"), text.npos) << text;
    auto reader = visitor();
    for (auto at = text.find("/public/t/"); at != text.npos; at = text.find("/public/t/", at + 1))
        EXPECT_EQ(reader.get(text.substr(at, text.find_first_of(" \n)>", at) - at)).status, 303) << text;
    EXPECT_EQ(reader.get(ticket_page(first)).status, 200);
    EXPECT_EQ(reader.get(ticket_page(second)).status, 200);
    EXPECT_EQ(reader.get(ticket_page(hidden_one)).status, 404);
}

TEST_F(Mail, R30_AContactGetsHisSpaceAndTheLimitsHold) {
    const auto mine = account("Distraite");
    contact(mine, "Distraite", "distraite@example.net");
    ask({{"email", "DISTRAITE@example.net"}});
    EXPECT_TRUE(follow(link_in_mail("public_form.lost_link", "distraite@example.net")).get("/public/space").contains("Distraite"));
    Answer last;
    for (int i = 0; i < 5; ++i) last = ask({{"email", "distraite@example.net"}});
    EXPECT_EQ(mails("public_form.lost_link", "distraite@example.net"), 3);
    // the eleventh of a network address is answered like the others
    const auto runs = count("core.job_run where job_id = 'public_form.send_lost_link'");
    for (int i = 0; i < 6; ++i) EXPECT_EQ(ask({{"email", "distraite@example.net"}}).body, last.body);
    EXPECT_EQ(count("core.job_run where job_id = 'public_form.send_lost_link'"), runs + 4);
}
