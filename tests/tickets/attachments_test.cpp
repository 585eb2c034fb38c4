// Files of tickets: who may read the ticket may read them, and what is sent back is never more dangerous than a download.
#include "tickets/desk_of_tickets.hpp"

#include <Poco/Net/StreamSocket.h>

namespace tickets_test {
namespace {

const std::string kPng{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89", 33};

std::string part(const std::string& disposition, const std::string& content) {
    return "--frontier\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
}
std::string file(const std::string& name, const std::string& content) { return part("name=\"file\"; filename=\"" + name + "\"", content); }
const web_test::Headers kMultipart{{"Content-Type", "multipart/form-data; boundary=frontier"}};

Answer attach(Api& api, const Answer& ticket, const std::string& parts, web_test::Headers more = {}) {
    more.insert(kMultipart.begin(), kMultipart.end());
    return api.write("POST", path(ticket) + "/attachments", parts + "--frontier--\r\n", more);
}
std::int64_t first_id(const Answer& answer) {
    EXPECT_EQ(answer.status, 201) << answer.body;
    const auto* items = answer.json().get("items");
    return items && items->size() > 0 ? items->at(0)->get("id")->as_integer() : 0;
}
std::string url(const Answer& ticket, std::int64_t file) { return path(ticket) + "/attachments/" + std::to_string(file); }

}  // namespace

class Attachments : public Tickets {};

TEST_F(Attachments, what_is_no_form_with_files_is_refused) {
    auto api = desk().api();
    const auto made = ticket(api);
    const auto to = path(made) + "/attachments";
    EXPECT_EQ(api.post(to, "{}").status, 415);
    EXPECT_EQ(api.write("POST", to, "--frontier--\r\n", {{"Content-Type", "multipart/form-data"}}).status, 415);
    EXPECT_EQ(api.write("POST", to, "nonsense", kMultipart).status, 400);
    EXPECT_EQ(attach(api, made, part("filename=\"x\"", "no name")).status, 400);
    const auto nothing = attach(api, made, file("", ""));
    EXPECT_EQ(nothing.status, 422);
    EXPECT_FALSE(nothing.error("file").empty());
    EXPECT_FALSE(attach(api, made, file("a.txt", "x") + part("name=\"message_id\"", "999999")).error("message_id").empty());
    EXPECT_EQ(desk().count("select count(*) from tickets.attachment where ticket_id = " + id(made)), 0);
    EXPECT_EQ(api.get(url(made, 999999)).status, 404);
}

TEST_F(Attachments, come_back_as_they_were_with_a_harmless_name_and_their_real_type) {
    auto api = desk().api();
    const auto made = ticket(api);
    const std::string content{"\0\r\n--frontie\xFF", 14};
    const auto sent = attach(api, made, file("..\\\\..\\\\\xE2\x80\xAE" "été.png", content) + file("page.png", "<html><script>alert(1)</script>"));
    const auto* items = sent.json().get("items");
    ASSERT_EQ(items->size(), 2u);
    EXPECT_EQ(items->at(0)->get("name")->as_string(), "été.png");
    EXPECT_EQ(items->at(1)->get("type")->as_string(), "text/html");

    const auto back = api.get(url(made, items->at(0)->get("id")->as_integer()));
    EXPECT_EQ(back.status, 200);
    EXPECT_EQ(back.body, content);
    EXPECT_EQ(back.header("Content-Disposition"), "attachment; filename=\"_t_.png\"; filename*=UTF-8''%C3%A9t%C3%A9.png");
    EXPECT_EQ(back.header("Content-Security-Policy"), "sandbox; default-src 'none'");
    EXPECT_EQ(back.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(back.header("Cache-Control"), "private, no-cache");

    const auto page = api.get(url(made, items->at(1)->get("id")->as_integer()) + "?inline=1");
    EXPECT_TRUE(page.header("Content-Disposition").starts_with("attachment")) << "HTML is never shown";
    const auto picture = first_id(attach(api, made, file("a.png", kPng)));
    EXPECT_TRUE(api.get(url(made, picture) + "?inline=1").header("Content-Disposition").starts_with("inline"));
    EXPECT_TRUE(api.get(url(made, picture)).header("Content-Disposition").starts_with("attachment"));
}

TEST_F(Attachments, are_for_who_may_read_the_ticket_and_the_message) {
    auto admin = desk().api();
    const auto made = ticket(admin), other = ticket(admin);
    const auto plain = first_id(attach(admin, made, file("a.txt", "x")));
    EXPECT_EQ(admin.get(url(other, plain)).status, 404) << "it is a file of another ticket";

    desk().add_user("attachment.reader");
    auto reader = desk().api("attachment.reader");
    EXPECT_EQ(reader.get(url(made, plain)).status, 200);
    const auto message = admin.post(path(made) + "/messages", R"({"body":"Pour toi","visibility":"private","to_user":"admin"})");
    ASSERT_EQ(message.status, 201) << message.body;
    const auto secret = first_id(attach(admin, made, file("s.txt", "secret") + part("name=\"message_id\"", id(message))));
    EXPECT_EQ(admin.get(url(made, secret)).status, 200);
    EXPECT_EQ(reader.get(url(made, secret)).status, 404);
    EXPECT_EQ(reader.get(path(made) + "/attachments").json().get("items")->size(), 1u);
    EXPECT_FALSE(attach(reader, made, file("b.txt", "x") + part("name=\"message_id\"", id(message))).error("message_id").empty());

    desk().add_user("attachment.looker", "reader");
    auto looker = desk().api("attachment.looker");
    EXPECT_EQ(attach(looker, made, file("b.txt", "x")).status, 403);
    EXPECT_EQ(Api(desk().port(), "wrong").get(url(made, plain)).status, 401);
}

TEST_F(Attachments, a_repeated_call_stores_them_once) {
    auto api = desk().api();
    const auto made = ticket(api);
    const auto first = attach(api, made, file("a.txt", "once"), {{"Idempotency-Key", "attach-once"}});
    auto again = kMultipart;
    again["Content-Type"] = "multipart/form-data; boundary=other";
    again["Idempotency-Key"] = "attach-once";
    const auto second = api.write("POST", path(made) + "/attachments",
                                  "--other\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nonce\r\n--other--\r\n", again);
    EXPECT_EQ(second.status, 201) << second.body;
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(desk().count("select count(*) from tickets.attachment where ticket_id = " + id(made)), 1);
    EXPECT_EQ(attach(api, made, file("a.txt", "twice"), {{"Idempotency-Key", "attach-once"}}).status, 422);
}

TEST_F(Attachments, on_the_page_of_the_ticket) {
    auto api = desk().api();
    const auto made = ticket(api);
    auto browser = desk().browser();
    browser.log_in("admin");
    ASSERT_TRUE(browser.get(page(made)).contains("enctype=\"multipart/form-data\""));
    const auto send = [&](const std::string& csrf, const std::string& parts) {
        std::string cookies;
        for (const auto& [name, value] : browser.cookies) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
        auto headers = kMultipart;
        headers["Cookie"] = cookies;
        return web_test::Client{desk().port()}.send("POST", page(made) + "/attachments", headers, part("name=\"_csrf\"", csrf) + parts + "--frontier--\r\n");
    };
    EXPECT_EQ(send("forged", file("a.txt", "x")).status, 403);
    EXPECT_EQ(send(browser.csrf(), file("", "")).status, 422);
    EXPECT_EQ(send(browser.csrf(), file("rapport <1>.txt", "Bonjour") + file("deux.txt", "2")).status, 303);
    const auto shown = browser.get(page(made));
    EXPECT_TRUE(shown.contains("rapport _1_.txt"));
    EXPECT_TRUE(shown.contains("deux.txt"));
    const auto link = shown.body.find(page(made) + "/attachments/");
    ASSERT_NE(link, std::string::npos);
    const auto back = browser.get(shown.body.substr(link, shown.body.find('"', link) - link));
    EXPECT_EQ(back.status, 200);
    EXPECT_EQ(back.body, "Bonjour");
}

TEST_F(Attachments, S1_16_are_deleted_and_the_history_says_so) {
    auto api = desk().api();
    desk().add_user("delete.reader", "reader");
    desk().add_user("delete.agent");
    auto reader = desk().api("delete.reader"), agent = desk().api("delete.agent");
    const auto made = ticket(api), other = ticket(api);
    const auto file_id = first_id(attach(api, made, file("plan.txt", "a plan")));
    EXPECT_EQ(reader.del(url(made, file_id)).status, 403);
    EXPECT_EQ(api.del(url(other, file_id)).status, 404);
    EXPECT_EQ(agent.del(url(made, file_id)).status, 204);
    EXPECT_EQ(agent.del(url(made, file_id)).status, 404);
    EXPECT_EQ(desk().count("select count(*) from core.file where id = " + std::to_string(file_id)), 0);
    const auto history = api.get(path(made) + "/history");
    const auto& lines = items(history);
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines.at(0)->get("field")->as_string(), "attachment");
    EXPECT_EQ(lines.at(0)->get("from")->as_string(), "plan.txt");
    EXPECT_EQ(lines.at(1)->get("to")->as_string(), "plan.txt");

    auto browser = desk().browser();
    browser.log_in("delete.agent");
    const auto second = first_id(attach(api, made, file("b.txt", "b")));
    const auto target = page(made) + "/attachments/" + std::to_string(second) + "/delete";
    EXPECT_TRUE(browser.get(page(made)).contains(target));
    EXPECT_TRUE(browser.post(target, {}).contains("name=\"confirmed\""));
    EXPECT_EQ(api.get(url(made, second)).status, 200);
    EXPECT_EQ(browser.post(target, {{"confirmed", "1"}}).status, 303);
    EXPECT_EQ(api.get(url(made, second)).status, 404);
}

TEST_F(Attachments, S1_21_of_a_private_message_are_for_its_two_and_deleted_by_its_author) {
    auto admin = desk().api();
    desk().add_user("secret.agent");
    auto agent = desk().api("secret.agent");
    const auto made = ticket(admin);
    const auto message = agent.post(path(made) + "/messages", R"({"body":"Pour toi","visibility":"private","to_user":"admin"})");
    const auto secret = first_id(attach(agent, made, file("INTERNAL-7f3a.txt", "secret") + part("name=\"message_id\"", id(message))));
    EXPECT_EQ(admin.del(url(made, secret)).status, 403);
    EXPECT_FALSE(admin.get(path(made) + "/history").contains("INTERNAL-7f3a"));
    EXPECT_EQ(agent.del(url(made, secret)).status, 204);
    EXPECT_FALSE(agent.get(path(made) + "/history").contains("INTERNAL-7f3a"));
}

TEST_F(Attachments, come_with_a_message_and_are_mailed_with_a_reply) {
    auto api = desk().api();
    desk().app->pool().exec(
        "insert into core.mail_sender (code, name, address, host, port, security, paused_until)"
        " values ('desk', 'Desk', 'desk@guichet.example', 'localhost', 1, 'none', 'infinity')");
    const auto made = ticket(api, "Porte", R"("requester_email":"jeanne@client.fr")");
    auto browser = desk().browser();
    browser.log_in("admin");
    std::string cookies;
    for (const auto& [name, value] : browser.cookies) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
    auto headers = kMultipart;
    headers["Cookie"] = cookies;
    const auto sent = web_test::Client{desk().port()}.send("POST", page(made) + "/messages", headers,
                                                           part("name=\"_csrf\"", browser.csrf()) + part("name=\"visibility\"", "public") +
                                                               part("name=\"body\"", "Voici") + file("devis.txt", "12 EUR") +
                                                               file("photo.png", kPng) + "--frontier--\r\n");
    ASSERT_EQ(sent.status, 303) << sent.body;
    EXPECT_EQ(
        desk().count(
            "select count(*) from core.mail_attachment a join core.mail m on m.id = a.mail_id where m.to_address = 'jeanne@client.fr'"),
        2);
    const auto shown = browser.get(page(made));
    EXPECT_TRUE(shown.contains("thread-files"));
    EXPECT_TRUE(shown.contains("?inline=1\" alt=\"\" loading=\"lazy\""));
    EXPECT_TRUE(shown.contains("devis.txt"));
}

TEST_F(Attachments, a_ticket_holds_two_hundred) {
    auto api = desk().api();
    const auto made = ticket(api);
    desk().app->pool().exec(
        "insert into tickets.attachment (file_id, ticket_id, name, type, bytes)"
        " select 1000000 + n, $1::bigint, 'x', 'text/plain', 1 from generate_series(1, 199) n",
        {id(made)});
    EXPECT_FALSE(attach(api, made, file("a.txt", "1") + file("b.txt", "2")).error("file").empty());
    EXPECT_EQ(desk().count("select count(*) from tickets.attachment where ticket_id = " + id(made)), 199);
    EXPECT_EQ(attach(api, made, file("a.txt", "1")).status, 201);
    EXPECT_FALSE(attach(api, made, file("b.txt", "2")).error("file").empty());
    desk().app->pool().exec("delete from tickets.attachment where ticket_id = $1::bigint", {id(made)});
}

TEST_F(Attachments, go_with_their_ticket) {
    auto api = desk().api();
    const auto made = ticket(api);
    const auto file_id = first_id(attach(api, made, file("a.txt", "will go with its ticket")));
    EXPECT_EQ(api.del(path(made)).status, 204);
    EXPECT_EQ(desk().count("select count(*) from core.file where id = " + std::to_string(file_id)), 0);
}

TEST_F(Attachments, too_large_is_said_before_it_is_sent) {
    auto api = desk().api();
    const auto made = ticket(api);
    Poco::Net::StreamSocket socket{Poco::Net::SocketAddress{"127.0.0.1", desk().port()}};
    socket.setReceiveTimeout(Poco::Timespan{20, 0});
    const auto head = "POST " + path(made) + "/attachments HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                      "Content-Length: 26214401\r\n\r\n";
    socket.sendBytes(head.data(), static_cast<int>(head.size()));
    char answer[12] = {};
    ASSERT_EQ(socket.receiveBytes(answer, sizeof answer, MSG_WAITALL), 12);
    EXPECT_EQ((std::string{answer, sizeof answer}), "HTTP/1.1 413");
}

}  // namespace tickets_test
