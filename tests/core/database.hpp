// A fresh database with the host's schema, for what needs no server.
#pragma once

#include "base/json.hpp"
#include "db/migrator.hpp"
#include "db/pool.hpp"
#include "support/postgres.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace core_test {

struct Database {
    Database() : pool{options()} {
        auto lease = pool.acquire();
        host::db::prepare_ledger(*lease);
        const auto migrations = host::db::read_migrations(std::filesystem::path{SOURCE_DIR} / "sql" / "host");
        EXPECT_TRUE(migrations);
        const auto done = host::db::migrate(*lease, "core", {}, *migrations, host::db::Phase::expand);
        EXPECT_TRUE(done) << host::base::to_text(done.problems());
    }
    host::db::Pool pool;

private:
    static host::db::PoolOptions options() {
        host::db::PoolOptions options;
        options.url = support::fresh_database();
        options.size = 12;
        options.wait_ms = 30'000;
        return options;
    }
};

inline const host::base::Value& json(host::base::Arena& arena, std::string_view text) {
    const auto parsed = host::base::parse_json(arena, text);
    EXPECT_TRUE(parsed) << text;
    return **parsed;
}

}  // namespace core_test
