// Outgoing mail as an administrator sees it: senders, a test, texts with a preview, the queue; sent by the desk itself.
#include "mail/sink.hpp"
#include "support/wait.hpp"
#include "web/desk.hpp"

namespace web_test {
namespace {

using host::mail_tests::Sink;

std::map<std::string, std::string> sender(const Sink& sink, const std::string& code = "support") {
    return {{"code", code}, {"name", "Le support"}, {"address", code + "@guichet.example"}, {"host", "127.0.0.1"}, {"port", std::to_string(sink.port())}, {"security", "none"}};
}

std::int64_t write_mail(Desk& desk, const std::string& to) {
    return desk.count("insert into core.mail (plugin_id, template_id, language, message_id, to_address, subject, text_body, html_body) values"
                      " ('tickets', 'tickets.x', 'fr', gen_random_uuid() || '@x', '" + to + "', 'Objet <b>', 'x', 'x') returning id");
}

}  // namespace

TEST(MailPages, are_for_administrators) {
    Desk desk;
    desk.add_user("alice");
    auto alice = desk.browser();
    alice.log_in("alice");
    for (const auto* path : {"/admin/mail", "/admin/mail/senders", "/admin/mail/senders/new", "/admin/mail/templates", "/admin/mail/templates/core.test"})
        EXPECT_EQ(alice.get(path).status, 403) << path;
    EXPECT_EQ(alice.post("/admin/mail/senders/new", {}).status, 403);
}

TEST(MailPages, a_wrong_sender_is_explained_beside_the_field) {
    Desk desk;
    auto admin = desk.browser();
    admin.log_in("admin");
    EXPECT_TRUE(admin.get("/admin/mail/senders").contains("/admin/mail/senders/new")) << "empty: it says what to do";
    const std::map<std::string, std::string> good{{"code", "a"}, {"address", "a@b.example"}, {"host", "smtp.example.org"}, {"port", "587"}, {"security", "starttls"}};
    for (const auto& [field, value] : {std::pair{"code", "Not good"}, {"address", "a@b@c"}, {"address", "a@b\r\nX: y"}, {"host", "a b"}, {"host", "a\r\nb"}, {"port", "0"},
                                       {"port", "99999"}, {"security", "ssl"}, {"security", "none"}, {"reply_to", "x"}, {"ca_file", "relative.pem"}}) {
        auto wrong = good;
        wrong[field] = value;
        const auto answer = admin.post("/admin/mail/senders/new", wrong);
        EXPECT_EQ(answer.status, 422) << field << " " << value;
        EXPECT_TRUE(answer.contains("e-" + std::string{field})) << field;
    }
    EXPECT_EQ(desk.count("select count(*) from core.mail_sender"), 0);
    EXPECT_EQ(admin.get("/admin/mail/senders/nobody").status, 404);
}

TEST(MailPages, a_sender_is_added_tested_changed_and_deleted) {
    Desk desk;
    Sink sink;
    auto admin = desk.browser();
    admin.log_in("admin");
    auto with_password = sender(sink);
    with_password["password"] = "mot de passe du serveur";
    EXPECT_EQ(admin.post("/admin/mail/senders/new", with_password).status, 303);
    EXPECT_EQ(admin.post("/admin/mail/senders/new", sender(sink)).status, 422) << "the code is taken";
    const auto page = admin.get("/admin/mail/senders/support");
    EXPECT_FALSE(page.contains("mot de passe du serveur")) << "a password is never shown again";
    EXPECT_EQ(desk.count("select count(*) from core.mail_sender where password like '%serveur%'"), 0);

    const auto tested = admin.post("/admin/mail/senders/support/test", {{"to", "moi@example.org"}});
    EXPECT_TRUE(tested.contains("250 taken")) << tested.body;
    ASSERT_EQ(sink.count(), 1u);
    EXPECT_EQ(sink.received()[0].to, "moi@example.org");
    sink.mode = Sink::Mode::permanent_rcpt;
    EXPECT_TRUE(admin.post("/admin/mail/senders/support/test", {{"to", "moi@example.org"}}).contains("550 no such user"));
    EXPECT_EQ(admin.post("/admin/mail/senders/support/test", {{"to", "a@b, c@d"}}).status, 422);
    EXPECT_EQ(sink.count(), 1u);

    auto changed = sender(sink);
    changed["name"] = "Autre nom";
    EXPECT_EQ(admin.post("/admin/mail/senders/support", changed).status, 303);
    EXPECT_EQ(desk.count("select count(*) from core.mail_sender where name = 'Autre nom' and password <> ''"), 1);
    EXPECT_EQ(admin.post("/admin/mail/senders/support/delete", {}).status, 303);
    EXPECT_EQ(desk.count("select count(*) from core.mail_sender"), 0);
    EXPECT_EQ(desk.count("select count(*) from core.audit where subject = 'mail_sender/support'"), 5) << "saved, tested twice, saved, deleted";
}

TEST(MailPages, a_template_is_edited_with_a_preview_and_given_back) {
    Desk desk;
    auto admin = desk.browser();
    admin.log_in("admin");
    ASSERT_TRUE(admin.get("/admin/mail/templates").contains("core.test"));
    const std::string path = "/admin/mail/templates/core.test?lang=fr";
    ASSERT_TRUE(admin.get(path).contains("Essai de {{sender}}"));
    const auto unknown = admin.post(path, {{"subject", "Bonjour {{mot_de_passe}}"}, {"body", "x {{sender"}});
    EXPECT_EQ(unknown.status, 422);
    EXPECT_TRUE(unknown.contains("{{mot_de_passe}}"));
    EXPECT_TRUE(unknown.contains("e-body"));
    EXPECT_EQ(admin.post(path, {{"subject", "a"}, {"body", " "}}).status, 422);

    const auto preview = admin.post(path, {{"subject", "Objet"}, {"body", "**gras** <script>alert(1)</script> [x](javascript:alert(1))"}, {"do", "preview"}});
    EXPECT_EQ(preview.status, 200);
    EXPECT_TRUE(preview.contains("<strong>gras</strong>"));
    EXPECT_FALSE(preview.contains("<script>alert"));
    EXPECT_FALSE(preview.contains("href=\"javascript"));
    EXPECT_EQ(desk.count("select count(*) from core.mail_template_text"), 0) << "only looked at";

    EXPECT_EQ(admin.post(path, {{"subject", "Le nôtre {{sender}}"}, {"body", "Texte"}, {"do", "save"}}).status, 303);
    EXPECT_TRUE(admin.get(path).contains("Le nôtre"));
    EXPECT_FALSE(admin.get("/admin/mail/templates/core.test?lang=en").contains("Le nôtre"));
    Sink sink;
    admin.post("/admin/mail/senders/new", sender(sink));
    desk.app->pool().exec("update core.app_user set language = 'fr'");
    desk.app->pool().exec("select pg_notify('core_auth', '')");
    ASSERT_TRUE(support::wait_until([&] {
        admin.post("/admin/mail/senders/support/test", {{"to", "moi@example.org"}});
        return sink.count() > 0 && sink.received().back().content.find("Texte") != std::string::npos;
    }));
    EXPECT_EQ(admin.post("/admin/mail/templates/core.test/original?lang=fr", {}).status, 303);
    EXPECT_TRUE(admin.get(path).contains("Essai de {{sender}}"));
    EXPECT_EQ(admin.get("/admin/mail/templates/no.such").status, 404);
}

TEST(MailPages, the_queue_is_shown_held_retried_deleted_and_sent_by_the_desk) {
    Desk desk;
    Sink sink;
    auto admin = desk.browser();
    admin.log_in("admin");
    const auto first = write_mail(desk, "un@example.org");
    const auto page = admin.get("/admin/mail");
    EXPECT_TRUE(page.contains("un@example.org"));
    EXPECT_TRUE(page.contains("Objet &lt;b&gt;"));
    EXPECT_TRUE(page.contains("/admin/mail/senders/new")) << "it says why nothing is sent";
    const auto of = [](std::int64_t id, const std::string& verb) { return "/admin/mail/queue/" + std::to_string(id) + "/" + verb; };
    EXPECT_EQ(admin.post(of(first, "hold"), {}).status, 303);
    EXPECT_TRUE(admin.get("/admin/mail?view=held").contains("un@example.org"));

    sink.mode = Sink::Mode::permanent_rcpt;
    admin.post("/admin/mail/senders/new", sender(sink));
    const auto second = write_mail(desk, "deux@example.org");
    ASSERT_TRUE(support::wait_until([&] { return desk.count("select count(*) from core.mail where state = 'refused'") == 1; }));
    EXPECT_TRUE(admin.get("/admin/mail?view=refused").contains("550 no such user"));
    EXPECT_EQ(desk.count("select count(*) from core.mail where state = 'held'"), 1) << "held is held";
    sink.mode = Sink::Mode::ok;
    EXPECT_EQ(admin.post(of(second, "retry"), {}).status, 303);
    EXPECT_EQ(admin.post(of(first, "retry"), {}).status, 303);
    ASSERT_TRUE(support::wait_until([&] { return desk.count("select count(*) from core.mail where state = 'done'") == 2; }));
    EXPECT_EQ(sink.count(), 2u);
    EXPECT_TRUE(admin.get("/admin/mail?view=sent").contains("deux@example.org"));
    admin.post(of(first, "hold"), {});
    EXPECT_EQ(desk.count("select count(*) from core.mail where state = 'done'"), 2) << "what is sent cannot be held";
    EXPECT_EQ(admin.post(of(first, "delete"), {}).status, 303);
    EXPECT_EQ(desk.count("select count(*) from core.mail"), 1);
}

}  // namespace web_test
