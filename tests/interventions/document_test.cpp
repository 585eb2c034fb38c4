// The sheet as a PDF with the signature, and the mail that brings it.
#include "interventions/desk_of_interventions.hpp"

#include <cstdio>

namespace interventions_test {

class Document : public Interventions {
protected:
    // What a program prints about a PDF.
    static std::string about(const std::string& pdf, const std::string& program) {
        const host::plugin_tests::TemporaryFolder folder;
        const auto file = folder.path() / "sheet.pdf";
        host::base::write_file(file, pdf);
        const std::unique_ptr<FILE, int (*)(FILE*)> pipe{
            ::popen((program + " " + file.string() + (program == "pdftotext -layout" ? " -" : "")).c_str(), "r"), ::pclose};
        std::string out(1 << 16, '\0');
        out.resize(std::fread(out.data(), 1, out.size(), pipe.get()));
        return out;
    }
    static std::string drawing() {
        // a real picture of one pixel
        const unsigned char bytes[] = {0x89, 'P',  'N',  'G',  13,   10,   26,   10,  0,   0,    0,    13,   'I',  'H',
                                       'D',  'R',  0,    0,    0,    1,    0,    0,   0,   1,    8,    6,    0,    0,
                                       0,    0x1f, 0x15, 0xc4, 0x89, 0,    0,    0,   13,  'I',  'D',  'A',  'T',  0x78,
                                       0xda, 0x63, 0xfc, 0xcf, 0xc0, 0x50, 0x0f, 0,   4,   0x85, 1,    0x80, 0x84, 0xa9,
                                       0x8c, 0x21, 0,    0,    0,    0,    'I',  'E', 'N', 'D',  0xae, 0x42, 0x60, 0x82};
        return {reinterpret_cast<const char*>(bytes), sizeof bytes};
    }
    static Answer signed_sheet(Api& api, Browser& browser, const std::string& account) {
        const auto machine = equipment(api, account, R"("label":"Groupe froid","serial":"GF-)" + account + "\"");
        const auto about = ticket(api, account);
        designate(api, about, machine);
        auto sheet = sheet_of(api, about);
        for (int i = 0; i < 60; ++i)
            make(api, "interventions/" + id(sheet) + "/lines",
                 R"({"description":"Contrôle n° )" + std::to_string(i) + R"(","seconds":300})");
        browser.get("/interventions/" + id(sheet) + "/work");
        EXPECT_EQ(
            browser.post_parts("/interventions/" + id(sheet) + "/work/sign", {{"signer", "Camille Morel"}}, "signature", "s.png", drawing())
                .status,
            303);
        return sheet;
    }
};

TEST_F(Document, shows_lines_over_pages_and_the_signature) {
    auto api = desk().api();
    auto browser = logged_in();
    const auto sheet = signed_sheet(api, browser, account(api, "Boulangerie Petit"));
    const auto answer = browser.get("/interventions/" + id(sheet) + "/document");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.header("Content-Type"), "application/pdf");
    const auto text = about(answer.body, "pdftotext -layout");
    for (const auto* part : {"INT-", "Boulangerie Petit", "Groupe froid", "Contrôle n° 0", "Contrôle n° 59", "Camille Morel", "5:00"})
        EXPECT_NE(text.find(part), std::string::npos) << part << text;
    EXPECT_GE(std::count(text.begin(), text.end(), '\f'), 2) << "a long table goes over pages";
    EXPECT_NE(about(answer.body, "pdfimages -list").find("image"), std::string::npos) << "the drawing is in it";
}

TEST_F(Document, goes_to_the_customer_by_mail) {
    auto api = desk().api();
    auto browser = logged_in();
    const auto owner = id(make(api, "accounts", R"({"name":"Client Courriel","email":"client@example.org"})"));
    const auto sheet = signed_sheet(api, browser, owner);
    const auto page = "/interventions/" + id(sheet);
    EXPECT_TRUE(browser.get(page).contains("client@example.org"));
    EXPECT_EQ(browser.post(page + "/mail", {{"to", "personne"}}).status, 422);
    EXPECT_EQ(browser.post(page + "/mail", {{"to", "client@example.org"}}).status, 409) << "no sender is configured";
    desk().app->pool().exec(
        "insert into core.mail_sender (code, name, address, host, port, security, paused_until)"
        " values ('desk', 'Desk', 'desk@guichet.example', 'localhost', 1, 'none', 'infinity')");
    browser.get(page);
    EXPECT_EQ(browser.post(page + "/mail", {{"to", "client@example.org"}}).status, 303);
    EXPECT_EQ(desk().count("select count(*) from core.mail where template_id = 'interventions.sheet' and to_address = 'client@example.org' "
                           "and subject like '%INT-%'"),
              1);
    EXPECT_EQ(desk().count("select count(*) from core.file where name like 'INT-%.pdf'"), 1);
    EXPECT_TRUE(browser.get(page).contains("a envoyé le document à client@example.org"));
}

}  // namespace interventions_test
