// What the tests of mailboxes share: a desk with tickets, a mail server behind it, and short words for mails.
#pragma once

#include "job/jobs.hpp"
#include "mail/senders.hpp"
#include "mail/sink.hpp"
#include "mailbox/dovecot.hpp"
#include "tickets/desk_of_tickets.hpp"

namespace mailbox_test {

using host::mail_tests::Sink;
using support::wait_until;
using web_test::Answer;
using web_test::Api;
using web_test::Browser;
using web_test::Desk;

inline constexpr auto kAddress = "sav@guichet.example";

// Modules that mail needs, those that a test brings, and no others.
class Modules {
public:
    explicit Modules(const std::vector<std::string>& of_the_test = {}) {
        for (const auto* id : {"directory", "tickets", "mailbox"})
            std::filesystem::create_directory_symlink(std::filesystem::path{BUILD_DIR} / "packages" / id, folder_.path() / id);
        for (const auto& id : of_the_test) std::filesystem::create_directory_symlink(host::plugin_tests::built(id), folder_.path() / id);
    }
    std::vector<std::filesystem::path> packages() const { return {folder_.path()}; }

private:
    host::plugin_tests::TemporaryFolder folder_;
};

struct Mail {
    std::string from = "Camille Martin <camille@client.example>";
    std::string subject = "Imprimante en panne";
    std::string text = "Bonjour,\n\nElle ne s'allume plus.";
    std::string headers = {};  // more of them, each with its line break
    std::string to = kAddress;
    std::string id = {};  // with <>; "": a new one

    std::string raw() const {
        static int next = 0;
        std::string out = "From: " + from + "\r\nTo: " + to + "\r\nSubject: " + subject +
                          "\r\nDate: Mon, 23 Nov 2026 08:00:00 +0100\r\nMessage-ID: " +
                          (id.empty() ? "<" + std::to_string(++next) + "." + std::to_string(::getpid()) + "@client.example>" : id) +
                          "\r\n" + headers + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
        for (const char c : text) out += c == '\n' ? std::string{"\r\n"} : std::string(1, c);
        return out + "\r\n";
    }
};

// Header of a mail that was sent, unfolded; "" when there is none.
inline std::string header_of(const std::string& mail, const std::string& name) {
    auto at = mail.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    at += name.size() + 4;
    std::string out;
    for (auto end = mail.find("\r\n", at);; end = mail.find("\r\n", at)) {
        out += mail.substr(at, end - at);
        at = end + 2;
        if (at >= mail.size() || (mail[at] != ' ' && mail[at] != '\t')) return out;
    }
}

class MailDesk : public testing::Test {
protected:
    static void SetUpTestSuite() { set_up({}); }
    static void set_up(const std::vector<std::string>& modules) {
        modules_ = std::make_unique<Modules>(modules);
        desk_ = std::make_unique<Desk>(modules_->packages());
        dovecot_ = std::make_unique<Dovecot>();
        sink_ = std::make_unique<Sink>();
        add_sender();
        mailbox_ = add_mailbox("sav");
        validate(mailbox_);
    }
    static void TearDownTestSuite() {
        desk_.reset();
        sink_.reset();
        dovecot_.reset();
        modules_.reset();
    }
    static Desk& desk() { return *desk_; }
    static Dovecot& dovecot() { return *dovecot_; }
    static Sink& sink() { return *sink_; }
    static std::int64_t mailbox() { return mailbox_; }

