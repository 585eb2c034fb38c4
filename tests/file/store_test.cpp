// Content on disk and rows in the database: together, or neither, whatever dies when (reliability.md T11).
#include "base/sha256.hpp"
#include "file/files.hpp"
#include "plugin/database.hpp"
#include "plugin/packages.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <iostream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>

namespace host::file {
namespace {

using plugin_tests::TemporaryFolder;

std::size_t count_files(const std::filesystem::path& folder) {
    std::size_t n = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) n += entry.is_regular_file();
    return n;
}

class Store : public testing::Test {
protected:
    static void SetUpTestSuite() { database_ = std::make_unique<plugin_tests::Database>(); }
    static void TearDownTestSuite() { database_.reset(); }
    void SetUp() override { pool_.exec("delete from core.file"); }

    StoredFile put(const std::string& name, const std::string& content, bool commit = true) {
        db::Transaction transaction{pool_};
        auto file = files_.put(transaction.connection(), "tickets", 0, name, content);
        if (commit) transaction.commit();
        return file;
    }
    std::int64_t rows() { return pool_.exec("select count(*) from core.file").i64(0, 0); }
    // Every row has its content, unchanged.
    void expect_no_file_missing() {
        const auto all = pool_.exec("select sha256, bytes from core.file");
        for (std::size_t i = 0; i < all.size(); ++i) {
            const std::string sha256{all.text(i, 0)};
            EXPECT_EQ(base::sha256_hex(files_.blobs().read_all(sha256, 0, static_cast<std::uint64_t>(all.i64(i, 1)))), sha256);
        }
    }
    // Runs put_file, killed before its n-th step; whether it lived to the end.
    bool run_killed_at(int n, const std::string& content) {
        const auto child = fork();
        if (child == 0) {
            setenv("LD_PRELOAD", BUILD_DIR "/tests/libkill-at.so", 1);
            setenv("KILL_AT", std::to_string(n).c_str(), 1);
            execl(BUILD_DIR "/tests/put-file", "put-file", database_->url.c_str(), folder_.path().c_str(), content.c_str(), nullptr);
            _exit(127);
        }
        int status = 0;
        waitpid(child, &status, 0);
        EXPECT_TRUE((WIFEXITED(status) && WEXITSTATUS(status) == 0) || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)) << n << ": " << status;
        return WIFEXITED(status);
    }

    static inline std::unique_ptr<plugin_tests::Database> database_;
    TemporaryFolder folder_;
    db::Pool pool_{plugin_tests::pool_options(database_->url, 4)};
    Files files_{folder_.path()};
};

}  // namespace

TEST_F(Store, killed_at_every_point_no_file_is_missing_and_nothing_is_left) {
    int points = 0;
    while (!run_killed_at(points + 1, "content number " + std::to_string(points / 2))) {  // a second time over what the first left
        ++points;
        ASSERT_LT(points, 200);
        expect_no_file_missing();
    }
    expect_no_file_missing();
    EXPECT_GT(points, 8) << "create, write, flush, rename, flush, insert, commit";
    EXPECT_GE(rows(), 1) << "the last one committed";
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder_.path()})  // as if it was a while ago
        if (entry.is_regular_file()) std::filesystem::last_write_time(entry.path(), entry.last_write_time() - std::chrono::hours{2});
    files_.sweep(pool_);
    EXPECT_EQ(count_files(folder_.path()), static_cast<std::size_t>(pool_.exec("select count(distinct sha256) from core.file").i64(0, 0)));
    expect_no_file_missing();
    std::cout << "killed at " << points << " points: no file missing, no orphan left\n";
}

