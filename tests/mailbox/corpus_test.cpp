// Messages of many programs, each with what it is to be taken for (mail.md 3.3 to 3.7). corpus/<name>.eml has its expectation in
// corpus/<name>.json; a key that is not there is not compared. Keys: class, why, warning (contained); text, quote, signature, subject,
// sender, sender_name, message_id, forwarded, several, suppress (equal); text_contains, quote_contains, signature_contains, html_lacks;
// loose, squeeze: texts are compared without regard to blanks; attachments, attachment_names; recipients, references, subject_tags
// (equal); address_token: ticket of the first one; bounce: its members; remote_pictures: how many.
#include "base/arena.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "classify.hpp"
#include "parse.hpp"
#include "quote.hpp"
#include "signals.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

using namespace mailbox;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

namespace base = host::base;
using Value = base::Value;

const std::filesystem::path kCorpus = std::filesystem::path{SOURCE_DIR} / "tests/mailbox/corpus";
const std::filesystem::path kPackage = std::filesystem::path{BUILD_DIR} / "packages/mailbox";

std::string squeezed(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n';
        if (!blank) out += c;
        else if (!out.empty() && out.back() != ' ') out += ' ';
    }
    return out.substr(0, out.find_last_not_of(' ') + 1);
}

std::vector<std::string> texts(const Value& list) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < list.size(); ++i) out.emplace_back(list.at(i)->as_string());
    return out;
}

class Expectation {
public:
    Expectation(const Value& wanted, const Message& message)
        : wanted_{wanted}, message_{message}, verdict_{classify(message)}, parts_{split(message)} {}

    void check() const {
        check_class();
        check_texts();
        check_header();
        check_attachments();
        check_signals();
        if (const auto* bounce = wanted_.get("bounce")) check_bounce(*bounce);
    }

private:
    template <class F>
    void with(std::string_view key, F&& f) const {
        if (const auto* value = wanted_.get(key)) f(*value);
    }
    void equal(std::string_view key, const std::string& is) const {
        with(key, [&](const Value& value) { EXPECT_EQ(is, value.as_string()) << key; });
    }
    void equal(std::string_view key, bool is) const {
        with(key, [&](const Value& value) { EXPECT_EQ(is, value.as_bool()) << key; });
    }
    void equal(std::string_view key, const std::vector<std::string>& are) const {
        with(key, [&](const Value& value) { EXPECT_THAT(are, ElementsAreArray(texts(value))) << key; });
    }
    void contains(std::string_view key, const std::string& in) const {
        with(key, [&](const Value& value) {
            for (const auto& text : texts(value)) EXPECT_THAT(in, HasSubstr(text)) << key;
        });
    }