    static void add_sender() {
        desk().app->pool().exec(
            "insert into core.mail_sender (code, name, address, host, port, security) values ('sav', 'SAV', $1, '127.0.0.1', $2, 'none')",
            {kAddress, sink().port()});
    }
    static std::string json(const std::string& address, const std::string& user, const std::string& more = {}) {
        return R"({"name":"SAV","from_start":true,"username":")" + user + R"(","address":")" + address + R"(","host":"localhost","port":)" +
               std::to_string(dovecot().imaps) + R"(,"security":"tls","password":")" + dovecot().password + R"(","ca_file":")" +
               dovecot().certificate() + "\"" + (more.empty() ? "" : "," + more) + "}";
    }
    static std::int64_t add_mailbox(const std::string& user, const std::string& more = {}) {
        auto api = desk().api();
        const auto made = api.post("/api/v1/mailboxes", json(user + "@guichet.example", user, more));
        EXPECT_EQ(made.status, 201) << made.body;
        return made.integer("id");
    }
    // Without waiting for a mail to go round.
    static void validate(std::int64_t mailbox, bool subaddress = true) {
        desk().app->pool().exec("update mailbox.mailbox set validated_at = now(), subaddress = $2 where id = $1", {mailbox, subaddress});
    }
    static void fetch() { fetch(desk()); }
    static void run(Desk& which, std::string_view job, const std::string& args, const std::string& once) {
        host::db::Transaction transaction{which.app->pool()};
        host::job::add_run(transaction.connection(), {job, args, once, 0});
        transaction.commit();
    }
    // What waits for its next attempt gets it now.
    static void try_again() {
        desk().app->pool().exec("update core.job_run set not_before = clock_timestamp() where state = 'ready' and job_id = 'mailbox.take'");
        desk().app->pool().exec("select pg_notify('core_jobs', '')");
    }
    // What was left by a host that was killed, as the job does it some minutes later.
    static void retake() {
        desk().app->pool().exec(
            "update mailbox.inbound_mail set received_at = received_at - interval '1 hour', tried_at = tried_at - interval '1 hour'"
            " where state = 'received'");
        run(desk(), "mailbox.retake", "{}", "retake");
    }
    static void fetch(Desk& which) {
        which.app->pool().exec("update mailbox.mailbox set paused_until = null");
        const auto rows = which.app->pool().exec("select id from mailbox.mailbox where active");
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto id = std::to_string(rows.i64(i, 0));
            run(which, "mailbox.fetch_one", "{\"id\":" + id + "}", "fetch-" + id);
        }
    }
    static std::int64_t number(const std::string& sql) { return desk().count(sql); }
    static std::string text(const std::string& sql) {
        const auto rows = desk().app->pool().exec(sql);
        return rows.empty() || rows.is_null(0, 0) ? std::string{} : std::string{rows.text(0, 0)};
    }
    // So many mails above this id are in their place.
    static bool settle(std::int64_t above, std::size_t mails) {
        fetch();
        const auto sql = "select count(*) from mailbox.inbound_mail where state <> 'received' and id > " + std::to_string(above);
        return wait_until([&] { return number(sql) >= static_cast<std::int64_t>(mails); }, std::chrono::seconds{60});
    }
    // Delivers, and waits until it is where it belongs; the row of the mail.
    static std::int64_t receive(const std::string& raw, const std::string& user = "sav") {
        const auto before = number("select coalesce(max(id), 0) from mailbox.inbound_mail");
        dovecot().deliver(raw, user);
        fetch();
        EXPECT_TRUE(wait_until([&] {
            return number("select count(*) from mailbox.inbound_mail where id > " + std::to_string(before) + " and state <> 'received'") >
                   0;
        })) << text("select string_agg(last_error, ';') from mailbox.mailbox")
            << dovecot().log();
        return number("select max(id) from mailbox.inbound_mail");
    }
    static std::string field(std::int64_t mail, const std::string& column) {
        return text("select coalesce(" + column + "::text, '') from mailbox.inbound_mail where id = " + std::to_string(mail));
    }
    static std::int64_t tickets() { return number("select count(*) from tickets.ticket"); }
    static std::int64_t messages(const std::string& ticket) {
        return number("select count(*) from tickets.message where ticket_id = " + ticket);
    }

private:
    static inline std::unique_ptr<Modules> modules_;
    static inline std::unique_ptr<Desk> desk_;
    static inline std::unique_ptr<Dovecot> dovecot_;
    static inline std::unique_ptr<Sink> sink_;
    static inline std::int64_t mailbox_ = 0;
};

}  // namespace mailbox_test
