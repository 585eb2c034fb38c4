#include "plugin/package.hpp"

#include "base/sha256.hpp"
#include "packages.hpp"
#include "plugin/package_store.hpp"

#include <gmock/gmock.h>

namespace {

using namespace host;
using plugin_tests::Packages;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string problems(const std::filesystem::path& folder) {
    const auto package = plugin::read_package(folder);
    return package ? "none" : base::to_text(package.problems());
}

class PackageTest : public testing::Test {
protected:
    Packages packages_;
};

TEST_F(PackageTest, RefusesAFolderWithoutManifest) {
    EXPECT_THAT(problems(packages_.path() / "absent"), HasSubstr("absent"));
    EXPECT_THAT(problems(packages_.path()), HasSubstr("there is no plugin.json"));
}

TEST_F(PackageTest, ReportsEverythingAtOnce) {
    const auto folder = packages_.add("good1");
    Packages::replace(folder / "plugin.json", R"("manifest": 1)", R"("manifest": 1, "locales": ["fr"], "assets": {"css": ["gone.css"]})");
    Packages::write(folder / "sql/2_badly_named.sql", "select 1");
    Packages::write(folder / "assets/run.exe", "MZ");
    std::filesystem::remove(folder / "plugin.so");
    const auto text = problems(folder);
    for (const char* part : {"plugin.so", "gone.css", "run.exe", "i18n/fr.mo", "2_badly_named.sql"}) EXPECT_THAT(text, HasSubstr(part));
}

TEST_F(PackageTest, ProgramsCanBeExecuted) {
    const auto folder = packages_.add("good1");
    Packages::write(folder / "bin/helper", "#!/bin/sh\n");
    EXPECT_THAT(problems(folder), HasSubstr("bin/helper"));
    std::filesystem::permissions(folder / "bin/helper", std::filesystem::perms::owner_all);
    EXPECT_EQ(problems(folder), "none");
}

TEST_F(PackageTest, RefusesLinks) {
    const auto folder = packages_.add("good1");
    std::filesystem::create_directories(folder / "assets");
    std::filesystem::create_symlink("/etc/hostname", folder / "assets/name.txt");
    EXPECT_THAT(problems(folder), HasSubstr("neither a file nor a folder"));
}

TEST_F(PackageTest, RefusesSqlWithoutASchema) {
    const auto folder = packages_.add("strict_c");
    Packages::write(folder / "sql/0001_a.expand.sql", "create table a ()");
    EXPECT_THAT(problems(folder), HasSubstr("\"schema\""));
}

TEST_F(PackageTest, ChecksSums) {
    const auto folder = packages_.add("strict_c");
    const auto line = [&](const std::string& name) { return base::sha256_hex(*base::read_file(folder / name)) + "  " + name + "\n"; };
    const auto good = line("plugin.json") + line("plugin.so");
    Packages::write(folder / "SHA256SUMS", good);
    EXPECT_EQ(problems(folder), "none");
    Packages::write(folder / "SHA256SUMS", line("plugin.json"));
    EXPECT_THAT(problems(folder), HasSubstr("not listed"));
    Packages::write(folder / "SHA256SUMS", good + std::string(64, '0') + "  gone.txt\n");
    EXPECT_THAT(problems(folder), HasSubstr("missing"));
    Packages::write(folder / "SHA256SUMS", good);
    Packages::replace(folder / "plugin.json", "strict_c", "strict_d");
    EXPECT_THAT(problems(folder), HasSubstr("the package was changed"));
}

TEST_F(PackageTest, HashCoversEveryNameAndByte) {
    const auto folder = packages_.add("good1");
    const auto before = plugin::read_package(folder)->sha256;
    EXPECT_EQ(plugin::read_package(folder)->sha256, before);
    std::filesystem::rename(folder / "sql/0001_note.expand.sql", folder / "sql/0001_note2.expand.sql");
    EXPECT_NE(plugin::read_package(folder)->sha256, before);
    std::filesystem::rename(folder / "sql/0001_note2.expand.sql", folder / "sql/0001_note.expand.sql");
    EXPECT_EQ(plugin::read_package(folder)->sha256, before);
    Packages::write(folder / "README.txt", "");
    EXPECT_NE(plugin::read_package(folder)->sha256, before);
}

TEST_F(PackageTest, ReadsItsParts) {
    const auto folder = packages_.add("good1");
    Packages::write(folder / "templates/partials/row.html", "<p>{{ x }}</p>");
    Packages::write(folder / "demo/0001_notes.sql", "select 1");
    Packages::write(folder / "assets/good.css", "p {}");
    const auto package = plugin::read_package(folder);
    ASSERT_TRUE(package.ok()) << base::to_text(package.problems());
    EXPECT_EQ(package->template_sources.at("partials/row.html"), "<p>{{ x }}</p>");
    EXPECT_EQ(package->demo_sql.at("0001_notes.sql"), "select 1");
    EXPECT_EQ(package->assets.at("good.css").content_type, "text/css; charset=utf-8");
    EXPECT_EQ(package->assets.at("good.css").hash, base::sha256_hex("p {}").substr(0, 12));
    ASSERT_EQ(package->migrations.size(), 1u);
    EXPECT_EQ(package->library(), folder / "plugin.so");
}

class StoreTest : public PackageTest {
protected:
    plugin_tests::TemporaryFolder state_;
    std::filesystem::path installed_ = state_.path() / "packages";
    plugin::PackageStore store_{{packages_.path()}, installed_};

