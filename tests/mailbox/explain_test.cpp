// "guichet mail explain FILE…": the program itself, without any database and with one.
#include "base/arena.hpp"
#include "base/file.hpp"
#include "base/json.hpp"

#include "mailbox/desk_of_mail.hpp"

#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

namespace base = host::base;

const std::string kCorpus = std::string{SOURCE_DIR} + "/tests/mailbox/corpus/";

struct Outcome {
    int status = -1;
    std::vector<std::string> lines;
};

// In a folder with nothing in it, so that no settings are found.
Outcome explain(const std::string& files, const std::string& environment = "env -u GUICHET_DATABASE_URL") {
    const auto folder = std::filesystem::temp_directory_path() / ("explain-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const auto command =
        "cd " + folder.string() + " && " + environment + " " + BUILD_DIR + "/guichet mail explain " + files + " 2>/dev/null";
    Outcome outcome;
    auto* pipe = ::popen(command.c_str(), "r");
    std::string all;
    char chunk[4096];
    while (const auto n = std::fread(chunk, 1, sizeof chunk, pipe)) all.append(chunk, n);
    outcome.status = WEXITSTATUS(::pclose(pipe));
    for (std::size_t at = 0; at < all.size(); at = all.find('\n', at) + 1) outcome.lines.push_back(all.substr(at, all.find('\n', at) - at));
    EXPECT_TRUE(std::filesystem::is_empty(folder)) << "it writes nothing";
    std::filesystem::remove_all(folder);
    return outcome;
}

class Line {
public:
    explicit Line(const std::string& json) {
        const auto parsed = base::parse_json(arena_, json);
        EXPECT_TRUE(parsed) << json;
        if (parsed) value_ = *parsed;
    }
    const base::Value& operator[](std::string_view key) const {
        const auto* found = value_ ? value_->get(key) : nullptr;
        EXPECT_TRUE(found) << key;
        static base::Arena none;
        return found ? *found : *base::Value::object(none);
    }

private:
    base::Arena arena_;
    const base::Value* value_ = nullptr;
};

TEST(Explain, WithoutFilesSaysHow) {
    const auto outcome = explain("");
    EXPECT_EQ(outcome.status, 2);
    EXPECT_TRUE(outcome.lines.empty());
}

TEST(Explain, EveryFileHasALineEvenWhenItIsNone) {
    const auto outcome = explain("/nowhere/x.eml / " + kCorpus + "unreadable-nesting.eml " + kCorpus + "empty-file.eml " + kCorpus +
                                 "gmail-web-reply-fr.eml");
    EXPECT_EQ(outcome.status, 1);
    ASSERT_EQ(outcome.lines.size(), 5u);
    for (std::size_t i = 0; i < 3; ++i) {
        const Line line{outcome.lines[i]};
        EXPECT_EQ(line["class"].as_string(), "unreadable");
        EXPECT_FALSE(line["why"].as_string().empty());
        EXPECT_EQ(line["attachments"].size(), 0u);
    }
    EXPECT_EQ(Line{outcome.lines[0]}["file"].as_string(), "/nowhere/x.eml");
    EXPECT_EQ(Line{outcome.lines[4]}["class"].as_string(), "human");
}

TEST(Explain, SaysWhatAMessageIs) {
    const auto outcome = explain(kCorpus + "outlook-desktop-reply-fr.eml " + kCorpus + "bounce-postfix.eml");
    EXPECT_EQ(outcome.status, 0);
    ASSERT_EQ(outcome.lines.size(), 2u);
    const Line mail{outcome.lines[0]};
    EXPECT_EQ(mail["sender"].get("name")->as_string(), "Jean Dupont");
    EXPECT_EQ(mail["sender"].get("address")->as_string(), "jean.dupont@client.example.fr");
    EXPECT_EQ(mail["recipients"].at(0)->get("address")->as_string(), "support@example.org");
    EXPECT_EQ(mail["recipients"].at(0)->get("kind")->as_string(), "to");
    EXPECT_EQ(mail["subject"].as_string(), "RE: Imprimante en panne");
    EXPECT_EQ(mail["date"].as_string(), "2025-10-03T12:20:09Z");
    EXPECT_TRUE(mail["text"].as_string().starts_with("Bonjour,"));
    EXPECT_TRUE(mail["quote"].as_string().starts_with("De"));
    EXPECT_EQ(mail["attachments"].at(0)->get("name")->as_string(), "image001.png");
    EXPECT_EQ(mail["warnings"].size(), 0u);
    EXPECT_EQ(mail["thread"].get("decision")->as_string(), "unknown");
    EXPECT_EQ(mail["thread"].get("references")->at(0)->as_string(), "<abc123@example.org>");
    const Line bounce{outcome.lines[1]};
    EXPECT_EQ(bounce["class"].as_string(), "bounce");
    EXPECT_EQ(bounce["bounce"].get("status")->as_string(), "5.1.1");
}

TEST(Explain, ADatabaseThatIsAwayIsNotMissed) {
    const auto outcome = explain(kCorpus + "iphone-photo.eml", "env GUICHET_DATABASE_URL='host=/nowhere dbname=none'");
    EXPECT_EQ(outcome.status, 0);
    ASSERT_EQ(outcome.lines.size(), 1u);
    EXPECT_EQ(Line{outcome.lines[0]}["class"].as_string(), "human");
}

using mailbox_test::Mail;

class ExplainWithTickets : public mailbox_test::MailDesk {
protected:
    static Outcome explain_mail(const Mail& mail) {
        const auto file = desk().state / "one.eml";
        host::base::write_file(file, mail.raw());
        const auto& config = desk().app->config();
        return explain(file.string(),
                       "env GUICHET_DATABASE_URL='" + config.database_url + "' GUICHET_STATE='" + config.state.string() + "'");
    }
};

// What would become of it is what becomes of it (mail.md 3.2), and nothing is written.
TEST_F(ExplainWithTickets, SaysToWhichTicketItBelongs) {
    const std::string id = "<first." + std::to_string(::getpid()) + "@client.example>";
    const auto ticket = field(receive(Mail{.id = id}.raw()), "ticket_id");
    const auto ref = "[#" + desk().api().get("/api/v1/tickets/" + ticket).text("ref") + "] Suite";
    const auto before = text("select count(*) || '/' || (select count(*) from tickets.message) from mailbox.inbound_mail");

    const auto own = explain_mail({.subject = ref, .headers = "References: " + id + "\r\n"});
    EXPECT_EQ(own.status, 0);
    ASSERT_EQ(own.lines.size(), 1u);
    ASSERT_EQ(Line{own.lines[0]}["thread"].get("decision")->as_string(), "ticket") << own.lines[0];
    EXPECT_EQ(std::to_string(Line{own.lines[0]}["thread"].get("ticket")->as_integer()), ticket);

    const auto stranger = explain_mail({.from = "curieux@ailleurs.example", .subject = ref});
    ASSERT_EQ(stranger.lines.size(), 1u);
    EXPECT_EQ(Line{stranger.lines[0]}["thread"].get("decision")->as_string(), "new");
    ASSERT_TRUE(Line{stranger.lines[0]}["thread"].get("hint")) << stranger.lines[0];
    EXPECT_EQ(std::to_string(Line{stranger.lines[0]}["thread"].get("hint")->as_integer()), ticket);

    const auto ours = explain_mail({.from = "SAV <sav@guichet.example>"});
    ASSERT_EQ(ours.lines.size(), 1u);
    EXPECT_EQ(Line{ours.lines[0]}["class"].as_string(), "loop");
    EXPECT_EQ(text("select count(*) || '/' || (select count(*) from tickets.message) from mailbox.inbound_mail"), before);
}

TEST(Explain, HelpNamesIt) {
    auto* pipe = ::popen((std::string{BUILD_DIR} + "/guichet help").c_str(), "r");
    std::string all;
    char chunk[4096];
    while (const auto n = std::fread(chunk, 1, sizeof chunk, pipe)) all.append(chunk, n);
    ::pclose(pipe);
    EXPECT_NE(all.find("mail explain FILE…"), std::string::npos);
}

}  // namespace
