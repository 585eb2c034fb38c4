// The child that reads messages, its limits, and what hostile messages do to it (mail.md 3.1, 3.5, 3.7; R40).
#include "parse.hpp"
#include "base/file.hpp"
#include "html.hpp"
#include "sandbox.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <functional>
#include <random>

using namespace mailbox;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

const std::filesystem::path kCorpus = std::filesystem::path{SOURCE_DIR} / "tests/mailbox/corpus";
const std::filesystem::path kPackage = std::filesystem::path{BUILD_DIR} / "packages/mailbox";

const std::string kPlain = "From: a@example.org\nSubject: Bonjour\n\nTexte\n";

std::string why(const Parsed& parsed) {
    const auto* unreadable = std::get_if<Unreadable>(&parsed);
    return unreadable ? unreadable->why : "it was read";
}

Message read(Parser& parser, const std::string& raw) {
    auto parsed = parser.parse(raw);
    if (auto* message = std::get_if<Message>(&parsed)) return std::move(*message);
    ADD_FAILURE() << why(parsed);
    return {};
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

std::string html_mail(const std::string& html) { return "From: a@example.org\nContent-Type: text/html; charset=utf-8\n\n" + html; }

// errno of each call in a confined process, 0 where it worked.
int inside(const std::function<int()>& call) {
    const auto pid = ::fork();
    if (pid == 0) ::_exit(confine() ? (call() < 0 ? errno : 0) : 250);
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Sandbox, HasNoFilesNoNetworkAndNoOtherProcesses) {
    EXPECT_EQ(inside([] { return ::open("/etc/passwd", O_RDONLY); }), EPERM);
    EXPECT_EQ(inside([] { return ::open("/tmp/written", O_WRONLY | O_CREAT, 0600); }), EPERM);
    EXPECT_EQ(inside([] { return ::socket(AF_INET, SOCK_STREAM, 0); }), EPERM);
    EXPECT_EQ(inside([] { return ::socket(AF_UNIX, SOCK_STREAM, 0); }), EPERM);
    EXPECT_EQ(inside([] { return ::fork(); }), EPERM);
    EXPECT_EQ(inside([] { return ::execl("/bin/true", "true", nullptr); }), EPERM);
    EXPECT_EQ(inside([] { return ::kill(::getppid(), SIGTERM); }), EPERM);
    EXPECT_EQ(inside([] { return ::getpid(); }), 0) << "what it may do works";
}

TEST(Parser, SaysWhenItCannotBeStarted) {
    Parser parser{"/nowhere"};
    EXPECT_THAT(why(parser.parse(kPlain)), HasSubstr("cannot be started"));
}

TEST(Parser, GoesOnAfterItsChildWasKilled) {
    Parser parser{kPackage};
    read(parser, kPlain);
    const auto first = parser.child();
    ASSERT_EQ(::kill(first, SIGKILL), 0);
    EXPECT_EQ(read(parser, kPlain).subject, "Bonjour");
    EXPECT_NE(parser.child(), first);
}

TEST(Parser, GivesUpWhenTheTimeIsOverAndReadsTheNextOne) {
    Parser hurried{kPackage, std::chrono::milliseconds{0}};
    EXPECT_EQ(why(hurried.parse(kPlain)), "takes too long to read");
    EXPECT_EQ(hurried.child(), -1);
    EXPECT_EQ(why(hurried.parse(kPlain)), "takes too long to read") << "and is started again";
}

TEST(Parser, OneChildReadsMany) {
    Parser parser{kPackage};
    read(parser, kPlain);
    const auto first = parser.child();
    for (int i = 0; i < 100; ++i) read(parser, kPlain);
    EXPECT_EQ(parser.child(), first);
}

TEST(Parser, EveryLimitIsNamed) {
    Parser parser{kPackage};
    EXPECT_EQ(why(parser.parse(std::string((35u << 20) + 1, 'x'))), "larger than 35 MiB");
    EXPECT_EQ(why(parser.parse(repeated("X-A: b\n", 1001) + "\n")), "more than 1000 header fields");
    EXPECT_EQ(why(parser.parse("X: " + std::string(300'000, 'a') + "\n\n")), "a header of more than 256 KiB");
    const std::string mixed = "Content-Type: multipart/mixed; boundary=b\n\n";
    EXPECT_EQ(why(parser.parse(mixed + repeated("--b\n\nx\n", 501))), "more than 500 parts");
    EXPECT_EQ(why(parser.parse(mixed + repeated("--b\nContent-Type: image/png\n\nx\n", 51))), "more than 50 attachments");
    std::string nested;
    for (int i = 0; i < 32; ++i)
        nested += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" + std::to_string(i) + "\n";
    EXPECT_EQ(why(parser.parse(nested + "\nx\n")), "parts nested more than 30 deep");
    EXPECT_EQ(read(parser, kPlain).text, "Texte\n") << "and then as before";
}

TEST(Parser, WhatIsJustAllowedIsRead) {
    Parser parser{kPackage};
    EXPECT_EQ(read(parser, repeated("X-A: b\n", 999) + "\nx").headers.size(), 999u);
    const std::string mixed = "Content-Type: multipart/mixed; boundary=b\n\n";
    EXPECT_EQ(read(parser, mixed + repeated("--b\nContent-Type: image/png\n\nx\n", 50)).attachments.size(), 50u);
}

TEST(Parser, BombsAreRefusedOrReadWithoutWhatTheyHide) {
    Parser parser{kPackage};
    std::string nested;
    for (int i = 0; i < 10'000; ++i)
        nested += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" + std::to_string(i) + "\n";
    EXPECT_EQ(why(parser.parse(nested)), "parts nested more than 30 deep");
    EXPECT_EQ(why(parser.parse("Content-Type: multipart/mixed; boundary=b\n\n" + repeated("--b\n\nx\n", 100'000))), "more than 500 parts");
    EXPECT_EQ(why(parser.parse("X: " + std::string(34u << 20, 'a') + "\n\n")), "a header of more than 256 KiB");
    EXPECT_EQ(why(parser.parse(std::string(50u << 20, 'a'))), "larger than 35 MiB");
    EXPECT_EQ(read(parser, "From: a@example.org\n" + repeated("Content-Type: message/rfc822\n\n", 10'000)).attachments.size(), 1u);
    EXPECT_EQ(read(parser, "From: a@example.org\nTo: " + repeated("x:", 120'000) + "\n\nx").from.size(), 1u);
    for (const char* tag : {"<div>", "<b>", "<blockquote type=cite>", "<ul><li>"}) {
        const auto message = read(parser, html_mail(repeated(tag, 80'000)));
        EXPECT_THAT(message.warnings, Contains(HasSubstr("nested more than 1000 deep"))) << tag;
        EXPECT_EQ(message.attachments.size(), 1u) << "kept as a file";
    }
    EXPECT_THAT(read(parser, html_mail(repeated("<p>x</p>", 300'000))).warnings, Contains(HasSubstr("larger than 2 MiB")));
}

// 4 GiB of text, says its header; a length that ends nowhere; what is inside of itself.
TEST(Parser, ABrokenWinmailIsKeptAsItIs) {
    Parser parser{kPackage};
    const auto good = host::base::read_file(kCorpus / "tnef-files.eml");
    ASSERT_TRUE(good);
    const auto begin = good->find("eJ8+");
    ASSERT_NE(begin, std::string::npos);
    std::mt19937 random{3};
    for (int i = 0; i < 300; ++i) {
        auto bad = *good;
        for (int k = 0; k < 3; ++k) bad[begin + 4 + random() % 200] = "ABCDEFGHIJKLMNOP/+"[random() % 18];
        const auto message = read(parser, bad);
        EXPECT_FALSE(message.text.empty());
        EXPECT_FALSE(message.attachments.empty());
    }
}

TEST(Parser, MutatedMessagesNeverEndTheChild) {
    std::vector<std::string> messages;
    for (const auto& entry : std::filesystem::directory_iterator{kCorpus})
        if (entry.path().extension() == ".eml") messages.push_back(*host::base::read_file(entry.path()));
    Parser parser{kPackage};
    read(parser, kPlain);
    const auto child = parser.child();
    std::mt19937 random{20261123};
    for (int i = 0; i < 2000; ++i) {
        auto message = messages[random() % messages.size()];
        for (int k = 0; !message.empty() && k < 8; ++k) switch (random() % 4) {
                case 0:
                    message[random() % message.size()] = static_cast<char>(random());
                    break;
                case 1:
                    message.erase(random() % message.size(), random() % 40);
                    break;
                case 2:
                    message.insert(random() % message.size(), messages[random() % messages.size()].substr(0, random() % 200));
                    break;
                default:
                    message.resize(message.size() - random() % (message.size() / 4 + 1));
                    break;
            }
        const auto said = why(parser.parse(message));
        ASSERT_THAT(said, Not(HasSubstr("breaks"))) << message;
        ASSERT_EQ(parser.child(), child) << message;
    }
}

// What a browser makes of it is what was checked: reading it once more changes nothing.
TEST(Html, CleanedTwiceIsTheSame) {
    Parser parser{kPackage};
    for (const char* html :
         {"<p>a<b>b<p>c</b>d", "<table><a href='https://x.example'>1</a><tr><td>2", "&lt;script&gt;alert(1)&lt;/script&gt;",
          "<a title='\"><img src=x onerror=alert(1)>'>x</a>", "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">",
          "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
          "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
          "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<!--><img src=x onerror=alert(1)>-->",
          "<p data-quote=1 data-cid=x style=color:red>x</p>", "<pre>\n\nx</pre>", "<img src=cid:a%20b alt='\"'>"}) {
        const auto once = read(parser, html_mail(html)).html;
        const auto twice = read(parser, html_mail(once)).html;
        std::string pictures = once;
        for (auto at = pictures.find("<img"); at != std::string::npos; at = pictures.find("<img"))
            pictures.erase(at, pictures.find('>', at) - at + 1);
        EXPECT_EQ(twice.substr(0, pictures.size()), pictures) << html;
        EXPECT_THAT(once, Not(HasSubstr("<img s"))) << html;
        EXPECT_THAT(once, Not(HasSubstr("<script"))) << html;
        EXPECT_THAT(once, Not(HasSubstr("style="))) << html;
    }
}

TEST(Html, PicturesWaitForTheReader) {
    Parser parser{kPackage};
    const auto message = read(
        parser,
        html_mail("<img src='https://x.example/p.gif?a=1&b=2'><img src='cid:un'><img src='file:///etc/passwd'><img src=javascript:x>"));
    EXPECT_THAT(message.html, HasSubstr("<img data-remote-src=\"https://x.example/p.gif?a=1&amp;b=2\" alt=\"\">"));
    EXPECT_THAT(message.html, HasSubstr("<img data-cid=\"un\" alt=\"\">"));
    EXPECT_THAT(message.html, Not(HasSubstr("passwd")));
    EXPECT_THAT(message.html, Not(HasSubstr(" src=")));
}

TEST(Html, QuotesAreMarked) {
    Parser parser{kPackage};
    const auto gmail = read(parser, html_mail("<div>Oui</div><div class=\"gmail_quote\">Non ?</div>"));
    EXPECT_THAT(gmail.html, HasSubstr("<div data-quote=\"\"><div>Non ?</div></div>"));
    const auto outlook = read(
        parser, html_mail("<div>Oui<div><div style='border:none;border-top:solid #E1E1E1 1.0pt'>De : x</div></div><p>Non ?</p></div>"));
    EXPECT_THAT(outlook.html, HasSubstr("Oui<div data-quote=\"\"><div><div>De : x</div></div><p>Non ?</p></div></div>"));
    const auto own = read(parser, html_mail("<blockquote>Poème</blockquote><blockquote class=gmail_quote>Autre</blockquote>"));
    EXPECT_THAT(own.html, Not(HasSubstr("data-quote"))) << "people write inside of those";
}

// The same mail has one key however often it comes; another one with its Message-ID has another key (mail.md 3.8).
TEST(DedupKey, IsOfTheMessageAndOfItsContent) {
    Parser parser{kPackage};
    const std::string head = "From: a@example.org\nDate: Tue, 14 Oct 2025 10:00:00 +0200\nMessage-ID: <1@example.org>\nSubject: x\n";
    const auto key = dedup_key(read(parser, head + "\nTexte\n"));
    EXPECT_EQ(key.size(), 64u);
    EXPECT_EQ(key, dedup_key(read(parser, "Received: from elsewhere\n" + head + "\nTexte\n")));
    EXPECT_NE(key, dedup_key(read(parser, head + "\nAutre\n")));
    EXPECT_NE(dedup_key(read(parser, "From: a@example.org\n\nUn\n")), dedup_key(read(parser, "From: a@example.org\n\nDeux\n")))
        << "without Message-ID";
}

}  // namespace
