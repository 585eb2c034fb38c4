#include "i18n/catalogs.hpp"

#include "base/file.hpp"
#include "i18n/mo_file.hpp"

#include <gtest/gtest.h>

#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace {

using host::i18n::Catalogs;
using host::i18n::check_mo;
using host::i18n::negotiate;

constexpr const char* kFrench = R"(msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

msgid "Save"
msgstr "Enregistrer"

msgid "A sentence that is long enough not to fit into the short buffer of the lookup, because some texts of the screens are whole paragraphs."
msgstr "Une longue phrase."

msgid "one ticket"
msgid_plural "many tickets"
msgstr[0] "%1 ticket"
msgstr[1] "%1 tickets"
)";

constexpr const char* kPolishRules = R"(msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"

msgid "one"
msgid_plural "many"
msgstr[0] "A"
msgstr[1] "B"
msgstr[2] "C"
)";

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "catalogs_test_XXXXXX").string();
        if (!mkdtemp(pattern.data())) throw std::runtime_error{"mkdtemp"};
        path_ = pattern;
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

std::string compile(const std::string& po, const std::string& options = "") {
    const TemporaryFolder folder;
    const auto source = folder.path() / "x.po";
    const auto target = folder.path() / "x.mo";
    std::ofstream{source} << po;
    const std::string command = "msgfmt " + options + " -o " + target.string() + " " + source.string();
    if (std::system(command.c_str()) != 0) throw std::runtime_error{"msgfmt failed"};
    return host::base::read_file(target).value();
}

Catalogs catalogs_of(const std::string& mo) { return Catalogs{{{"tickets", {{"fr", mo}}}}}; }

TEST(Catalogs, MissingTranslationsAreTheMsgid) {
    const Catalogs catalogs = catalogs_of(compile(kFrench));
    EXPECT_EQ(catalogs.text("tickets", "fr", "Unknown"), "Unknown");
    EXPECT_EQ(catalogs.text("directory", "fr", "Save"), "Save");
    EXPECT_EQ(catalogs.text("tickets", "en", "Save"), "Save");
    EXPECT_EQ(catalogs.text("tickets", "de", "Save"), "Save");
    EXPECT_EQ(catalogs.text("tickets", "fr", ""), "");
    EXPECT_EQ(catalogs.plural("tickets", "fr", "one thing", "many things", 2), "many things");
    EXPECT_EQ(catalogs.plural("directory", "fr", "one ticket", "many tickets", 1), "one ticket");
}

TEST(Catalogs, TranslatesWithinTheDomain) {
    const Catalogs catalogs{{{"a", {{"fr", compile(kFrench)}}}, {"b", {}}}};
    EXPECT_EQ(catalogs.text("a", "fr", "Save"), "Enregistrer");
    EXPECT_EQ(catalogs.text("b", "fr", "Save"), "Save");
}

TEST(Catalogs, FindsLongMsgids) {
    const std::string long_msgid =
        "A sentence that is long enough not to fit into the short buffer of the lookup, because some texts of the screens are whole "
        "paragraphs.";
    EXPECT_EQ(catalogs_of(compile(kFrench)).text("tickets", "fr", long_msgid), "Une longue phrase.");
}

TEST(Catalogs, MsgidNeedNotBeTerminated) {
    const std::string_view text = "Save as";
    EXPECT_EQ(catalogs_of(compile(kFrench)).text("tickets", "fr", text.substr(0, 4)), "Enregistrer");
}

TEST(Catalogs, ResultsPointIntoTheCatalogue) {
    const Catalogs catalogs = catalogs_of(compile(kFrench));
    EXPECT_EQ(catalogs.text("tickets", "fr", "Save").data(), catalogs.text("tickets", "fr", "Save").data());
}

TEST(Catalogs, CataloguesWithoutHashTableWork) {
    EXPECT_EQ(catalogs_of(compile(kFrench, "--no-hash")).text("tickets", "fr", "Save"), "Enregistrer");
}

TEST(Catalogs, CataloguesOfTheOtherByteOrderWork) {
    EXPECT_EQ(catalogs_of(compile(kFrench, "--endianness=big")).text("tickets", "fr", "Save"), "Enregistrer");
}

