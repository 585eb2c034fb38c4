// What the tests of the public form share: a desk with mail, visitors of the public pages, and the links in their mails.
#pragma once

#include "support/wait.hpp"
#include "tickets/desk_of_tickets.hpp"
#include "web/guest_desk.hpp"

namespace public_form_test {

using tickets_test::make;
using web_test::Answer;
using web_test::Api;
using web_test::between;
using web_test::Browser;
using web_test::Client;
using Fields = std::map<std::string, std::string>;

struct File {
    std::string name, content;
};

// A form as browsers send it.
inline std::string multipart(const Fields& fields, const std::vector<File>& files = {}) {
    std::string body;
    for (const auto& [name, value] : fields)
        body += "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    for (const auto& file : files)
        body += "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file.name + "\"\r\n\r\n" + file.content + "\r\n";
    return body + "--b--\r\n";
}
inline const web_test::Headers kMultipart{{"Content-Type", "multipart/form-data; boundary=b"}, {"Accept-Language", "en"}};

// The value of a hidden field.
inline std::string hidden(const Answer& page, const std::string& name) {
    return between(page.body, "name=\"" + name + "\" value=\"", "\"");
}

class PublicForm : public testing::Test {
protected:
    static void SetUpTestSuite() { open_desk({std::filesystem::path{BUILD_DIR} / "packages"}); }
    static void open_desk(std::vector<std::filesystem::path> packages) {
        desk_ = std::make_unique<web_test::Desk>(std::move(packages));
        desk_->app->pool().exec(
            "insert into core.mail_sender (code, name, address, host, port, security) values ('desk', 'Support', "
            "'sav@example.org', '127.0.0.1', 1, 'none')");
        api_.emplace(desk_->api());
        arrange({});
    }
    static void TearDownTestSuite() {
        api_.reset();
        desk_.reset();
    }
    // All requests of the tests come from one address.
    void SetUp() override { sql("delete from public_form.attempt"); }

    static web_test::Desk& desk() { return *desk_; }
    static Api& api() { return *api_; }
    static void sql(const std::string& statement) { desk_->app->pool().exec(statement); }
    static std::int64_t count(const std::string& from) { return desk_->count("select count(*) from " + from); }
    static std::string scalar(const std::string& query) {
        const auto rows = desk_->app->pool().exec(query);
        return rows.empty() || rows.is_null(0, 0) ? "" : std::string{rows.text(0, 0)};
    }

    static Browser logged_in(const std::string& login = "admin") {
        auto browser = desk_->browser();
        browser.cookies["lang"] = "en";
        EXPECT_EQ(browser.log_in(login).status, 303);
        return browser;
    }
    // The administrators' page with these fields; forms are as fast as tests are.
    static Answer arrange(Fields fields) {
        for (const auto& [name, value] : Fields{{"open", "1"},
                                                {"attachments", "1"},
                                                {"customers_may_close", "1"},
                                                {"customers_may_reopen", "1"},
                                                {"link_days", "0"},
                                                {"fastest_s", "0"}})
            fields.try_emplace(name, value);
        auto admin = logged_in();
        const auto answer = admin.post("/admin/public-form", fields);
        EXPECT_EQ(answer.status, 303) << answer.body;
        return answer;
    }

    static Browser visitor(const std::string& language = "en") {
        auto browser = desk_->browser();
        browser.cookies["lang"] = language;
        return browser;
    }
    static Fields request_fields(Browser& browser, Fields fields = {}) {
        const auto page = browser.get("/public/new");
        fields["form"] = hidden(page, "form");
        if (const auto key = hidden(page, "key"); !key.empty()) fields["key"] = key;
        fields.try_emplace("email", "claire@example.org");
        fields.try_emplace("subject", "Imprimante en panne");
        fields.try_emplace("website", "");
        return fields;
    }
    static Answer send(Browser& browser, Fields fields = {}) {
        return browser.post("/public/new", request_fields(browser, std::move(fields)));
    }
    static Answer send(Fields fields = {}) {
        auto browser = visitor();
        return send(browser, std::move(fields));
    }
    static std::string ref_in(const Answer& thanks) { return between(thanks.body, "Its number is ", "."); }
    // The id of a ticket that was just sent.
    static std::int64_t sent(Fields fields = {}) {
        const auto answer = send(std::move(fields));
        EXPECT_EQ(answer.status, 200) << answer.body;
        const auto id = scalar("select id from tickets.ticket where ref = '" + ref_in(answer) + "'");
        EXPECT_NE(id, "") << answer.body;
        return id.empty() ? 0 : std::stoll(id);
    }

    // "/public/t/…" of the newest mail with this template to the address; waits for it.
    static std::string link_in_mail(const std::string& mail_template, const std::string& to) {
        const auto where = " from core.mail where template_id = '" + mail_template + "' and to_address = '" + to + "'";
        EXPECT_TRUE(support::wait_until([&] { return desk_->count("select count(*)" + where) > 0; })) << mail_template << " " << to;
        const auto text = scalar("select text_body" + where + " order by id desc limit 1");
        const auto at = text.find("/public/");
        return at == text.npos ? "" : text.substr(at, text.find_first_of(" \n)>", at) - at);
    }
    // A browser that has followed a link.
    static Browser follow(const std::string& link) {
        auto browser = visitor();
        EXPECT_EQ(browser.get(link).status, 303) << link;
        return browser;
    }
    // A link of a ticket that a colleague has made.
    static std::string ticket_link(std::int64_t ticket) {
        return created_link({{"ticket_id", std::to_string(ticket)}, {"renew", "1"}}, "/renew");
    }
    static std::string created_link(Fields fields, const std::string& path = "", const std::string& login = "admin") {
        auto browser = logged_in(login);
        const auto page = browser.post("/customer-access" + path, fields);
        EXPECT_EQ(page.status, 200) << page.body;
        const auto url = between(page.body, "id=\"f-link\" value=\"", "\"");
        const auto at = url.find("/public/");
        return at == url.npos ? "" : url.substr(at);
    }
    static std::string ticket_page(std::int64_t ticket) { return "/public/tickets/" + std::to_string(ticket); }

    static std::int64_t account(const std::string& name, const std::string& email = {}) {
        return make(*api_, "accounts",
                    R"({"name": ")" + name + R"(", "type": "customer")" + (email.empty() ? "" : R"(, "email": ")" + email + '"') + "}")
            .integer("id");
    }
    static std::int64_t contact(std::int64_t account_id, const std::string& name, const std::string& email) {
        return make(*api_, "contacts",
                    R"({"account_id": )" + std::to_string(account_id) + R"(, "last_name": ")" + name + R"(", "email": ")" + email + "\"}")
            .integer("id");
    }

private:
    static inline std::unique_ptr<web_test::Desk> desk_;
    static inline std::optional<Api> api_;
};

}  // namespace public_form_test
