// Files, mail and audit as a plugin calls them: what is refused, in which words, and what is written.
#include "abi/ctx.hpp"
#include "abi/tables.hpp"
#include "base/file.hpp"
#include "plugin/packages.hpp"
#include "plugin/snapshot.hpp"
#include "web/desk.hpp"

namespace web_test {
namespace {

using host::base::Value;

constexpr std::string_view kManifest = R"({"manifest": 1, "id": "letters", "version": "1.0.0", "name": "Letters", "library": null, "api": {"abi": "^1.0"},
 "mail_templates": [{"id": "letters.hello", "label": "Hello", "file": "hello", "placeholders": {"name": "Name", "count": "Count", "when": "When"}}]})";

guichet_str str(std::string_view s) { return {s.data(), s.size()}; }
std::string text(guichet_str s) { return {s.ptr, s.len}; }
guichet_value* wrap(Value* v) { return reinterpret_cast<guichet_value*>(v); }

class PlatformTables : public testing::Test {
protected:
    static std::vector<std::filesystem::path> folders(const std::filesystem::path& folder) {
        std::filesystem::create_directories(folder / "letters" / "mail");
        host::base::write_file(folder / "letters" / "plugin.json", kManifest);
        host::base::write_file(folder / "letters" / "mail" / "hello.en.txt", "Subject: Hello {{name}}\n\n**{{name}}**, {{count}} on {{when}}\n");
        host::base::write_file(folder / "letters" / "mail" / "hello.fr.txt", "Subject: Bonjour {{name}}\n\n**{{name}}**, {{count}} le {{when}}\n");
        return {folder};
    }

