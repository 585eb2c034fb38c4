// What goes over the wire: encoded, deterministic, and nothing in it that its author did not mean (security.md R47, R48).
#include "base/strings.hpp"
#include "mail/address.hpp"
#include "mail/message.hpp"

#include <gtest/gtest.h>

namespace host::mail {
namespace {

Message example() {
    Message m;
    m.from_name = "Société Exemple, SARL";
    m.from_address = "support@guichet.example";
    m.to_name = "Zoé \"Z\" Müller";
    m.to_address = "zoe@example.org";
    m.message_id = "abc@guichet.example";
    m.subject = "Votre demande n° 12 : équipement cassé, à réparer dès que possible s’il vous plaît – merci d’avance";
    m.text = "Bonjour,\nété\n.point\nFrom ici\n";
    m.html = "<p>été</p>\n";
    m.date_us = 1'700'000'000'000'000;
    return m;
}

int count(const std::string& mime, const std::string& header) {
    int n = 0;
    const auto head = "\n" + mime.substr(0, mime.find("\r\n\r\n"));
    for (auto at = head.find("\n" + header + ":"); at != std::string::npos; at = head.find("\n" + header + ":", at + 1)) ++n;
    return n;
}

}  // namespace

TEST(MailMessage, is_ascii_in_lines_that_every_server_takes) {
    auto m = example();
    m.text += std::string(3000, 'x') + "\n";
    m.attachments.push_back({"pièce jointe.pdf", "application/pdf", std::string(5000, '\xFF')});
    const auto mime = to_mime(m);
    for (std::size_t i = 0; i < mime.size(); ++i) {
        ASSERT_LT(static_cast<unsigned char>(mime[i]), 0x80) << i;
        if (mime[i] == '\n') {
            ASSERT_TRUE(i > 0 && mime[i - 1] == '\r') << i;
        }
        if (mime[i] == '\r') {
            ASSERT_EQ(mime[i + 1], '\n') << i;
        }
    }
    for (const auto line : base::split(mime, '\n')) EXPECT_LE(line.size(), 200u) << line;
    EXPECT_NE(mime.find("filename*"), std::string::npos) << "RFC 2231";
    EXPECT_NE(mime.find("=?UTF-8?"), std::string::npos) << "RFC 2047";
}

TEST(MailMessage, the_same_one_gives_the_same_bytes) {
    EXPECT_EQ(to_mime(example()), to_mime(example()));
    EXPECT_NE(to_mime(example()).find("Message-Id: <abc@guichet.example>"), std::string::npos);
}

TEST(MailMessage, each_header_is_there_once) {
    auto m = example();
    m.in_reply_to = "first@example.org";
    for (int i = 0; i < 30; ++i) m.references.push_back("ref" + std::to_string(i) + "@example.org");
    m.headers = {{"Auto-Submitted", "auto-generated"}, {"X-Note", "été"}};
    const auto mime = to_mime(m);
    for (const auto* header : {"From", "To", "Subject", "Date", "Message-Id", "In-Reply-To", "References", "MIME-Version", "Content-Type", "Auto-Submitted", "X-Note"})
        EXPECT_EQ(count(mime, header), 1) << header << "\n" << mime;
    EXPECT_NE(mime.find("<ref0@example.org>"), std::string::npos) << "the first of the thread";
    EXPECT_EQ(mime.find("<ref5@example.org>"), std::string::npos);
    EXPECT_NE(mime.find("<ref29@example.org>"), std::string::npos);
}

TEST(MailMessage, line_breaks_in_names_and_subjects_add_no_header) {
    auto m = example();
    m.subject = "a\r\nBcc: victim@example.org";
    m.to_name = "b\r\nX-Evil: 1";
    m.from_name = "c\nX-Evil: 2";
    const auto mime = to_mime(m);
    EXPECT_EQ(count(mime, "Bcc"), 0) << mime;
    EXPECT_EQ(count(mime, "X-Evil"), 0) << mime;
    EXPECT_EQ(count(mime, "To"), 1);
}

TEST(MailMessage, an_attachment_cannot_become_a_part_of_its_own) {
    auto m = example();
    m.attachments.push_back({"x.eml", "message/rfc822", "Subject: inner\r\n\r\ninner"});
    m.attachments.push_back({"a\r\nX-Evil: 1.txt", "nonsense", "x"});
    const auto mime = to_mime(m);
    EXPECT_EQ(mime.find("message/rfc822"), std::string::npos);
    EXPECT_EQ(mime.find("\nX-Evil"), std::string::npos) << mime;
    EXPECT_NE(mime.find("multipart/mixed"), std::string::npos);
}

TEST(MailAddress, what_is_sent_to_is_what_was_written) {
    for (const auto* good : {"a@b", "zoe@example.org", "x.y-z+tag@sub.example.org", "o'hara@example.org", "a@xn--bcher-kva.example"}) EXPECT_TRUE(is_address(good)) << good;
    for (const auto* bad : {"", "@", "a@", "@b", "a b@c", "a@b@c", "a@b,c@d", "a@b>x", "<a@b>", "a@b\r\nRCPT TO:<c@d>", "a\n@b", "\"a b\"@c", "a(comment)@b", "a@b;c@d",
                            ".a@b", "a.@b", "a..b@c", "a@-b", "a@b-", "a@b..c", "user%other@relay", "@relay:a@b", "=?utf-8?q?a@b?=", "zoé@example.org", "a@exämple.org",
                            "a@[127.0.0.1]", "a@b c"})
        EXPECT_FALSE(is_address(bad)) << bad;
    EXPECT_FALSE(is_address(std::string(65, 'a') + "@b"));
    EXPECT_FALSE(is_address(std::string{"a\0@b", 4}));
}

TEST(MailAddress, headers_of_the_host_cannot_be_added) {
    for (const auto* good : {"Auto-Submitted", "X-Loop", "List-Id", "Precedence"}) EXPECT_TRUE(may_add_header(good)) << good;
    for (const auto* bad : {"From", "to", "BCC", "Subject", "Message-ID", "Content-Type", "content-transfer-encoding", "MIME-Version", "Return-Path", "Received", "DKIM-Signature",
                            "Resent-To", "", "X Y", "X:Y", "X\r\nBcc"})
        EXPECT_FALSE(may_add_header(bad)) << bad;
}

}  // namespace host::mail
