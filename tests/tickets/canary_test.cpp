// R34: what is written for colleagues stays with them, what is private stays with its two, in every channel there is.
#include "support/wait.hpp"
#include "tickets/desk_of_tickets.hpp"

namespace tickets_test {
namespace {

const std::string kNote = "INTERNAL-7f3a", kPrivate = "PRIVATE-7f3a";  // searched for by "7f3a", which a page may repeat
const web_test::Headers kMultipart{{"Content-Type", "multipart/form-data; boundary=frontier"}};

}  // namespace

class Canary : public testing::Test {
protected:
    Canary() {
        sql("insert into core.mail_sender (code, name, address, host, port, security, paused_until)"
            " values ('desk', 'Desk', 'desk@guichet.example', 'localhost', 1, 'none', 'infinity')");
        for (const auto* login : {"author", "recipient", "colleague"}) desk.add_user(login);
        desk.add_user("stranger", "reader");
        desk.set_level("reader", "tickets.ticket.read", 1);
        auto admin = desk.api(), author = desk.api("author");
        made = ticket(admin, "Imprimante", R"("requester_email":"jeanne@client.fr")");
        note_file = attach(author, say(author, R"("visibility":"team","by_mail":true)", kNote), kNote);
        private_file = attach(author, say(author, R"("visibility":"private","to_user":"recipient")", kPrivate), kPrivate);
        say(author, R"("visibility":"public")", "Bonjour");
        author.patch(path(made), R"({"status":"CLOSED"})");
    }
    host::db::Rows sql(std::string_view text) { return desk.app->pool().exec(text); }
    Answer say(Api& author, const std::string& how, const std::string& body) {
        return author.post(path(made) + "/messages", R"({"body":")" + body + R"(",)" + how + "}");
    }
    std::string attach(Api& author, const Answer& message, const std::string& canary) {
        const auto answer = author.write("POST", path(made) + "/attachments",
                                         "--frontier\r\nContent-Disposition: form-data; name=\"message_id\"\r\n\r\n" + id(message) +
                                             "\r\n--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + canary +
                                             ".txt\"\r\n\r\n" + canary + " in a file\r\n--frontier--\r\n",
                                         kMultipart);
        EXPECT_EQ(answer.status, 201) << answer.body;
        return std::to_string(answer.json().get("items")->at(0)->get("id")->as_integer());
    }
    // Everything the user can get hold of that may tell of the ticket.
    std::string everything(const std::string& login) {
        auto api = desk.api(login);
        auto browser = desk.browser();
        browser.log_in(login);
        std::string out;
        const web_test::Headers htmx{{"HX-Request", "true"}}, range{{"Range", "bytes=0-200"}};
        for (const auto& target : {page(made), page(made) + "?history=all", page(made) + "/canned", std::string{"/"},
                                   std::string{"/tickets"}, std::string{"/tickets?q=7f3a"}, std::string{"/tickets?phase=all"},
                                   std::string{"/tickets/export"}, std::string{"/tickets/export?q=7f3a"}, std::string{"/search?q=7f3a"},
                                   std::string{"/admin/mail"}, std::string{"/admin/mail?q=7f3a"}, std::string{"/admin/audit"},
                                   std::string{"/admin/deliveries"}, std::string{"/api/openapi.json"}})
            out += browser.get(target).body + browser.get(target, htmx).body;
        for (const auto& file : {note_file, private_file})
            for (const auto& target : {page(made) + "/attachments/" + file, page(made) + "/attachments/" + file + "?inline=1"})
                out += browser.get(target).body + browser.get(target, range).body;
        for (const std::string target : {"", "/messages", "/messages?limit=200", "/history", "/history?limit=200", "/attachments"})
            out += api.get(path(made) + target).body;
        for (const auto& file : {note_file, private_file}) out += api.get(path(made) + "/attachments/" + file).body;
        for (const std::string target : {"/api/v1/tickets", "/api/v1/tickets?q=7f3a", "/api/v1/canned-replies"})
            out += api.get(target).body;
        for (std::int64_t message = 1; message <= 3; ++message) out += browser.get("/messages/" + std::to_string(message)).body;
        return out;
    }

    web_test::Desk desk;
    Answer made;
    std::string note_file, private_file;
};

TEST_F(Canary, R34_a_note_is_read_by_colleagues_alone) {
    EXPECT_NE(everything("colleague").find(kNote), std::string::npos);
    EXPECT_NE(everything("colleague").find(kNote + " in a file"), std::string::npos);
    EXPECT_EQ(everything("stranger").find(kNote), std::string::npos);
}

TEST_F(Canary, R34_S1_21_a_private_message_is_read_by_its_two_alone) {
    for (const std::string login : {"author", "recipient"}) {
        EXPECT_NE(everything(login).find(kPrivate + " in a file"), std::string::npos) << login;
        EXPECT_NE(everything(login).find(kPrivate + ".txt"), std::string::npos) << login;
    }
    for (const std::string login : {"colleague", "admin", "stranger"})
        EXPECT_EQ(everything(login).find(kPrivate), std::string::npos) << login;
}

TEST_F(Canary, R32_a_file_of_somebody_elses_message_does_not_exist) {
    auto admin = desk.api(), colleague = desk.api("colleague"), stranger = desk.api("stranger");
    for (auto* api : {&admin, &colleague}) {
        EXPECT_EQ(api->get(path(made) + "/attachments/" + private_file).status, 404);
        EXPECT_EQ(api->get(path(made) + "/attachments/" + note_file).status, 200);
        EXPECT_EQ(api->del(path(made) + "/attachments/" + private_file).status, 404);
    }
    EXPECT_EQ(stranger.get(path(made) + "/attachments/" + note_file).status, 404);
    const auto other = ticket(admin);
    EXPECT_EQ(admin.get(path(other) + "/attachments/" + note_file).status, 404) << "through another ticket";
}

TEST_F(Canary, R34_mails_events_and_the_log_hold_neither) {
    ASSERT_TRUE(
        support::wait_until([&] { return desk.count("select count(*) from core.delivery where state in ('ready', 'leased')") == 0; }));
    EXPECT_GE(desk.count("select count(*) from core.mail"), 2) << "the reply and the word to the recipient";
    EXPECT_GE(desk.count("select count(*) from core.outbox"), 2);
    for (const std::string table : {"core.mail", "core.outbox", "core.delivery", "core.audit", "core.job_run"})
        EXPECT_EQ(desk.count("select count(*) from " + table + " t where t::text like '%7f3a%'"), 0) << table;
    EXPECT_EQ(desk.count("select count(*) from core.mail_attachment"), 0);
    EXPECT_EQ(desk.count("select count(*) from tickets.ticket_v1 t where t::text like '%7f3a%'"), 0) << "what other plugins join";
}

TEST_F(Canary, S1_21_nothing_makes_another_kind_of_a_message_that_was_sent) {
    auto author = desk.api("author");
    for (const std::string method : {"PATCH", "PUT", "DELETE"})
        EXPECT_GE(author.write(method, path(made) + "/messages/2", R"({"visibility":"public"})").status, 404) << method;
    EXPECT_EQ(desk.count("select count(*) from tickets.message where visibility = 'private'"), 1);
}

}  // namespace tickets_test