    void SetUp() override {
        const auto package = host::plugin::read_package(folder_.path() / "letters");
        ASSERT_TRUE(package) << host::base::to_text(package.problems());
        ASSERT_NE(ctx_.generation, nullptr);
        desk_.app->pool().exec("insert into core.mail_sender (code, name, address, host, port, security) values ('desk', 'Desk', 'desk@guichet.example', 'localhost', 1, 'none')");
    }
    Value* envelope(std::string_view to = "zoe@example.org") {
        auto* e = Value::object(ctx_.arena);
        e->set("to", to);
        return e;
    }
    guichet_status send(Value* envelope, std::string_view mail_template = "letters.hello") {
        auto* data = Value::object(ctx_.arena);
        data->set("name", "Zoé <b>");
        data->set("count", 1234);
        data->set("when", Value::time(ctx_.arena, 1'700'000'000'000'000));
        return host::abi::kMailTable.send(&ctx_, str(mail_template), wrap(envelope), wrap(data), &mail_);
    }
    // Refused, and which member is to blame.
    std::string blamed(Value* envelope) {
        EXPECT_EQ(send(envelope), GUICHET_E_INVALID);
        return ctx_.error.field;
    }
    std::string mail(const std::string& column) {
        return std::string{ctx_.connection().exec("select " + column + "::text from core.mail where id = $1", {mail_}).text(0, 0)};
    }

    host::plugin_tests::TemporaryFolder folder_;
    Desk desk_{folders(folder_.path())};
    host::file::Files files_{desk_.state / "files"};
    host::abi::Services services_ = [this] {
        host::abi::Services s;
        s.pool = &desk_.app->pool();
        s.files = &files_;
        return s;
    }();
    std::shared_ptr<const host::plugin::Snapshot> snapshot_ = desk_.app->registry().current();
    guichet_ctx ctx_{services_, snapshot_, snapshot_->find("letters"), host::auth::system_principal(), "en", "request-1", 0};
    std::int64_t mail_ = 0;
};

}  // namespace

TEST_F(PlatformTables, mail_is_refused_without_a_transaction_and_when_it_cannot_be_sent) {
    EXPECT_EQ(send(envelope()), GUICHET_E_STATE);
    ctx_.begin();
    EXPECT_EQ(send(envelope(), "letters.other"), GUICHET_E_INVALID);
    EXPECT_EQ(send(envelope(), "core.test"), GUICHET_E_INVALID) << "of another";
    for (const auto* to : {"", "zoe", "zoe@example.org\r\nBcc: x@y", "a@b, c@d"}) EXPECT_EQ(blamed(envelope(to)), "to") << to;
    for (const auto& [member, value] : {std::pair{"to_name", "a\r\nb"}, {"reply_to", "x"}, {"language", "de"}, {"sender", "nobody"}, {"message_id", "a b"}, {"in_reply_to", "<a@b>"},
                                        {"subject", "a\nb"}, {"cc", "x@y"}, {"headers", "X: y"}, {"attachments", "1"}}) {
        auto* e = envelope();
        e->set(member, std::string_view{value});
        EXPECT_EQ(blamed(e), member) << value;
    }
    for (const auto& [name, value] : {std::pair{"Bcc", "x@y"}, {"X-Note", "a\r\nBcc: x@y"}, {"Content-Type", "text/html"}}) {
        auto* e = envelope();
        e->add_object("headers")->set(name, std::string_view{value});
        EXPECT_EQ(blamed(e), "headers") << name;
    }
    auto* e = envelope();
    e->add_array("attachments")->push(Value::integer(ctx_.arena, 999'999));
    EXPECT_EQ(blamed(e), "attachments");
    EXPECT_EQ(ctx_.connection().exec("select 1 from core.mail").size(), 0u);
}

TEST_F(PlatformTables, mail_is_written_in_the_language_asked_for_with_values_that_stay_text) {
    ctx_.begin();
    auto* e = envelope();
    e->set("language", "fr");
    ASSERT_EQ(send(e), GUICHET_OK) << ctx_.error.message;
    EXPECT_EQ(mail("subject"), "Bonjour Zoé <b>");
    EXPECT_NE(mail("html_body").find("<strong>Zoé &lt;b&gt;</strong>"), std::string::npos) << mail("html_body");
    EXPECT_NE(mail("text_body").find("1\u202F234"), std::string::npos) << mail("text_body");
    EXPECT_NE(mail("text_body").find("14/11/2023"), std::string::npos) << mail("text_body");
    EXPECT_EQ(mail("headers ->> 'Auto-Submitted'"), "auto-generated");
    EXPECT_EQ(mail("request_id"), "request-1");

    auto* own = envelope();
    own->set("subject", "Re: the words of a person");
    own->add_object("headers")->set("Auto-Submitted", "no");
    ASSERT_EQ(send(own), GUICHET_OK);
    EXPECT_EQ(mail("subject"), "Re: the words of a person");
    EXPECT_EQ(mail("coalesce(headers ->> 'X-Auto-Response-Suppress', '')"), "");
    const auto* status = reinterpret_cast<const Value*>(host::abi::kMailTable.status(&ctx_, mail_));
    ASSERT_NE(status, nullptr);
    EXPECT_EQ(status->get("state")->as_string(), "queued");
    EXPECT_EQ(host::abi::kMailTable.status(&ctx_, 999'999), nullptr);

    ctx_.connection().exec("insert into core.mail_template_text (template_id, language, subject, body) values ('letters.hello', 'en', 'Ours {{name}}', 'x')");
    ASSERT_EQ(send(envelope()), GUICHET_OK);
    EXPECT_EQ(mail("subject"), "Ours Zoé <b>") << "what the administrator wrote";
    ctx_.rollback();
}

TEST_F(PlatformTables, files_are_the_plugins_own) {
    guichet_file file{};
    file.size = sizeof file;
    EXPECT_EQ(host::abi::kFilesTable.put(&ctx_, str("a.txt"), "Bonjour", 7, &file), GUICHET_E_STATE) << "no transaction";
    ctx_.begin();
    ASSERT_EQ(host::abi::kFilesTable.put(&ctx_, str("../a\r.txt"), "Bonjour", 7, &file), GUICHET_OK) << ctx_.error.message;
    EXPECT_EQ(text(file.name), "a.txt");
    EXPECT_EQ(text(file.type), "text/plain");
    EXPECT_EQ(file.bytes, 7);
    char buffer[4];
    std::size_t n = 0;
    std::string back;
    while (host::abi::kFilesTable.read(&ctx_, file.id, back.size(), buffer, sizeof buffer, &n) == GUICHET_OK && n > 0) back.append(buffer, n);
    EXPECT_EQ(back, "Bonjour");
    auto* e = envelope();
    e->add_array("attachments")->push(Value::integer(ctx_.arena, file.id));
    EXPECT_EQ(send(e), GUICHET_OK) << ctx_.error.message;
    ctx_.connection().exec("update core.file set plugin_id = 'other' where id = $1", {file.id});
    EXPECT_EQ(host::abi::kFilesTable.info(&ctx_, file.id, &file), GUICHET_E_NOT_FOUND);
    EXPECT_EQ(host::abi::kFilesTable.read(&ctx_, file.id, 0, buffer, sizeof buffer, &n), GUICHET_E_NOT_FOUND);
    EXPECT_EQ(host::abi::kFilesTable.remove(&ctx_, file.id), GUICHET_E_NOT_FOUND);
    ctx_.connection().exec("update core.file set plugin_id = 'letters' where id = $1", {file.id});
    EXPECT_EQ(host::abi::kFilesTable.remove(&ctx_, file.id), GUICHET_OK);
    ctx_.commit();
    EXPECT_EQ(files_.sweep(desk_.app->pool(), std::chrono::seconds{0}), 0u) << "the mail still has its copy";
}

TEST_F(PlatformTables, audit_is_written_with_who_and_in_the_transaction) {
    const auto write = [&](std::string_view action, Value* details = nullptr) {
        return host::abi::kAuditTable.write(&ctx_, str(action), str("letter/1"), details ? wrap(details) : nullptr);
    };
    EXPECT_EQ(write("letters.opened"), GUICHET_E_STATE);
    ctx_.begin();
    for (const auto* action : {"", "letters", "letters.", "tickets.deleted", "core.login", "lettersopened"}) EXPECT_EQ(write(action), GUICHET_E_INVALID) << action;
    EXPECT_EQ(write("letters.opened", Value::array(ctx_.arena)), GUICHET_E_INVALID);
    auto* details = Value::object(ctx_.arena);
    details->set("to", "Zoé");
    EXPECT_EQ(write("letters.opened", details), GUICHET_OK) << ctx_.error.message;
    ctx_.rollback();
    EXPECT_EQ(desk_.count("select count(*) from core.audit where action = 'letters.opened'"), 0);
    ctx_.begin();
    EXPECT_EQ(write("letters.opened", details), GUICHET_OK);
    ctx_.commit();
    EXPECT_EQ(desk_.count("select count(*) from core.audit where action = 'letters.opened' and actor = 'system' and request_id = 'request-1'"
                          " and details ->> 'to' = 'Zoé'"), 1);
}

}  // namespace web_test
