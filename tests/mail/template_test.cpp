// Templates: hostile values stay text, unknown placeholders are named, links lead where they say.
#include "mail/template.hpp"
#include "mail/templates.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace host::mail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Rendered with(const std::string& body, const std::string& value, const std::string& subject = "{{x}}") { return render({subject, body}, {{"x", value}}); }

}  // namespace

TEST(MailTemplate, a_file_has_a_subject_an_empty_line_and_a_body) {
    const auto text = parse_template("Subject: Bonjour {{name}}\n\nLe *texte*\nsuite\n");
    ASSERT_TRUE(text);
    EXPECT_EQ(text->subject, "Bonjour {{name}}");
    EXPECT_EQ(text->body, "Le *texte*\nsuite\n");
    EXPECT_TRUE(parse_template("Subject: a\r\n\r\nb\r\n"));
    for (const auto* bad : {"", "Subject:\n\nx", "Subject: x", "Subject: x\n", "Subject: x\ny\n", "Subject: x\n\n \n", "Sujet: x\n\ny"}) EXPECT_FALSE(parse_template(bad)) << bad;
}

TEST(MailTemplate, placeholders_that_are_not_allowed_are_named) {
    const std::map<std::string, std::string> allowed{{"ref", ""}, {"url", ""}};
    EXPECT_THAT(unknown_placeholders("{{ref}} {{ url }} {{ref}}", allowed), ElementsAre());
    EXPECT_THAT(unknown_placeholders("{{password}} {{ ref.x }}", allowed), ElementsAre("{{password}}", "{{ ref.x }}"));
    EXPECT_THAT(unknown_placeholders("{{ref", allowed), ElementsAre("{{ref"));
    EXPECT_THAT(unknown_placeholders("{{}}", allowed), ElementsAre("{{}}"));
    EXPECT_THAT(unknown_placeholders("{ref} }} {", allowed), ElementsAre());
}

TEST(MailTemplate, values_are_neither_html_nor_markdown) {
    for (const std::string value : {"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "**bold**", "# head", "[a](javascript:alert(1))", "![a](http://evil.example/pixel)",
                                    "`code`", "- item", "&lt;b&gt;", "\"'>", "| a | b |\n|---|---|\n| c | d |", "http://evil.example/", "1. one", "> quote", "***", "~~x~~"}) {
        const auto html = with("Hello {{x}} end\n\n{{x}}\n", value).html;
        for (const auto* tag : {"<script", "<img", "<strong", "<h1", "<a ", "<code", "<li", "<table", "<blockquote", "<hr", "<del"}) EXPECT_THAT(html, Not(HasSubstr(tag))) << value;
        EXPECT_THAT(html, Not(HasSubstr("mark"))) << "nothing is left of how it is done";
    }
    EXPECT_THAT(with("{{x}}", "a < b & \"c\"").html, HasSubstr("a &lt; b &amp; &quot;c&quot;"));
    EXPECT_THAT(with("{{x}}", "one\ntwo").html, HasSubstr("one<br>\ntwo"));
    EXPECT_EQ(with("{{x}}", "{{x}}").text, "{{x}}") << "a value is not looked at again";
    EXPECT_EQ(with("**{{x}}**", "a*b").text, "**a*b**");
}

TEST(MailTemplate, a_subject_has_one_line_whatever_the_value) {
    EXPECT_EQ(with("x", "a\r\nBcc: victim@example.org\x01\t!").subject, "a  Bcc: victim@example.org  !");
    EXPECT_EQ(with("x", "  \n ", "Ticket {{x}}").subject, "Ticket");
}

TEST(MailTemplate, raw_html_in_a_template_is_text) {
    const auto html = with("<b>x</b>\n\n<script>alert(1)</script>\n\n<!-- c -->", "").html;
    EXPECT_THAT(html, Not(HasSubstr("<b>")));
    EXPECT_THAT(html, Not(HasSubstr("<script")));
    EXPECT_THAT(html, HasSubstr("&lt;script&gt;"));
}

