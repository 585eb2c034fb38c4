// What was written now, what is quoted, and the signature (mail.md 3.6). More in the corpus.
#include "quote.hpp"

#include <gtest/gtest.h>

using namespace mailbox;

namespace {

TEST(Quote, NothingStaysNothing) {
    const auto parts = split_text("");
    EXPECT_EQ(parts.text + parts.quote + parts.signature, "");
    EXPECT_EQ(split_text(" \n\n\t\n").text, "");
}

TEST(Quote, TextIsNeverEmpty) {
    for (const char* text : {"> cité", "-- \nJean", "Le 3 oct. 2025, x a écrit :\n> cité", "De : a\nEnvoyé : b\nÀ : c\nObjet : d\n\ncité",
                             "-----Message d'origine-----\ncité", "Cordialement,\nJean", "Envoyé de mon iPhone",
                             "-- Répondez au-dessus de cette ligne --\ncité"})
        EXPECT_FALSE(split_text(text).text.empty()) << text;
}

TEST(Quote, IntroductionsOfManyPrograms) {
    for (const char* introduction : {"Le ven. 3 oct. 2025 à 14:02, Support <support@example.org> a écrit :",
                                     "Le ven. 3 oct. 2025 à 14:02, Support <support@example.org> a écrit\u00a0:",
                                     "Le 03/10/2025 à 14:02, Support a écrit\u202f:",
                                     "Le 3 oct. 2025 à 14:02, Support <\nsupport@example.org> a écrit :",
                                     "On Fri, Oct 3, 2025 at 2:02 PM Support <support@example.org> wrote:",
                                     "On Fri, Oct 3, 2025 at 2:02 PM Support\n<support@example.org> wrote:",
                                     "-----Message d'origine-----",
                                     "-----Message d’origine-----",
                                     "-----Original Message-----",
                                     "---------- Message transféré ---------",
                                     "---------- Forwarded message ---------",
                                     "Début du message réexpédié :",
                                     "Début du message transféré\u00a0:",
                                     "Begin forwarded message:",
                                     "De : a\nEnvoyé : b\nÀ : c\nObjet : d",
                                     "De\u00a0: a\nEnvoyé\u00a0: b\nÀ\u00a0: c\nCc\u00a0: e\nObjet\u00a0: d",
                                     "From: a\nSent: b\nTo: c\nSubject: d",
                                     "________________________________\nDe : a\nEnvoyé : b\nÀ : c\nObjet : d",
                                     "*From:* a\n*Sent:* b\n*To:* c\n*Subject:* d",
                                     "Am 03.10.2025 um 14:02 schrieb Support:"}) {
        const auto parts = split_text("Ma réponse.\n\n" + std::string{introduction} + "\n\nTexte cité\n");
        EXPECT_EQ(parts.text, "Ma réponse.") << introduction;
        EXPECT_TRUE(parts.quote.ends_with("Texte cité")) << introduction;
        EXPECT_TRUE(parts.quote.starts_with(std::string_view{introduction}.substr(0, 3))) << parts.quote;
    }
}

TEST(Quote, SentencesAreNoIntroductions) {
    for (const char* text : {"Le 3 octobre je serai absent.\n\nMerci", "Le client a écrit :\nbonjour", "De : Paris\nà : Lyon\nmerci",
                             "Il a dit :\nnon", "On Monday we wrote: nothing.", "Date : 3 octobre\nObjet : réunion\nMerci",
                             "Voici :\n- un\n- deux", "Le 3 octobre\n\nil m'a écrit :"}) {
        EXPECT_EQ(split_text(text).text, text);
        EXPECT_EQ(split_text(text).quote, "") << text;
    }
}

TEST(Quote, AnswersInBetweenStay) {
    const auto parts = split_text("Le 3/10/2025, x a écrit :\n> un ?\n\nOui\n\n> deux ?\n\nNon\n\n> trois ?\n");
    EXPECT_EQ(parts.text, "Le 3/10/2025, x a écrit :\n> un ?\n\nOui\n\n> deux ?\n\nNon");
    EXPECT_EQ(parts.quote, "> trois ?");
}

TEST(Quote, WhatIsWrittenBelowIsTheText) {
    const auto parts = split_text("Le 3/10/2025, x a écrit :\n> un\n> deux\n\nMa réponse.\n\n-- \nJean\n");
    EXPECT_EQ(parts.text, "Ma réponse.");
    EXPECT_EQ(parts.quote, "Le 3/10/2025, x a écrit :\n> un\n> deux");
    EXPECT_EQ(parts.signature, "-- \nJean");
}

TEST(Quote, Signatures) {
    const auto signature = [](const std::string& end) { return split_text("Texte.\n\n" + end).signature; };
    for (const char* end : {"-- \nJean\nTél. 01", "--\nJean", "Envoyé de mon iPhone", "Envoyé à partir de Outlook pour iOS",
                            "Télécharger Outlook pour Android", "Sent from my Galaxy", "Cordialement,\nJean Dupont",
                            "Bien cordialement\n\nJean\nService", "Best regards,\nMary", "Cordialement,\nJean\n\nEnvoyé de mon iPhone"})
        EXPECT_EQ(signature(end), end);
    EXPECT_EQ(signature("Cordialement"), "") << "nobody signed";
    EXPECT_EQ(signature("Cordialement,\n" + std::string(200, 'x')), "") << "that is no signature";
    EXPECT_EQ(split_text("Envoyé de mon iPhone hier, le colis manque.\nUn\nDeux\nTrois\nQuatre").signature, "");
}

TEST(Quote, TheHtmlSaysWhereTheTextDoesNot) {
    Message message;
    message.text = "Ma réponse.\nTexte cité sans rien.";
    message.html_text = "Ma réponse.\nTexte cité sans rien.";
    message.html_quote = {13, message.html_text.size()};
    const auto parts = split(message);
    EXPECT_EQ(parts.text, "Ma réponse.");
    EXPECT_EQ(parts.quote, "Texte cité sans rien.");
    message.html_quote = {0, message.html_text.size()};
    EXPECT_EQ(split(message).text, message.text) << "all of it quoted: a forwarded message";
}

// Each of these took minutes where lines were compared with all the others, or by a regular expression.
TEST(Quote, LongTextsAreReadOnce) {
    const auto repeated = [](std::string_view text) {
        std::string out;
        while (out.size() < 120'000) out += text;
        return out;
    };
    for (const char* line : {"Le 1\n", "De : x\n", ">\n", "> x\n\ny\n", "-- \n", "________________________________\n", "\u00a0\n",
                             "Le 1 x a écrit :\n> y\nz\n", "-", "Cordialement,\n"})
        EXPECT_FALSE(split_text(repeated(line)).text.empty() && std::string_view{line} != "\u00a0\n") << line;
    EXPECT_EQ(split_text(std::string(3'000'000, 'x')).text.size(), 3'000'000u);
}

}  // namespace
