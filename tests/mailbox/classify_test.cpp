// Who wrote: a person, a machine, a list, a bounce, ourselves (mail.md 3.3, 3.4). More in the corpus.
#include "classify.hpp"

#include <gtest/gtest.h>

using namespace mailbox;

namespace {

Message mail(Headers headers, std::string text = "Bonjour", std::string from = "client@example.fr") {
    Message message;
    message.headers = std::move(headers);
    message.from = {{"", std::move(from)}};
    message.text = std::move(text);
    if (const auto* subject = find_header(message.headers, "Subject")) message.subject = *subject;
    if (const auto* id = find_header(message.headers, "Message-ID")) message.message_id = *id;
    return message;
}

const Self kSelf{"6f1c", {"support@example.org"}, {"desk.example.org"}};

TEST(Classify, NothingAtAllIsHuman) {
    const auto verdict = classify(Message{});
    EXPECT_EQ(verdict.kind, Class::human);
    EXPECT_FALSE(verdict.suppress_answer);
}

TEST(Classify, AutoSubmittedNoIsHuman) {
    for (const char* value : {"no", "No", " no ", "no (really)", "no; x=y"})
        EXPECT_EQ(classify(mail({{"Auto-Submitted", value}})).kind, Class::human) << value;
    for (const char* value : {"auto-replied", "Auto-Generated", "auto-notified; owner-email=\"x\"", "yes", "nope"})
        EXPECT_EQ(classify(mail({{"Auto-Submitted", value}})).kind, Class::automatic) << value;
    EXPECT_EQ(classify(mail({{"Auto-Submitted", "no"}, {"Auto-Submitted", "auto-replied"}})).kind, Class::automatic) << "any of several";
}

TEST(Classify, WeakSignsOnlySuppressAnswers) {
    for (const Header& header : {Header{"Subject", "Réponse automatique : congés"}, Header{"Subject", "Automatic reply: x"},
                                 Header{"Subject", "ABSENCE DU BUREAU"}, Header{"X-Auto-Response-Suppress", "All"}}) {
        const auto verdict = classify(mail({header}));
        EXPECT_EQ(verdict.kind, Class::human) << header.value;
        EXPECT_TRUE(verdict.suppress_answer) << header.value;
        EXPECT_FALSE(verdict.suppress_why.empty());
    }
    EXPECT_FALSE(classify(mail({{"Subject", "Re: Réponse automatique : que faire ?"}})).suppress_answer) << "somebody answers one";
}

TEST(Classify, PrecedenceInAnyCase) {
    EXPECT_EQ(classify(mail({{"Precedence", "BULK"}})).kind, Class::automatic);
    EXPECT_EQ(classify(mail({{"precedence", "Auto_Reply"}})).kind, Class::automatic);
    EXPECT_EQ(classify(mail({{"Precedence", "List"}})).kind, Class::list);
    EXPECT_EQ(classify(mail({{"Precedence", "first-class"}})).kind, Class::human);
}

TEST(Classify, SendersWhoReadNothing) {
    for (const char* from : {"no-reply@example.fr", "noreply+x@example.fr", "DoNotReply@example.fr", "do-not-reply@example.fr",
                             "MAILER-DAEMON@example.fr", "postmaster@example.fr"})
        EXPECT_EQ(classify(mail({}, "Bonjour", from)).kind, Class::automatic) << from;
    for (const char* from : {"reply@example.fr", "norbert.eply@example.fr", "master@example.fr", "client@no-reply.example.fr"})
        EXPECT_EQ(classify(mail({}, "Bonjour", from)).kind, Class::human) << from;
}

TEST(Classify, WhatComesFromUsIsALoop) {
    EXPECT_EQ(classify(mail({{"X-Loop", "6f1c"}}), kSelf).kind, Class::loop);
    EXPECT_EQ(classify(mail({{"X-Loop", "another"}}), kSelf).kind, Class::human);
    EXPECT_EQ(classify(mail({{"X-Loop", ""}})).kind, Class::human) << "who has no name matches nothing";
    EXPECT_EQ(classify(mail({}, "Bonjour", "Support@Example.org"), kSelf).kind, Class::loop);
    const std::string own = "<t.12.345.6.afqwey3emvtgo2djni@desk.example.org>";
    EXPECT_EQ(classify(mail({{"Message-ID", own}}), kSelf).kind, Class::loop);
    EXPECT_EQ(classify(mail({{"Message-ID", "<t.12.345.6.afqwey3emvtgo2djni@elsewhere.example>"}}), kSelf).kind, Class::human);
}

TEST(Classify, EmptyEnvelope) {
    EXPECT_EQ(classify(mail({{"Return-Path", "<>"}})).kind, Class::automatic);
    EXPECT_EQ(classify(mail({{"Return-Path", "<client@example.fr>"}})).kind, Class::human);
}

TEST(Bounce, OfAPersonIsNone) {
    EXPECT_EQ(classify(mail({{"Subject", "Undelivered Mail Returned to Sender"}}, "550 5.1.1 User unknown")).kind, Class::human);
    EXPECT_EQ(classify(mail({{"Subject", "Vacances"}, {"Auto-Submitted", "auto-replied"}}, "Le colis n'a pas pu être remis.")).kind,
              Class::automatic);
}

TEST(Bounce, NumbersOfAddressesAreNoStatus) {
    const auto verdict = classify(mail({{"Return-Path", "<>"}, {"Subject", "failure notice"}},
                                       "connection to 192.5.1.1 and 5.1.1.9 on 25.1.1.2015 failed\n<x@example.fr>: 552 4.2.2 over quota\n",
                                       "MAILER-DAEMON@example.net"));
    ASSERT_TRUE(verdict.bounce);
    EXPECT_EQ(verdict.bounce->status, "4.2.2");
    EXPECT_EQ(verdict.bounce->final_recipient, "x@example.fr");
}

TEST(Bounce, WordsWhereThereIsNoNumber) {
    const auto status = [](const std::string& text) {
        const auto verdict = classify(mail({{"Return-Path", "<>"}, {"Subject", "Undeliverable"}}, text, "postmaster@example.net"));
        return verdict.bounce ? verdict.bounce->status : "no bounce";
    };
    EXPECT_EQ(status("x@example.fr: destinataire inconnu"), "5.1.1");
    EXPECT_EQ(status("x@example.fr: mailbox is full"), "5.2.2");
    EXPECT_EQ(status("x@example.fr: Host unknown"), "5.1.2");
    EXPECT_EQ(status("x@example.fr: 554 refused"), "5.0.0");
}

TEST(Bounce, AReportWithoutRecipientsIsStillOne) {
    auto message = mail({{"Content-Type", "multipart/report; report-type=delivery-status"}}, "Failed: <x@example.fr> 5.1.1",
                        "MAILER-DAEMON@example.net");
    message.report.type = "delivery-status";
    const auto verdict = classify(message);
    ASSERT_TRUE(verdict.bounce);
    EXPECT_EQ(verdict.bounce->final_recipient, "x@example.fr");
    EXPECT_EQ(verdict.bounce->status, "5.1.1");
}

}  // namespace