TEST(Catalogs, FrenchCountsZeroAsSingularEnglishDoesNot) {
    const Catalogs catalogs = catalogs_of(compile(kFrench));
    const auto plural = [&](const char* language, std::int64_t n) {
        return catalogs.plural("tickets", language, "one ticket", "many tickets", n);
    };
    EXPECT_EQ(plural("fr", 0), "%1 ticket");
    EXPECT_EQ(plural("fr", 1), "%1 ticket");
    EXPECT_EQ(plural("fr", 2), "%1 tickets");
    EXPECT_EQ(plural("fr", -1), "%1 ticket");
    EXPECT_EQ(plural("fr", 5'000'000'000), "%1 tickets");
    EXPECT_EQ(plural("fr", std::numeric_limits<std::int64_t>::min()), "%1 tickets");
    EXPECT_EQ(plural("en", 0), "many tickets");
    EXPECT_EQ(plural("en", 1), "one ticket");
    EXPECT_EQ(plural("en", 2), "many tickets");
}

TEST(Catalogs, UsesTheRuleOfTheCatalogue) {
    const Catalogs catalogs = catalogs_of(compile(kPolishRules));
    const auto plural = [&](std::int64_t n) { return catalogs.plural("tickets", "fr", "one", "many", n); };
    EXPECT_EQ(plural(1), "A");
    EXPECT_EQ(plural(3), "B");
    EXPECT_EQ(plural(12), "C");
    EXPECT_EQ(plural(7'000'000'022), "B");
    EXPECT_EQ(plural(7'000'000'012), "C");
}

TEST(Catalogs, DamagedCatalogueIsIgnoredAndLogged) {
    const std::string sound = compile(kFrench);
    testing::internal::CaptureStdout();
    const Catalogs catalogs{{{"bad", {{"fr", sound.substr(0, sound.size() / 2)}}}, {"good", {{"fr", sound}}}}};
    const std::string log = testing::internal::GetCapturedStdout();
    EXPECT_NE(log.find("bad"), log.npos) << log;
    EXPECT_EQ(catalogs.text("bad", "fr", "Save"), "Save");
    EXPECT_EQ(catalogs.text("good", "fr", "Save"), "Enregistrer");
}

TEST(MoFile, EveryTruncationIsRefused) {
    const std::string sound = compile(kFrench);
    EXPECT_NO_THROW(check_mo(sound));
    for (std::size_t size = 0; size < sound.size(); ++size)
        EXPECT_THROW(check_mo(std::string_view{sound}.substr(0, size)), std::runtime_error) << size;
}

TEST(MoFile, RefusesWhatWouldHarmTheHost) {
    const auto with_rule = [](const std::string& rule) {
        return compile("msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"X-Forms: plural=" + rule + ";\\n\"\n");
    };
    EXPECT_NO_THROW(check_mo(with_rule("n != 1")));
    EXPECT_THROW(check_mo(with_rule("1 / (n - n)")), std::runtime_error);
    EXPECT_THROW(check_mo(with_rule(std::string(5000, '('))), std::runtime_error);
    EXPECT_THROW(check_mo(compile("msgid \"a\"\nmsgstr \"b\"\n")), std::runtime_error);
}

// Whatever passes the check must be safe to read: any byte changed, alone.
TEST(MoFile, NoChangedByteCrashesTheLookup) {
    const std::string sound = compile(kFrench);
    std::size_t read = 0;
    testing::internal::CaptureStdout();  // Boost.Locale refuses some more, which is logged
    for (std::size_t i = 0; i < sound.size(); ++i) {
        for (const char value : {'\x00', '\x01', '\x02', '\x7f', '\xff'}) {
            std::string changed = sound;
            changed[i] = value;
            try {
                check_mo(changed);
            } catch (const std::runtime_error&) {
                continue;
            }
            const Catalogs catalogs = catalogs_of(changed);
            for (const char* msgid : {"Save", "Unknown", "one ticket", "n"}) {
                EXPECT_FALSE(catalogs.text("tickets", "fr", msgid).empty());
                for (const std::int64_t n : {0, 1, 2}) EXPECT_FALSE(catalogs.plural("tickets", "fr", msgid, "many", n).empty());
            }
            ++read;
        }
    }
    testing::internal::GetCapturedStdout();
    EXPECT_GT(read, 0u);
}

TEST(ReadDomain, TakesTheLanguagesThatAreThere) {
    const TemporaryFolder folder;
    std::ofstream{folder.path() / "fr.mo", std::ios::binary} << compile(kFrench);
    const Catalogs::Domain domain = host::i18n::read_domain("tickets", folder.path());
    EXPECT_EQ(domain.id, "tickets");
    ASSERT_EQ(domain.mo_bytes.size(), 1u);
    EXPECT_EQ(Catalogs{{domain}}.text("tickets", "fr", "Save"), "Enregistrer");
    EXPECT_TRUE(host::i18n::read_domain("none", folder.path() / "missing").mo_bytes.empty());
}

TEST(Negotiate, ChoosesTheBestLanguageWeHave) {
    EXPECT_EQ(negotiate("fr-CA,fr;q=0.9,en;q=0.8"), "fr");
    EXPECT_EQ(negotiate("en-GB, fr;q=0.5"), "en");
    EXPECT_EQ(negotiate("de,en;q=0.3"), "en");
    EXPECT_EQ(negotiate("fr;q=0.2 , EN;q=0.7"), "en");
    EXPECT_EQ(negotiate("en;q=0"), "fr");
    EXPECT_EQ(negotiate("de, es"), "fr");
    EXPECT_EQ(negotiate("*"), "fr");
    EXPECT_EQ(negotiate(""), "fr");
    EXPECT_EQ(negotiate(";;,,q=,en;q=nonsense,-"), "fr");
    EXPECT_EQ(negotiate("english"), "fr");
}

}  // namespace