    void check_class() const {
        equal("class", std::string{name_of(verdict_.kind)});
        equal("suppress", verdict_.suppress_answer);
        with("why", [&](const Value& value) { EXPECT_THAT(verdict_.why, HasSubstr(std::string{value.as_string()})); });
    }
    void check_texts() const {
        const bool loose = wanted_.get("loose") || wanted_.get("squeeze");
        with("text", [&](const Value& value) {
            if (loose) EXPECT_EQ(squeezed(parts_.text), squeezed(value.as_string()));
            else EXPECT_EQ(parts_.text, value.as_string());
        });
        equal("quote", parts_.quote);
        equal("signature", parts_.signature);
        contains("text_contains", parts_.text);
        contains("quote_contains", parts_.quote);
        contains("signature_contains", parts_.signature);
        with("quote_contains", [&](const Value& value) {
            for (const auto& text : texts(value)) EXPECT_THAT(parts_.text, Not(HasSubstr(text)));
        });
        with("html_lacks", [&](const Value& value) {
            for (const auto& text : texts(value)) EXPECT_THAT(message_.html, Not(HasSubstr(text)));
        });
        with("remote_pictures", [&](const Value& value) {
            std::int64_t count = 0;
            for (auto at = message_.html.find("data-remote-src"); at != std::string::npos;
                 at = message_.html.find("data-remote-src", at + 1))
                ++count;
            EXPECT_EQ(count, value.as_integer());
        });
    }
    void check_header() const {
        const auto from = message_.from.empty() ? Address{} : message_.from.front();
        equal("sender", from.address);
        equal("sender_name", from.name);
        equal("subject", message_.subject);
        equal("message_id", message_.message_id);
        equal("several", message_.several_senders);
        with("warning",
             [&](const Value& value) { EXPECT_THAT(message_.warnings, ::testing::Contains(HasSubstr(std::string{value.as_string()}))); });
    }
    void check_attachments() const {
        std::vector<std::string> names;
        for (const auto& attachment : message_.attachments) names.push_back(attachment.name);
        equal("attachment_names", names);
        with("attachments", [&](const Value& value) {
            ASSERT_EQ(message_.attachments.size(), value.size());
            for (std::size_t i = 0; i < value.size(); ++i) check_attachment(message_.attachments[i], *value.at(i));
        });
    }
    static void check_attachment(const Attachment& attachment, const Value& value) {
        EXPECT_EQ(attachment.name, value.get("name")->as_string());
        EXPECT_EQ(attachment.type, value.get("type")->as_string());
        EXPECT_EQ(static_cast<std::int64_t>(attachment.content.size()), value.get("bytes")->as_integer()) << attachment.name;
        if (const auto* shown = value.get("inline")) {
            EXPECT_EQ(attachment.is_inline, shown->as_bool()) << attachment.name;
        }
    }
    void check_signals() const {
        const auto signals = find_signals(message_);
        equal("references", signals.ids);
        equal("subject_tags", signals.subject_tags);
        equal("forwarded", signals.forwarded);
        equal("recipients", recipients(message_));
        with("address_token", [&](const Value& value) {
            ASSERT_FALSE(signals.addresses.empty());
            EXPECT_EQ(signals.addresses.front().ticket, value.as_integer());
        });
    }
    void check_bounce(const Value& wanted) const {
        ASSERT_TRUE(verdict_.bounce);
        constexpr const char* kKinds[] = {"delivery", "disposition", "complaint"};
        const std::map<std::string, std::string> is{{"kind", kKinds[static_cast<int>(verdict_.bounce->kind)]},
                                                    {"action", verdict_.bounce->action},
                                                    {"status", verdict_.bounce->status},
                                                    {"final_recipient", verdict_.bounce->final_recipient},
                                                    {"original_message_id", verdict_.bounce->original_message_id},
                                                    {"return_path", verdict_.bounce->return_path}};
        for (const auto& [key, text] : is)
            if (const auto* value = wanted.get(key)) {
                EXPECT_EQ(text, value->as_string()) << key;
            }
    }

    const Value& wanted_;
    const Message& message_;
    Verdict verdict_;
    Parts parts_;
};

void check(Parser& parser, const std::filesystem::path& file) {
    const auto raw = base::read_file(file);
    const auto json = base::read_file(std::filesystem::path{file}.replace_extension(".json"));
    ASSERT_TRUE(raw && json);
    base::Arena arena;
    const auto wanted = base::parse_json(arena, *json);
    ASSERT_TRUE(wanted);
    const auto parsed = parser.parse(*raw);
    if (const auto* unreadable = std::get_if<Unreadable>(&parsed)) {
        EXPECT_EQ((*wanted)->get("class")->as_string(), "unreadable") << unreadable->why;
        EXPECT_THAT(unreadable->why, HasSubstr(std::string{(*wanted)->get("why") ? (*wanted)->get("why")->as_string() : ""}));
    } else Expectation{**wanted, std::get<Message>(parsed)}.check();
}

TEST(MailCorpus, EveryMessageIsTakenForWhatItIs) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{kCorpus})
        if (entry.path().extension() == ".eml") files.push_back(entry.path());
    std::ranges::sort(files);
    ASSERT_GE(files.size(), 150u);
    Parser parser{kPackage};
    for (const auto& file : files) {
        SCOPED_TRACE(file.filename().string());
        check(parser, file);
    }
}

}  // namespace
