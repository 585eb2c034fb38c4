#include "base/file.hpp"

#include "base/random.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <atomic>
#include <thread>

using host::base::read_file;
using host::base::write_file;
namespace fs = std::filesystem;

namespace {

class File : public testing::Test {
protected:
    File() { fs::create_directories(folder_); }
    ~File() override { fs::remove_all(folder_); }
    fs::path folder_ = fs::temp_directory_path() / ("guichet-file-test-" + host::base::random_token(9));
};

}  // namespace

TEST_F(File, ProblemsNameTheFile) {
    const auto missing = read_file(folder_ / "none");
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.problems()[0].code, "file.open");
    EXPECT_EQ(missing.problems()[0].path, (folder_ / "none").string());
    EXPECT_EQ(read_file(folder_).problems()[0].code, "file.read");
    write_file(folder_ / "large", std::string(1001, 'x'));
    EXPECT_EQ(read_file(folder_ / "large", 1000).problems()[0].code, "file.too_large");
    EXPECT_TRUE(read_file(folder_ / "large", 1001).ok());
}

TEST_F(File, AFailedWriteLeavesNothingBehind) {
    fs::create_directories(folder_ / "taken");
    EXPECT_THROW(write_file(folder_ / "taken", "x"), fs::filesystem_error);
    EXPECT_THROW(write_file(folder_ / "none" / "file", "x"), fs::filesystem_error);
    EXPECT_EQ(std::distance(fs::directory_iterator{folder_}, {}), 1);
}

TEST_F(File, BytesComeBack) {
    std::string bytes = host::base::random_bytes(300'000);
    write_file(folder_ / "secret", bytes, 0600);
    EXPECT_EQ(*read_file(folder_ / "secret"), bytes);
    struct stat info {};
    ASSERT_EQ(::stat((folder_ / "secret").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777u, 0600u);
    write_file(folder_ / "secret", "");
    EXPECT_EQ(*read_file(folder_ / "secret"), "");
}

TEST_F(File, ReadersSeeTheOldOrTheNewContent) {
    const fs::path path = folder_ / "shared";
    const std::string contents[] = {std::string(100'000, 'a'), std::string(200'000, 'b')};
    write_file(path, contents[0]);
    std::atomic<bool> done{false};
    std::jthread writer{[&] {
        for (int i = 0; i < 50; ++i) write_file(path, contents[i % 2]);
        done = true;
    }};
    do {
        const auto seen = read_file(path);
        ASSERT_TRUE(seen.ok());
        ASSERT_TRUE(*seen == contents[0] || *seen == contents[1]);
    } while (!done);
}