TEST_F(Store, the_same_content_is_there_once_and_lives_as_long_as_a_row) {
    const auto first = put("a.txt", "same");
    const auto second = put("b.txt", "same");
    EXPECT_EQ(first.sha256, second.sha256);
    EXPECT_EQ(count_files(folder_.path()), 1u);
    db::Transaction transaction{pool_};
    EXPECT_FALSE(files_.remove(transaction.connection(), "directory", first.id)) << "not the file of this plugin";
    EXPECT_TRUE(files_.remove(transaction.connection(), "tickets", first.id));
    transaction.commit();
    EXPECT_EQ(files_.sweep(pool_, std::chrono::seconds{0}), 0u);
    pool_.exec("delete from core.file");
    EXPECT_EQ(files_.sweep(pool_), 0u) << "kept for an hour";
    EXPECT_EQ(files_.sweep(pool_, std::chrono::seconds{0}), 1u);
    EXPECT_EQ(count_files(folder_.path()), 0u);
}

TEST_F(Store, what_was_rolled_back_has_no_row_and_its_content_goes) {
    put("a.txt", "never", false);
    EXPECT_EQ(rows(), 0);
    EXPECT_EQ(count_files(folder_.path()), 1u);
    EXPECT_EQ(files_.sweep(pool_, std::chrono::seconds{0}), 1u);
}

TEST_F(Store, a_sweep_leaves_alone_what_an_open_transaction_uses) {
    put("a.txt", "old", false);
    db::Transaction transaction{pool_};
    files_.put(transaction.connection(), "tickets", 0, "again.txt", "old");
    EXPECT_EQ(files_.sweep(pool_, std::chrono::seconds{0}), 0u);
    transaction.commit();
    EXPECT_EQ(files_.sweep(pool_, std::chrono::seconds{0}), 0u);
    expect_no_file_missing();
    EXPECT_EQ(rows(), 1);
}

TEST_F(Store, sweeping_all_the_time_while_files_come_and_go_loses_none) {
    std::jthread sweeper{[&](const std::stop_token& stop) {
        while (!stop.stop_requested()) files_.sweep(pool_, std::chrono::seconds{0});
    }};
    for (int i = 0; i < 150; ++i) {
        const auto file = put("a.txt", "content " + std::to_string(i % 3), i % 4 != 0);
        if (i % 5 == 0) pool_.exec("delete from core.file where sha256 = $1", {file.sha256});
    }
    sweeper.request_stop();
    sweeper.join();
    expect_no_file_missing();
    EXPECT_GT(rows(), 0);
}

TEST_F(Store, a_full_disk_is_said_and_leaves_nothing_half_written) {
    // Past this size the kernel refuses to write, as a full disk does; the test for a real one needs a mount.
    struct rlimit before {};
    getrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_IGN);
    const struct rlimit small{64 * 1024, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    EXPECT_THROW(put("big.bin", std::string(1 << 20, 'x')), StorageError);
    setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_EQ(rows(), 0);
    EXPECT_EQ(count_files(folder_.path()), 0u);
    EXPECT_EQ(put("big.bin", std::string(1 << 20, 'x')).bytes, 1 << 20) << "and goes on when there is room";
}

TEST_F(Store, larger_than_allowed_is_refused) {
    TemporaryFolder folder;
    Files small{folder.path(), 10};
    db::Transaction transaction{pool_};
    EXPECT_THROW(small.put(transaction.connection(), "tickets", 0, "x", "12345678901"), std::length_error);
    EXPECT_EQ(count_files(folder.path()), 0u);
}

TEST_F(Store, what_was_cut_short_is_written_again) {
    const auto file = put("a.txt", "complete content");
    const auto path = folder_.path() / file.sha256.substr(0, 2) / file.sha256.substr(2);
    std::filesystem::resize_file(path, 3);
    EXPECT_THROW(files_.blobs().read_all(file.sha256, 0, 16), StorageError);
    put("b.txt", "complete content");
    expect_no_file_missing();
}

TEST_F(Store, names_that_are_no_sha256_reach_no_file) {
    EXPECT_THROW(files_.blobs().size("../../../../etc/passwd"), StorageError);
    EXPECT_THROW(files_.blobs().read_all(std::string(62, 'a') + "/x", 0, 1), StorageError);
}

}  // namespace host::file
