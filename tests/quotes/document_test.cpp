// The PDF document: French typography, and long tables over pages (row S2-19).
#include "desk_of_quotes.hpp"

#include "plugin/packages.hpp"

#include <cstdio>
#include <fstream>

namespace quotes_test {

class Document : public Quotes {
protected:
    // What pdftotext finds, page by page.
    std::vector<std::string> pages_of(const Answer& quote) {
        const auto pdf = api_.get(path(quote) + "/pdf");
        EXPECT_EQ(pdf.status, 200) << pdf.body;
        const auto file = folder_.path() / "of.pdf";
        std::ofstream{file, std::ios::binary} << pdf.body;
        const std::unique_ptr<FILE, int (*)(FILE*)> pipe{::popen(("pdftotext -layout " + file.string() + " -").c_str(), "r"), ::pclose};
        std::string text(1 << 20, '\0');
        text.resize(std::fread(text.data(), 1, text.size(), pipe.get()));
        std::vector<std::string> out;
        // which blank it was depends on the font that has it; money_test.cpp looks at that
        for (const std::string blank : {"\u202f", "\u00a0"})
            for (std::size_t at; (at = text.find(blank)) != std::string::npos;) text.replace(at, blank.size(), " ");
        for (std::size_t end; (end = text.find('\f')) != std::string::npos; text.erase(0, end + 1)) out.push_back(text.substr(0, end));
        return out;
    }
    static std::string lines(int n) {
        std::string out;
        for (int i = 1; i <= n; ++i)
            out += std::string{i > 1 ? "," : ""} + R"({"label": "Prise )" + std::to_string(i) +
                   R"(", "unit_price": "1234.5", "vat_rate": ")" + (i % 2 ? "20" : "5.5") + "\"}";
        return out;
    }
    Api api_ = desk().api();
    host::plugin_tests::TemporaryFolder folder_;
};

TEST_F(Document, S2_19_FrenchAmountsAndDates) {
    const auto made = validated(
        api_, R"("valid_until": "2030-02-09", "address": "8 avenue Foch\n75016 Paris", "conditions": "Règlement à 30 jours.")", lines(2));
    const auto pages = pages_of(made);
    ASSERT_EQ(pages.size(), 1U);
    for (const std::string text :
         {"Devis " + made.text("ref"), std::string{"Boulangerie Morvan"}, std::string{"75016 Paris"}, std::string{"09/02/2030"},
          std::string{"1 234,50 €"}, std::string{"5,5 %"}, std::string{"246,90 €"}, std::string{"67,90 €"}, std::string{"2 469,00 €"},
          std::string{"2 783,80 €"}, std::string{"Règlement à 30 jours."}, std::string{"Bon pour accord"}})
        EXPECT_NE(pages[0].find(text), std::string::npos) << text << "\n" << pages[0];
    EXPECT_EQ(pages[0].find("Remise"), std::string::npos) << "no column for discounts that nobody gets";
    const auto english = pages_of(validated(api_, R"("language": "en")", lines(2)));
    EXPECT_NE(english.at(0).find("€2,783.80"), std::string::npos) << english.at(0);
    EXPECT_NE(english.at(0).find("Good for agreement"), std::string::npos);
}

TEST_F(Document, S2_19_LongTablesGoOverPagesWithTheirHeadAndNeverEndWithLonelySums) {
    // 25 lines fit on the first page, without the sums
    for (const int n : {23, 24, 25, 120}) {
        const auto pages = pages_of(validated(api_, "", lines(n)));
        ASSERT_GE(pages.size(), 1U);
        for (std::size_t i = 0; i < pages.size(); ++i) {
            const bool has_lines = pages[i].find("Prise ") != std::string::npos;
            EXPECT_EQ(has_lines, pages[i].find("Désignation") != std::string::npos) << n << " lines, page " << i + 1 << "\n" << pages[i];
            if (pages[i].find("Total TTC") != std::string::npos) {
                EXPECT_NE(pages[i].find("Prise " + std::to_string(n)), std::string::npos) << n << " lines: the sums are alone\n"
                                                                                          << pages[i];
                EXPECT_NE(pages[i].find("Taux de TVA"), std::string::npos);
            }
        }
    }
}

}  // namespace quotes_test