TEST(MailTemplate, links_lead_to_the_web_or_nowhere) {
    EXPECT_THAT(with("[open]({{x}})", "https://desk.example/tickets/1?a=1&b=2").html, HasSubstr("href=\"https://desk.example/tickets/1?a=1&amp;b=2\""));
    for (const std::string value : {"javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example", " https://x", "vbscript:x", ""})
        EXPECT_THAT(with("[open]({{x}})", value).html, HasSubstr("href=\"#\"")) << value;
    EXPECT_THAT(with("[open]({{x}})", "https://x\" onmouseover=\"alert(1)").html, Not(HasSubstr("\" onmouseover")));
    EXPECT_THAT(with("[open](https://desk.example/{{x}})", "../\"><b>").html, HasSubstr("href=\"https://desk.example/..%2F%22%3E%3Cb%3E\""));
    EXPECT_EQ(with("[open](javascript:alert(1))", "").html, "<p>open</p>\n") << "not even an administrator";
    EXPECT_EQ(with("![p](data:image/png;base64,x)", "").html, "<p>p</p>\n");
    EXPECT_THAT(with("[open](https://ok.example \"{{x}}\")", "\" onclick=\"x").html, Not(HasSubstr("\" onclick")));
}

TEST(MailTemplate, what_somebody_wrote_is_formatted_by_itself) {
    const auto written = [](const std::string& body, const std::string& value) {
        return render({"x", body}, {{"m_markdown", value}}).html;
    };
    EXPECT_EQ(written("{{m_markdown}}\n\nfin", "**a**\nb"), "<p><strong>a</strong><br>\nb</p>\n\n<p>fin</p>\n");
    EXPECT_EQ(render({"x", "{{m_markdown}}"}, {{"m_markdown", "**a**"}}).text, "**a**");
    EXPECT_EQ(written("**{{m_markdown}}**", "x** <b>y</b>"), "<p><strong><p>x** &lt;b&gt;y&lt;/b&gt;</p>\n</strong></p>\n");
    for (const std::string value : {"<script>alert(1)</script>", "[a](javascript:alert(1))", "![a](http://evil.example/pixel)",
                                    "{{m_markdown}}", "[x]: https://evil.example"})
        for (const auto* bad : {"<script", "javascript:alert(1)\"", "<img", "mark0"})
            EXPECT_THAT(written("{{m_markdown}}\n\n[x]", value), Not(HasSubstr(bad))) << value;
    EXPECT_THAT(written("[x](https://a.fr/{{m_markdown}})", "\"><b>"), HasSubstr("href=\"https://a.fr/%22%3E%3Cb%3E\""));
}

TEST(MailTemplate, a_paragraph_whose_address_there_is_not_is_left_out) {
    const TemplateText source{"s", "Bonjour,\n\n[Suivre]({{public_url}})\n\nÀ bientôt\n"};
    EXPECT_EQ(render(source, {}).text, "Bonjour,\n\nÀ bientôt\n");
    EXPECT_EQ(render(source, {{"public_url", ""}}).html.find("Suivre"), std::string::npos);
    EXPECT_THAT(render(source, {{"public_url", "https://desk.example.org/t"}}).text, HasSubstr("[Suivre](https://desk.example.org/t)"));
}

TEST(MailTemplate, a_mark_cannot_be_guessed_from_the_text) {
    EXPECT_THAT(with("mark0x mark00000000000000000x {{x}}", "v").html, HasSubstr("mark0x mark00000000000000000x v"));
}

TEST(MailTemplate, those_of_the_host_use_only_their_own_placeholders) {
    for (const auto& t : host_templates())
        for (const auto& [language, text] : t.texts) {
            EXPECT_THAT(unknown_placeholders(text.subject, t.placeholders), ElementsAre()) << t.id << language;
            EXPECT_THAT(unknown_placeholders(text.body, t.placeholders), ElementsAre()) << t.id << language;
        }
}

}  // namespace host::mail
