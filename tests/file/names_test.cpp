// Names of senders (security.md R42) and what a download says of them.
#include "file/media_type.hpp"
#include "file/names.hpp"

#include <gtest/gtest.h>

namespace host::file {

TEST(Names, no_path_no_control_no_disguise) {
    const std::pair<std::string, std::string> cases[] = {
        {"../../etc/passwd", "passwd"},
        {"..\\..\\x.exe", "x.exe"},
        {"C:\\temp\\rapport.pdf", "rapport.pdf"},
        {std::string{"a\0.php", 6}, "a.php"},
        {"facture\u202Egnp.exe", "facturegnp.exe"},
        {"\u200B.htaccess", "htaccess"},
        {".", "file"},
        {"..", "file"},
        {"", "file"},
        {"dossier/", "file"},
        {"CON", "_CON"},
        {"nul.txt", "_nul.txt"},
        {"console.txt", "console.txt"},
        {"a\r\nb\tc", "abc"},
        {"a\"b<c>d|e?f*g:h", "a_b_c_d_e_f_g_h"},
        {"a;b.svg", "a;b.svg"},
        {"fin.exe. . ", "fin.exe"},
        {"e\u0301te\u0301.txt", "\u00E9t\u00E9.txt"},
        {"\uFEFFpièce jointe.pdf", "pièce jointe.pdf"},
        {"\U0001F600.png", "\U0001F600.png"},
        {"\xFF\xFE", "\uFFFD\uFFFD"},
    };
    for (const auto& [sent, clean] : cases) EXPECT_EQ(clean_name(sent), clean) << sent;
}

TEST(Names, long_ones_keep_their_extension) {
    EXPECT_EQ(clean_name(std::string(300, 'a') + ".pdf"), std::string(146, 'a') + ".pdf");
    EXPECT_EQ(clean_name(std::string(300, 'a')), std::string(150, 'a'));
    std::string wide;
    for (int i = 0; i < 300; ++i) wide += "\U0001F600";
    EXPECT_EQ(clean_name(wide).size(), 150u * 4) << "never half a character";
}

TEST(Names, a_download_says_them_in_ascii_and_in_full) {
    EXPECT_EQ(content_disposition("rapport.pdf", false), "attachment; filename=\"rapport.pdf\"");
    EXPECT_EQ(content_disposition("été.png", true), "inline; filename=\"_t_.png\"; filename*=UTF-8''%C3%A9t%C3%A9.png");
    EXPECT_EQ(content_disposition("a;b.svg", false), "attachment; filename=\"a;b.svg\"");
    EXPECT_EQ(content_disposition("100%.txt", false), "attachment; filename=\"100_.txt\"; filename*=UTF-8''100%25.txt");
}

TEST(MediaType, is_what_the_content_is) {
    const std::string png{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89", 33};
    EXPECT_EQ(media_type(png), "image/png");
    EXPECT_EQ(media_type("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"), "application/pdf");
    EXPECT_EQ(media_type("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"), "image/svg+xml");
    EXPECT_EQ(media_type("<!doctype html><html><script>alert(1)</script></html>"), "text/html");
    EXPECT_EQ(media_type("Bonjour"), "text/plain");
    EXPECT_TRUE(may_display("image/png"));
    for (const auto* type : {"image/svg+xml", "text/html", "application/pdf", "application/xhtml+xml", "text/plain", "application/octet-stream"})
        EXPECT_FALSE(may_display(type)) << type;
}

}  // namespace host::file
