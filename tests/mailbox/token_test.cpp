// Tokens that tie mails to tickets: mail.md 3.2, rows 1 and 2; 3.4.
#include "token.hpp"

#include <gtest/gtest.h>

using namespace mailbox;

namespace {

const Keys kKeys{{7, "0123456789abcdef0123456789abcdef"}};
const Keys kOther{{7, "another secret of thirty-two byte"}};

std::string upper(std::string text) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

TEST(Token, TextThatIsNoTokenIsNone) {
    for (const char* text : {"", "@", "support@example.org", "support+@example.org", "support+t.@example.org",
                             "support+t.aaaa.@example.org", "support+t.aaaa.bbbb@example.org", "support+t..aaaaaaaaaaaaaaaa@example.org",
                             "bounce+1.@example.org", "bounce+0.aaaaaaaaaaaaaaaaaa@example.org", "bounce+-1.aaaaaaaaaaaaaaaaaa@example.org",
                             "bounce+99999999999999999999.aaaaaaaaaaaaaaaaaa@example.org", "support+t.aeaq.aaaaaaaaaaaaaaaa"})
        EXPECT_FALSE(find_address_token(text)) << text;
    for (const char* text : {"", "<>", "t.1.2.3@example.org", "<t.1.2.3.@example.org>", "<t.1.2.3.4.aaaaaaaaaaaaaaaaaa@example.org>",
                             "<t.0.2.3.aaaaaaaaaaaaaaaaaa@example.org>", "<t.01.2.3.aaaaaaaaaaaaaaaaaa@example.org>",
                             "<t...."
                             "@example.org>"})
        EXPECT_FALSE(find_message_id_token(text)) << text;
}

TEST(Token, EveryChangedCharacterIsRefused) {
    const auto address = make_reply_address(kKeys, "support@example.org", 4711);
    const auto begin = address.find("+t.") + 3, end = address.find('@');
    for (auto i = begin; i < end; ++i) {
        auto changed = address;
        changed[i] = changed[i] == 'a' ? 'b' : 'a';
        const auto token = find_address_token(changed);
        EXPECT_FALSE(token && verify(kKeys, *token)) << changed;
    }
}

TEST(Token, OfAnotherKeyIsRefused) {
    const auto token = find_address_token(make_reply_address(kOther, "support@example.org", 4711));
    ASSERT_TRUE(token);
    EXPECT_FALSE(verify(kKeys, *token));
    EXPECT_FALSE(verify({}, *token));
    EXPECT_FALSE(verify({{8, kOther[0].secret}}, *token)) << "same secret under another id";
}

TEST(Token, OfOneKindIsNoneOfAnother) {
    const auto reply = find_address_token(make_reply_address(kKeys, "support@example.org", 5));
    Token bounce = *reply;
    bounce.kind = Token::Kind::bounce;
    bounce.mail = 5;
    EXPECT_FALSE(verify(kKeys, bounce));
}

TEST(Token, ReplyAddressComesBackAsItWas) {
    for (const std::int64_t ticket : {std::int64_t{1}, std::int64_t{127}, std::int64_t{128}, std::int64_t{2'147'483'648}, INT64_MAX >> 1}) {
        const auto address = make_reply_address(kKeys, "support@example.org", ticket);
        EXPECT_LE(address.find('@'), 64u) << "RFC 5321 4.5.3.1.1";
        const auto token = find_address_token(upper(address));
        ASSERT_TRUE(token) << address;
        EXPECT_EQ(token->ticket, ticket);
        EXPECT_EQ(token->address, "support@example.org");
        EXPECT_EQ(token->domain, "example.org");
        EXPECT_TRUE(verify(kKeys, *token));
    }
}

TEST(Token, MailboxesOwnTagStays) {
    const auto token = find_address_token(make_reply_address(kKeys, "contact+aide@example.org", 9));
    ASSERT_TRUE(token);
    EXPECT_EQ(token->address, "contact+aide@example.org");
}

TEST(Token, MessageIdComesBackAsItWas) {
    const auto id = make_message_id(kKeys, 12, 345, 6, "desk.example.org");
    const auto token = find_message_id_token(id);
    ASSERT_TRUE(token) << id;
    EXPECT_EQ(token->ticket, 12);
    EXPECT_EQ(token->message, 345);
    EXPECT_EQ(token->recipient, 6);
    EXPECT_EQ(token->domain, "desk.example.org");
    EXPECT_TRUE(verify(kKeys, *token));
    Token moved = *token;
    moved.ticket = 13;
    EXPECT_FALSE(verify(kKeys, moved));
}

TEST(Token, ReturnPathComesBackAsItWas) {
    const auto token = find_address_token(make_return_path(kKeys, "bounce@example.org", 88));
    ASSERT_TRUE(token);
    EXPECT_EQ(token->kind, Token::Kind::bounce);
    EXPECT_EQ(token->mail, 88);
    EXPECT_TRUE(verify(kKeys, *token));
}

TEST(Token, ThePreviousKeyIsStillAccepted) {
    const Keys rotated{{8, "a newer secret of thirty-two byte"}, kKeys[0]};
    EXPECT_TRUE(verify(rotated, *find_address_token(make_reply_address(kKeys, "support@example.org", 3))));
    EXPECT_TRUE(verify(rotated, *find_address_token(make_reply_address(rotated, "support@example.org", 3))));
}

}  // namespace
