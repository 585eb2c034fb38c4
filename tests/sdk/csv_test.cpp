#include <guichet/sdk/csv.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using guichet::csv_text;
using guichet::CsvReader;
using guichet::CsvWriter;
using testing::ElementsAre;

namespace {

constexpr std::string_view kMark = "\xef\xbb\xbf";

std::string one(std::string_view text) { return CsvWriter{}.cell(text).end_row().text().substr(kMark.size()); }

std::vector<std::vector<std::string>> read(std::string_view text, char separator = ';') {
    std::vector<std::vector<std::string>> rows;
    CsvReader reader{text, separator};
    for (std::vector<std::string> cells; reader.next(cells);) rows.push_back(cells);
    return rows;
}

TEST(CsvWriter, R46_FormulasBecomeText) {
    EXPECT_EQ(one("=1+1"), "'=1+1\r\n");
    EXPECT_EQ(one("+33 1 23"), "'+33 1 23\r\n");
    EXPECT_EQ(one("-1"), "'-1\r\n");
    EXPECT_EQ(one("@domain.tld"), "'@domain.tld\r\n");
    EXPECT_EQ(one("\t=1"), "\"'\t=1\"\r\n");
    EXPECT_EQ(one("\r=1"), "\"'\r=1\"\r\n");
    EXPECT_EQ(one("=HYPERLINK(\"http://x\";\"y\")"), "\"'=HYPERLINK(\"\"http://x\"\";\"\"y\"\")\"\r\n");
    EXPECT_EQ(one("a=1"), "a=1\r\n");
    EXPECT_EQ(CsvWriter{}.plain("-12,50").text(), std::string{kMark} + "\"-12,50\"");
}

TEST(CsvWriter, R46_SeparatorsQuotesAndLineBreaksAreQuoted) {
    EXPECT_EQ(one("a;b"), "\"a;b\"\r\n");
    EXPECT_EQ(one("a,b"), "\"a,b\"\r\n");
    EXPECT_EQ(one("a\tb"), "\"a\tb\"\r\n");
    EXPECT_EQ(one("say \"hi\""), "\"say \"\"hi\"\"\"\r\n");
    EXPECT_EQ(one("two\nlines"), "\"two\nlines\"\r\n");
    EXPECT_EQ(one(" blank"), "\" blank\"\r\n");
    EXPECT_EQ(CsvWriter{'|'}.cell("a|b").text(), std::string{kMark} + "\"a|b\"");
}

TEST(CsvWriter, WritesRows) {
    CsvWriter out;
    out.cell("Nom").cell("Ville").end_row().cell("Élan").cell("").end_row();
    EXPECT_EQ(out.text(), std::string{kMark} + "Nom;Ville\r\nÉlan;\r\n");
    EXPECT_EQ(out.take(), std::string{kMark} + "Nom;Ville\r\nÉlan;\r\n");
    EXPECT_EQ(out.cell("a").text(), "a");
}

TEST(CsvReader, ReadsWhatTheWriterWrote) {
    const std::vector<std::string> texts{"plain", "", "=1+1", "a;b", "say \"hi\"", "two\r\nlines", " blank ", "'quoted'", "@x", "Élan"};
    CsvWriter out;
    for (const auto& text : texts) out.cell(text);
    out.end_row();
    const auto rows = read(out.text());
    ASSERT_EQ(rows.size(), 1U);
    ASSERT_EQ(rows[0].size(), texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(csv_text(rows[0][i]), texts[i]);
}

TEST(CsvReader, KnowsEveryEndOfLine) {
    const auto expected = ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "d"));
    EXPECT_THAT(read("a;b\nc;d"), expected);
    EXPECT_THAT(read("a;b\r\nc;d\r\n"), expected);
    EXPECT_THAT(read("a;b\rc;d\r"), expected);
    EXPECT_THAT(read("\xef\xbb\xbf"
                     "a,b\n\n\r\nc,d\n",
                     ','),
                expected);
    EXPECT_THAT(read(""), ElementsAre());
    EXPECT_THAT(read("\n\n"), ElementsAre());
    EXPECT_THAT(read("a;\n;"), ElementsAre(ElementsAre("a", ""), ElementsAre("", "")));
}

TEST(CsvReader, CountsLinesOfQuotedCells) {
    CsvReader reader{"h\r\n\"one\r\ntwo\nthree\rfour\";x\r\n\r\nlast\r\n", ';'};
    std::vector<std::string> cells;
    ASSERT_TRUE(reader.next(cells));
    EXPECT_EQ(reader.line(), 1U);
    ASSERT_TRUE(reader.next(cells));
    EXPECT_EQ(reader.line(), 2U);
    EXPECT_THAT(cells, ElementsAre("one\r\ntwo\nthree\rfour", "x"));
    ASSERT_TRUE(reader.next(cells));
    EXPECT_EQ(reader.line(), 7U);
    EXPECT_FALSE(reader.next(cells));
    EXPECT_FALSE(reader.open_quote());
}

TEST(CsvReader, ReadsWhatCannotBeMeant) {
    EXPECT_THAT(read("a\"b;\"c\"d"), ElementsAre(ElementsAre("a\"b", "cd")));
    EXPECT_THAT(read("\"\"\"\""), ElementsAre(ElementsAre("\"")));
    CsvReader reader{"a\n\"never closed;b\nc", ';'};
    std::vector<std::string> cells;
    ASSERT_TRUE(reader.next(cells));
    ASSERT_TRUE(reader.next(cells));
    EXPECT_THAT(cells, ElementsAre("never closed;b\nc"));
    EXPECT_TRUE(reader.open_quote());
    EXPECT_FALSE(reader.next(cells));
}

}  // namespace
