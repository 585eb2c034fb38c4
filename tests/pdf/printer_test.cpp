// HTML to PDF: what goes wrong, and what a reader finds in the document.
#include "pdf/printer.hpp"
#include "base/file.hpp"
#include "plugin/packages.hpp"
#include "support/wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <memory>

namespace host::pdf {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class PrinterTest : public testing::Test {
protected:
    std::filesystem::path program(const std::string& text) {
        const auto path = folder_.path() / "program";
        base::write_file(path, "#!/bin/sh\n" + text, 0755);
        return path;
    }
    std::string refusal(const std::string& program_text, std::chrono::milliseconds limit = std::chrono::seconds{60}) {
        Printer printer{folder_.path() / "scratch", "", program(program_text), limit};
        try {
            printer.print({});
            return {};
        } catch (const PrintError& e) {
            return e.what();
        }
    }
    // What pdftotext finds, pages ended by form feeds.
    std::string text_of(const std::string& pdf) {
        const auto path = folder_.path() / "of.pdf";
        base::write_file(path, pdf);
        const std::unique_ptr<FILE, int (*)(FILE*)> pipe{::popen(("pdftotext -layout " + path.string() + " -").c_str(), "r"), ::pclose};
        std::string out(1 << 20, '\0');
        out.resize(std::fread(out.data(), 1, out.size(), pipe.get()));
        return out;
    }
    std::filesystem::path scratch() const { return folder_.path() / "scratch"; }

    plugin_tests::TemporaryFolder folder_;
};

TEST_F(PrinterTest, WithoutTheProgramItSaysWhichIsMissing) {
    Printer printer{scratch(), "", "no-such-browser"};
    try {
        printer.print({});
        FAIL();
    } catch (const PrintError& e) {
        EXPECT_THAT(e.what(), HasSubstr("no-such-browser"));
    }
}

TEST_F(PrinterTest, AProgramThatHangsIsEndedWithItsChildren) {
    const auto file = (folder_.path() / "pid").string();
    EXPECT_THAT(refusal("sleep 600 &\necho $! > " + file + "\nwait", std::chrono::seconds{2}), HasSubstr("too long"));
    const auto pid = base::read_file(file);
    ASSERT_TRUE(pid.ok());
    const auto status = "/proc/" + pid->substr(0, pid->find('\n')) + "/status";
    EXPECT_TRUE(support::wait_until([&] {
        const auto text = base::read_file(status);
        return !text || text->find("State:\tZ") != std::string::npos;  // whoever adopted it may not have waited for it yet
    }));
}

TEST_F(PrinterTest, AProgramThatMakesNothingOrSomethingElseIsAnError) {
    EXPECT_THAT(refusal("exit 0"), HasSubstr("could not be made"));
    EXPECT_THAT(refusal("for a; do case $a in --print-to-pdf=*) echo error > ${a#*=};; esac; done"), HasSubstr("could not be made"));
}

TEST_F(PrinterTest, NothingIsLeftInTheScratchFolder) {
    refusal("exit 1");
    EXPECT_TRUE(std::filesystem::is_empty(scratch()));
}

TEST_F(PrinterTest, TheFooterEndsNeitherItsStringNorTheStyleElement) {
    const Printer printer{scratch(), ""};
    const auto html =
        printer.html({.language = "fr", .title = "<b>", .style = {}, .footer = "\"}</style><script>alert(1)</script>\n", .body = {}});
    EXPECT_THAT(html, Not(HasSubstr("<script>")));
    EXPECT_THAT(html, Not(HasSubstr("\"}")));
    EXPECT_THAT(html, HasSubstr("&lt;b&gt;"));
}

TEST_F(PrinterTest, LongTablesRepeatTheirHeadAndPagesAreNumbered) {
    auto style = base::read_file(std::filesystem::path{SOURCE_DIR} / "host" / "assets" / "pdf.css");
    ASSERT_TRUE(style.ok());
    Printer printer{scratch(), *style};
    std::string body = "<table><thead><tr><th>Désignation</th><th>Prix</th></tr></thead><tbody>";
    for (int i = 0; i < 120; ++i) body += "<tr><td>Pièce " + std::to_string(i) + "</td><td>1\u202f234,50\u00a0€</td></tr>";
    const auto pdf = printer.print(
        {.language = "fr", .title = "Devis", .style = {}, .footer = "Société « Test » · SIRET 123", .body = body + "</tbody></table>"});
    const auto text = text_of(pdf);
    const auto pages = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\f'));
    ASSERT_GE(pages, 3u);
    std::size_t heads = 0, feet = 0;
    for (auto at = text.find("Désignation"); at != std::string::npos; at = text.find("Désignation", at + 1)) ++heads;
    for (auto at = text.find("Société « Test »"); at != std::string::npos; at = text.find("Société « Test »", at + 1)) ++feet;
    EXPECT_EQ(heads, pages);
    EXPECT_EQ(feet, pages);
    EXPECT_THAT(text, HasSubstr("Pièce 119"));
    EXPECT_THAT(text, ContainsRegex("2 ?/ ?" + std::to_string(pages)));
}

TEST_F(PrinterTest, NothingIsReadFromElsewhereAndNoScriptRuns) {
    base::write_file(folder_.path() / "secret.svg", "<svg xmlns='http://www.w3.org/2000/svg'><text y='20'>SECRET</text></svg>");
    Printer printer{scratch(), ""};
    const auto pdf = printer.print({.language = "en",
                                    .title = {},
                                    .style = {},
                                    .footer = {},
                                    .body = "<p id=p>before</p><img src='file://" + (folder_.path() / "secret.svg").string() +
                                            "'><script>document.getElementById('p').textContent = 'changed'</script>"});
    const auto text = text_of(pdf);
    EXPECT_THAT(text, HasSubstr("before"));
    EXPECT_THAT(text, Not(HasSubstr("SECRET")));
    EXPECT_THAT(text, Not(HasSubstr("changed")));
}

}  // namespace
}  // namespace host::pdf