    std::vector<std::string> seen() {
        std::vector<std::string> out;
        for (const auto& p : store_.scan().packages) out.push_back(p->manifest.id + ' ' + p->manifest.version);
        return out;
    }
};

TEST_F(StoreTest, FindsBothLayouts) {
    EXPECT_THAT(seen(), IsEmpty());
    packages_.add("strict_c");
    packages_.add("good1", "good");
    std::filesystem::create_directories(packages_.path() / "versions");
    packages_.add("good2", "versions/1.1.0-abc");
    packages_.add("extra", ".hidden");
    EXPECT_THAT(seen(), ElementsAre("good 1.0.0", "strict_c 1.0.0", "good 1.1.0"));
}

TEST_F(StoreTest, SeesChangesAndKeepsTheRest) {
    const auto folder = packages_.add("good1");
    const auto first = store_.scan().packages.at(0);
    EXPECT_EQ(store_.scan().packages.at(0), first);  // the same object: not read again
    Packages::write(folder / "README.txt", "new");
    EXPECT_NE(store_.scan().packages.at(0)->sha256, first->sha256);
}

TEST_F(StoreTest, NamesBrokenPackages) {
    Packages::write(packages_.path() / "broken/plugin.json", "{");
    const auto found = store_.scan();
    EXPECT_THAT(found.packages, IsEmpty());
    ASSERT_EQ(found.broken.size(), 1u);
    EXPECT_EQ(found.broken[0].folder_name, "broken");
}

TEST_F(StoreTest, InstallsACopyOnceAndNoticesTampering) {
    const auto package = *plugin::read_package(plugin_tests::built("good1"));
    ASSERT_THAT(store_.install(package), IsEmpty());
    ASSERT_THAT(store_.install(package), IsEmpty());
    EXPECT_THAT(seen(), ElementsAre("good 1.0.0"));
    const auto folder = installed_ / "good" / ("1.0.0-" + package.sha256.substr(0, 12));
    EXPECT_EQ(plugin::read_package(folder)->sha256, package.sha256);

    Packages::write(folder / "README.txt", "added by somebody");
    const auto found = store_.scan();
    EXPECT_THAT(found.packages, IsEmpty());
    ASSERT_EQ(found.broken.size(), 1u);
    EXPECT_THAT(base::to_text(found.broken[0].problems), HasSubstr("content was changed"));
    ASSERT_THAT(store_.install(package), IsEmpty());  // mends it
    EXPECT_THAT(seen(), ElementsAre("good 1.0.0"));
}

TEST_F(StoreTest, InstalledProgramsCanBeExecuted) {
    const auto folder = packages_.add("good1");
    Packages::write(folder / "bin/helper", "#!/bin/sh\n");
    std::filesystem::permissions(folder / "bin/helper", std::filesystem::perms::owner_all);
    const auto package = plugin::read_package(folder);
    ASSERT_TRUE(package) << base::to_text(package.problems());
    EXPECT_THAT(store_.install(*package), IsEmpty());
    const auto installed = installed_ / package->manifest.id / (package->manifest.version + '-' + package->sha256.substr(0, 12));
    EXPECT_EQ(std::filesystem::status(installed / "bin/helper").permissions(), std::filesystem::perms::owner_all);
}

TEST_F(StoreTest, DoesNotInstallWhatChangedMeanwhile) {
    const auto folder = packages_.add("good1");
    const auto package = *plugin::read_package(folder);
    Packages::write(folder / "README.txt", "changed after it was checked");
    EXPECT_THAT(base::to_text(store_.install(package)), HasSubstr("changed while it was copied"));
    EXPECT_FALSE(std::filesystem::exists(installed_ / "good" / ("1.0.0-" + package.sha256.substr(0, 12))));
}

}  // namespace
