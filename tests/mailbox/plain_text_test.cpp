// Mails are shown as they were typed, wherever Markdown is shown.
#include "plain_text.hpp"
#include "ui/markdown.hpp"

#include <gtest/gtest.h>

#include <random>

namespace mailbox_test {

using mailbox::as_markdown;
using mailbox::cut_markdown;

namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

// Lines without the blanks that HTML does not show, and no empty ones.
std::string normal(const std::string& text) {
    std::string out, line;
    for (const char c : text + "\n") {
        if (c == '\n') {
            if (!line.empty() && line.back() == ' ') line.pop_back();
            if (!line.empty()) out += line + '\n';
            line.clear();
        } else if (c != ' ' && c != '\t') line += c;
        else if (!line.empty() && line.back() != ' ') line += ' ';
    }
    return out;
}

// What a reader sees of the HTML.
std::string shown(const std::string& typed) {
    const auto html = host::ui::markdown_to_html(as_markdown(typed));
    std::string out;
    bool tag = false;
    for (const char c : html) {
        if (c == '<') tag = true;
        if (!tag) out += c;
        if (c == '>') tag = false;
    }
    for (const auto& [entity, character] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}})
        replace_all(out, entity, character);
    return normal(out);
}

}  // namespace

TEST(PlainText, what_is_shown_is_what_was_typed) {
    for (const std::string typed : {"# 5 bruits",
                                    "#5 bruits",
                                    "####### sept",
                                    "* un\n* deux",
                                    "- un\n- deux\n  - trois",
                                    "+ plus",
                                    "1. un\n2) deux\n10. dix",
                                    "> cité\n>> deux fois",
                                    "Titre\n=====",
                                    "Titre\n---",
                                    "Titre\n--",
                                    "-",
                                    "***",
                                    "_ _ _",
                                    "*gras* et _italique_ et **les deux**",
                                    "prix*quantité*2",
                                    "mon_fichier_final.txt",
                                    "`code` et ```\nbloc\n```",
                                    "~~~\nbloc\n~~~",
                                    "~~barré~~ ~un~",
                                    "a | b\n--|--\n1 | 2",
                                    "| a |\n|:-:|\n| b |",
                                    "[texte](http://x.example)",
                                    "![image](http://x.example/i.png)",
                                    "[a]: http://x.example\n[a]",
                                    "[a][b]\n[b]: /c",
                                    "<b>gras</b> <script>",
                                    "<http://x.example>",
                                    "Camille <camille@client.example>",
                                    "&eacute; &#233; &amp; &",
                                    "C:\\Users\\_moi\\*.txt",
                                    "\\\\serveur\\partage\\",
                                    "fin \\\nsuite",
                                    "2 < 3 > 1",
                                    "    indenté de quatre\n\ttabulation",
                                    "Réf. [#TICK-2608-0021]",
                                    "</div>",
                                    "<!-- rien -->",
                                    "a\n\n\n\nb",
                                    "*\n_\n#\n>\n1."})
        EXPECT_EQ(shown(typed), normal(typed)) << as_markdown(typed);
}

TEST(PlainText, usual_letters_stay_as_they_are) {
    for (const std::string typed : {"Bonjour,\n\nL'imprimante n° 5 ne s'allume plus (voir photo) !", "mon_fichier-final.txt, 50 % de 3 - 2",
                                    "le 1.2.2026 à 8h", "https://x.example/a_b/_c?d=1&e=2#f", "[#TICK-2608-0021] Re: demande"})
        EXPECT_EQ(as_markdown(typed), typed);
}

TEST(PlainText, addresses_of_the_web_are_links) {
    for (const std::string address : {"https://x.example/a_b", "http://x.example/_c_/d?e=1&f=2", "https://x.example/"}) {
        const auto html = host::ui::markdown_to_html(as_markdown("Voir " + address + " merci"));
        auto escaped = address;
        replace_all(escaped, "&", "&amp;");
        EXPECT_NE(html.find("<a href=\"" + escaped + "\""), std::string::npos) << html;
    }
    EXPECT_NE(host::ui::markdown_to_html(as_markdown("écrire à camille@client.example")).find("mailto:camille@client.example"),
              std::string::npos);
}

// Pieces that mean something, in an order that nobody has thought of.
TEST(PlainText, nothing_that_can_be_typed_is_taken_for_more) {
    const std::string_view pieces[] = {"#",
                                       "*",
                                       "_",
                                       "`",
                                       "~",
                                       "|",
                                       "[",
                                       "]",
                                       "(",
                                       ")",
                                       "<",
                                       ">",
                                       "&",
                                       ";",
                                       "\\",
                                       "!",
                                       "-",
                                       "+",
                                       "=",
                                       "1",
                                       ".",
                                       ":",
                                       "/",
                                       "a",
                                       "b",
                                       " ",
                                       "  ",
                                       "\n",
                                       "\n\n",
                                       "\t",
                                       "http://x.example/",
                                       "www.x.example",
                                       "a@b.example",
                                       "é",
                                       "«",
                                       "&amp;",
                                       "]: ",
                                       "](",
                                       "---",
                                       "```",
                                       "@"};
    std::mt19937 random{7};
    int wrong = 0;
    for (int round = 0; round < 50'000 && wrong < 10; ++round) {
        std::string typed;
        for (std::size_t n = 1 + random() % 12; n > 0; --n) typed += pieces[random() % std::size(pieces)];
        if (shown(typed) == normal(typed)) continue;
        ++wrong;
        ADD_FAILURE() << "typed: " << typed << "\nmade: " << as_markdown(typed) << "\nshown: " << shown(typed);
    }
}

TEST(PlainText, a_cut_leaves_no_half_of_anything) {
    EXPECT_EQ(cut_markdown("é\\*a", 1), "é");
    EXPECT_EQ(cut_markdown("é\\*a", 2), "é") << "not the backslash alone";
    EXPECT_EQ(cut_markdown("é\\*a", 3), "é\\*");
    EXPECT_EQ(cut_markdown("\\\\\\\\", 2), "\\\\");
    EXPECT_EQ(cut_markdown("abc", 3), "abc");
}

}  // namespace mailbox_test
