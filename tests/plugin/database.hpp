// A database with the host's own tables and nothing else.
#pragma once

#include "db/migrator.hpp"
#include "db/pool.hpp"
#include "support/postgres.hpp"

#include <stdexcept>
#include <string>

namespace host::plugin_tests {

inline db::PoolOptions pool_options(const std::string& url, int size = 6) {
    db::PoolOptions options;
    options.url = url;
    options.size = size;
    return options;
}

// A database with the host's own tables.
class Database {
public:
    Database() {
        auto migrations = db::read_migrations(SOURCE_DIR "/sql/host");
        if (!migrations) throw std::runtime_error{base::to_text(migrations.problems())};
        db::Pool pool{pool_options(url, 1)};
        auto lease = pool.acquire();
        db::prepare_ledger(*lease);
        if (auto done = db::migrate(*lease, "core", {}, *migrations, db::Phase::expand); !done)
            throw std::runtime_error{base::to_text(done.problems())};
    }
    const std::string url = support::fresh_database();
};

}  // namespace host::plugin_tests
