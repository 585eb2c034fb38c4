// Markdown of messages and mails: hostile text stays text, links lead to the web, nothing is fetched.
#include "ui/markdown.hpp"
#include "support.hpp"

#include <gmock/gmock.h>

#include <regex>

namespace {

using host::ui::markdown_to_html;
using testing::HasSubstr;
using testing::Not;

// Every tag is one of ours, and only links have attributes.
void expect_ours(const std::string& markdown) {
    static const std::regex kTag{
        "</?(?:p|h[3-6]|ul|ol|li|blockquote|pre|code|em|strong|del|table|thead|tbody|tr|th|td|a)>|<(?:br|hr)>"
        "|<ol start=\"[0-9]+\">|<a href=\"(?:http|https|mailto):[^\"<>']*\" rel=\"nofollow noopener noreferrer\">",
        std::regex::icase};
    const auto rest = std::regex_replace(markdown_to_html(markdown), kTag, "");
    EXPECT_EQ(rest.find_first_of("<>\"'"), std::string::npos) << markdown << "\n-> " << markdown_to_html(markdown);
}

TEST(Markdown, R39_hostile_text_makes_no_tag_of_its_own) {
    for (const std::string text : {"<script>alert(1)</script>",
                                   "<img src=x onerror=alert(1)>",
                                   "a <b onclick=alert(1)>b</b>",
                                   "<!-- x -->",
                                   "<a href=\"javascript:alert(1)\">x</a>",
                                   "[x](javascript:alert(1))",
                                   "[x](JaVaScRiPt:alert(1))",
                                   "[x](java&Tab;script:alert(1))",
                                   "[x](javascript&colon;alert(1))",
                                   "[x](&#106;avascript:alert(1))",
                                   "[x](data:text/html;base64,PHN2Zz4=)",
                                   "[x](vbscript:x)",
                                   "[x](//evil.example)",
                                   "[x](\\\\evil.example)",
                                   "[x]( https://a)",
                                   "<javascript:alert(1)>",
                                   "[x](https://a\"onmouseover=\"alert(1))",
                                   "[x](https://a 'onclick=\"x\"')",
                                   "[x](<https://a\" onclick=x>)",
                                   "![x](https://a/pixel.gif)",
                                   "![x\"onerror=\"alert(1)](https://a)",
                                   "[![x](https://a)](https://b)",
                                   "![[x](https://a)](https://b)",
                                   "[x][y]\n\n[y]: javascript:alert(1)",
                                   "`<b>`",
                                   "```<script>\n<b>\n```",
                                   "```\"onclick=\nx\n```",
                                   "| <b> | \"x\" |\n|---|---|\n| '> | <svg onload=alert(1)> |",
                                   "# <h1 onclick=x>",
                                   "&lt;script&gt;",
                                   "&#60;script&#62;",
                                   "https://a/?<script>",
                                   "mailto:a@b.fr\"x",
                                   "www.a.fr/\"onclick=x",
                                   "<https://a\">",
                                   "a@b.fr<script>",
                                   "\\<b>",
                                   "*<b*>",
                                   "<svg/onload=alert(1)>",
                                   "<math><mtext></table><mglyph><style><img src onerror=alert(1)>",
                                   "{{constructor.constructor('alert(1)')()}}"})
        expect_ours(text);
}

TEST(Markdown, a_random_mixture_makes_no_tag_of_its_own) {
    const std::vector<std::string> pieces{"<", ">", "\"", "'", "[", "]", "(", ")",  "!",           "`",         "*",   "_", "\n",
                                          " ", "|", "-",  "&", ";", "#", ":", "\\", "javascript:", "https://a", "<b>", "x", "~"};
    std::uint32_t seed = 20261123;
    for (int n = 0; n < 2000; ++n) {
        std::string text;
        for (int i = 0; i < 24; ++i) text += pieces[((seed = seed * 1664525u + 1013904223u) >> 12) % pieces.size()];
        expect_ours(text);
    }
}

TEST(Markdown, a_link_leads_to_the_web_and_tells_nobody_where_it_was) {
    EXPECT_EQ(markdown_to_html("[a](https://a.fr/?b=1&amp;c=2&d=3)"),
              "<p><a href=\"https://a.fr/?b=1&amp;c=2&amp;d=3\" rel=\"nofollow noopener noreferrer\">a</a></p>\n");
    EXPECT_THAT(markdown_to_html("voir www.a.fr ou a@b.fr"),
                testing::AllOf(HasSubstr("href=\"http://www.a.fr\""), HasSubstr("href=\"mailto:a@b.fr\"")));
    EXPECT_EQ(markdown_to_html("[a](/tickets/1)"), "<p>a</p>\n");
    EXPECT_EQ(markdown_to_html("![a](https://a.fr/x.png)"),
              "<p><a href=\"https://a.fr/x.png\" rel=\"nofollow noopener noreferrer\">a</a></p>\n");
}

TEST(Markdown, what_people_type_looks_as_they_typed_it) {
    EXPECT_EQ(markdown_to_html("Bonjour,\nune ligne\n\nautre"), "<p>Bonjour,<br>\nune ligne</p>\n<p>autre</p>\n");
    EXPECT_EQ(markdown_to_html("    retrait"), "<p>retrait</p>\n") << "an indented line is no program";
    EXPECT_EQ(markdown_to_html("- a\n- b"), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
    EXPECT_EQ(markdown_to_html("3. a"), "<ol start=\"3\">\n<li>a</li>\n</ol>\n");
    EXPECT_EQ(markdown_to_html("# a\n###### b"), "<h3>a</h3>\n<h6>b</h6>\n");
    EXPECT_EQ(markdown_to_html("**a** *b* ~~c~~ `d`"), "<p><strong>a</strong> <em>b</em> <del>c</del> <code>d</code></p>\n");
    EXPECT_EQ(markdown_to_html("> a"), "<blockquote>\n<p>a</p>\n</blockquote>\n");
    EXPECT_THAT(markdown_to_html("| a |\n|---|\n| b |"), HasSubstr("<td>b</td>"));
    EXPECT_EQ(markdown_to_html(""), "");
}

TEST(Markdown, few_characters_do_not_become_megabytes) {
    std::string table = "|" + std::string(20'000, '|') + "\n|";
    for (int i = 0; i < 10'000; ++i) table += "-|";
    for (int i = 0; i < 5'000; ++i) table += "\na|";
    EXPECT_LT(markdown_to_html(table).size(), table.size() * 40 + 100'000);
    std::string names = "[a]: https://a.fr/" + std::string(20'000, 'x') + "\n\n";
    for (int i = 0; i < 10'000; ++i) names += "[a]";
    EXPECT_LT(markdown_to_html(names).size(), names.size() * 40 + 100'000);
    for (const std::string deep : {">", "[", "*a ", "`", "![", "_", "<", "- "}) {
        std::string text;
        while (text.size() < 50'000) text += deep;
        EXPECT_LT(markdown_to_html(text).size(), text.size() * 40 + 100'000) << deep;
    }
}

TEST(Markdown, in_a_template) {
    EXPECT_EQ(test::show("{{ t | markdown }}", R"({"t": "**a** <b>"})"), "<p><strong>a</strong> &lt;b&gt;</p>\n");
    EXPECT_EQ(test::show("{{ t | markdown }}", "{}"), "");
}

}  // namespace
