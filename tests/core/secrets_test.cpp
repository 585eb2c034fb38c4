// Secrets at rest: nothing readable, bound to their place, and no crash without the key.
#include "base/file.hpp"
#include "base/random.hpp"
#include "core/secrets.hpp"

#include <filesystem>
#include <set>
#include <sys/stat.h>
#include <thread>

namespace core_test {
namespace {

namespace fs = std::filesystem;
using host::core::Secrets;

class SecretsTest : public testing::Test {
protected:
    void SetUp() override { fs::create_directories(folder_); }
    void TearDown() override { fs::remove_all(folder_); }
    const fs::path folder_ = fs::temp_directory_path() / ("guichet-secrets-" + host::base::random_token(8));
    const fs::path file_ = folder_ / "state" / "secret.key";
};

}  // namespace

TEST_F(SecretsTest, is_not_readable_and_comes_back) {
    const Secrets secrets{file_};
    const auto sealed = secrets.seal("mot de passe", "settings/mail/password");
    EXPECT_EQ(sealed.find("passe"), std::string::npos);
    EXPECT_EQ(secrets.open(sealed, "settings/mail/password"), "mot de passe");
    EXPECT_NE(secrets.seal("mot de passe", "settings/mail/password"), sealed) << "the same text twice does not look the same";
    EXPECT_EQ(secrets.open(secrets.seal("", "p"), "p"), "");
}

TEST_F(SecretsTest, another_place_or_altered_text_does_not_open) {
    const Secrets secrets{file_};
    auto sealed = secrets.seal("x", "settings/a/token");
    EXPECT_EQ(secrets.open(sealed, "settings/b/token"), std::nullopt);
    for (auto& c : sealed) {
        const char was = c;
        c = c == 'A' ? 'B' : 'A';
        EXPECT_EQ(secrets.open(sealed, "settings/a/token"), std::nullopt);
        c = was;
    }
    for (const std::string text : {"", "A", "%%%", "é"}) EXPECT_EQ(secrets.open(text, "settings/a/token"), std::nullopt) << text;
}

TEST_F(SecretsTest, only_its_owner_reads_the_key) {
    (void)Secrets{file_}.seal("x", "p");
    struct stat info {};
    ASSERT_EQ(stat(file_.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    EXPECT_EQ(info.st_size, 32);
}

TEST_F(SecretsTest, nothing_is_made_to_read) {
    EXPECT_EQ(Secrets{file_}.open("AAAA", "p"), std::nullopt);
    EXPECT_FALSE(fs::exists(file_));
}

TEST_F(SecretsTest, a_lost_or_damaged_key_opens_nothing) {
    const auto sealed = Secrets{file_}.seal("x", "p");
    host::base::write_file(file_, host::base::random_bytes(32), 0600);
    EXPECT_EQ(Secrets{file_}.open(sealed, "p"), std::nullopt) << "another key";
    host::base::write_file(file_, "short", 0600);
    EXPECT_EQ(Secrets{file_}.open(sealed, "p"), std::nullopt);
    EXPECT_THROW((void)Secrets{file_}.seal("x", "p"), std::runtime_error) << "a key that is there is never replaced";
    EXPECT_EQ(*host::base::read_file(file_), "short");
}

TEST_F(SecretsTest, hosts_that_start_together_share_one_key) {
    constexpr int kHosts = 8;
    std::vector<std::string> sealed(kHosts);
    std::vector<std::thread> hosts;
    for (int i = 0; i < kHosts; ++i)
        hosts.emplace_back([&, i] { sealed[static_cast<std::size_t>(i)] = Secrets{file_}.seal("x", "p"); });
    for (auto& host : hosts) host.join();
    const Secrets late{file_};
    for (const auto& text : sealed) EXPECT_EQ(late.open(text, "p"), "x");
    EXPECT_EQ(std::distance(fs::directory_iterator{file_.parent_path()}, fs::directory_iterator{}), 1) << "no draft is left";
}

}  // namespace core_test
