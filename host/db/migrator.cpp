#include "db/migrator.hpp"

#include "base/file.hpp"
#include "base/sha256.hpp"
#include "base/strings.hpp"
#include "db/statement.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <utility>

namespace host::db {
namespace {

namespace fs = std::filesystem;
using base::Problem;
using base::Problems;

constexpr std::string_view kCreateLedger = R"(
create schema if not exists core;
create table if not exists core.plugin_migration (
  plugin_id  text not null,
  number     int  not null,
  phase      text not null check (phase in ('expand', 'contract')),
  name       text not null,
  sha256     text not null,
  applied_at timestamptz not null default now(),
  primary key (plugin_id, phase, number)
))";
// One host migrates at a time; the others wait for it, longer than for any other lock.
constexpr std::string_view kTakeTurn = "set local lock_timeout = 0; select pg_advisory_xact_lock(hashtext('guichet.migration'));";
constexpr std::string_view kShortLocks = "set local lock_timeout = '3s'";

std::string_view name_of(Phase phase) { return phase == Phase::expand ? "expand" : "contract"; }

std::optional<Migration> parse_file_name(const std::string& name) {
    static const std::regex kName{R"((\d{4})_([a-z0-9_]+)\.(expand|contract)\.sql)"};
    std::smatch parts;
    if (!std::regex_match(name, parts, kName)) return std::nullopt;
    Migration migration;
    migration.number = std::stoi(parts[1]);
    migration.name = parts[2];
    migration.phase = parts[3] == "expand" ? Phase::expand : Phase::contract;
    return migration;
}

std::optional<Problem> check_sql(const std::string& sql, const std::string& path) {
    if (!base::valid_utf8(sql) || base::contains_nul(sql)) return Problem{"migration.text", "the file is not UTF-8 text", path};
    const auto statements = split_statements(sql);
    if (statements.empty()) return Problem{"migration.empty", "the file holds no statement", path};
    if (std::any_of(statements.begin(), statements.end(), is_transaction_control))
        return Problem{"migration.transaction", "a migration runs in the host's transaction: take BEGIN, COMMIT and the like out", path};
    return std::nullopt;
}

class Transaction {
public:
    explicit Transaction(Connection& connection) : connection_{connection} { connection_.begin(); }
    ~Transaction() { if (open_) connection_.rollback(); }
    Transaction(const Transaction&) = delete;
    void commit() {
        open_ = false;
        connection_.commit();
    }

private:
    Connection& connection_;
    bool open_ = true;
};

std::map<int, std::string> applied(Connection& connection, const std::string& owner, Phase phase) {
    const Param params[] = {owner, name_of(phase)};
    const Rows rows = connection.exec({}, "select number, sha256 from core.plugin_migration where plugin_id = $1 and phase = $2", params);
    std::map<int, std::string> sums;
    for (std::size_t i = 0; i < rows.size(); ++i) sums.emplace(rows.i64(i, 0), rows.text(i, 1));
    return sums;
}

void record(Connection& connection, const std::string& owner, const Migration& m) {
    const Param params[] = {owner, m.number, name_of(m.phase), m.name, m.sha256};
    connection.exec({}, "insert into core.plugin_migration (plugin_id, number, phase, name, sha256) values ($1, $2, $3, $4, $5)", params);
}

Problem failed(const Connection& connection, const Migration& migration, const Error& error) {
    // Without a connection nothing is known about the migration, and the caller has to try again later.
    if (!connection.usable()) throw;
    return {"migration.failed", error.what(), file_name(migration)};
}

}  // namespace

std::string file_name(const Migration& m) {
    const std::string number = std::to_string(m.number);
    return std::string(4 - std::min<std::size_t>(number.size(), 4), '0') + number + '_' + m.name + '.' + std::string{name_of(m.phase)} +
           ".sql";
}

AppliedMigrations applied_migrations(Connection& connection) {
    const Rows rows = connection.exec({}, "select plugin_id, number, phase, name from core.plugin_migration", {});
    AppliedMigrations out;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Migration m;
        m.number = static_cast<int>(rows.i64(i, 1));
        m.phase = rows.text(i, 2) == "expand" ? Phase::expand : Phase::contract;
        m.name = rows.text(i, 3);
        out[std::string{rows.text(i, 0)}][{m.phase, m.number}] = file_name(m);
    }
    return out;
}

base::Result<std::vector<Migration>> read_migrations(const fs::path& folder) {
    std::vector<Migration> migrations;
    Problems problems;
    if (!fs::exists(folder)) return migrations;
    std::set<std::pair<Phase, int>> numbers;
    for (const auto& entry : fs::directory_iterator{folder}) {
        const std::string path = entry.path().string();
        auto migration = parse_file_name(entry.path().filename().string());
        if (!migration) {
            problems.push_back({"migration.name", "expected a name like 0001_tickets.expand.sql or 0002_tickets.contract.sql", path});
            continue;
        }
        if (!numbers.emplace(migration->phase, migration->number).second)
            problems.push_back({"migration.number", "another file has this number", path});
        auto sql = base::read_file(entry.path());
        if (!sql) {
            problems.insert(problems.end(), sql.problems().begin(), sql.problems().end());
            continue;
        }
        if (auto problem = check_sql(*sql, path)) problems.push_back(std::move(*problem));
        migration->sha256 = base::sha256_hex(*sql);
        migration->sql = std::move(*sql);
        migrations.push_back(std::move(*migration));
    }
    if (!problems.empty()) return problems;
    std::sort(migrations.begin(), migrations.end(), [](const auto& a, const auto& b) {
        return std::pair{a.phase, a.number} < std::pair{b.phase, b.number};
    });
    return migrations;
}

void prepare_ledger(Connection& connection) {
    if (connection.exec({}, "select to_regclass('core.plugin_migration') is not null", {}).boolean(0, 0)) return;
    Transaction transaction{connection};
    connection.exec_script({}, kTakeTurn);
    connection.exec_script({}, kCreateLedger);
    transaction.commit();
}

base::Result<int> migrate(Connection& connection, const std::string& owner, const Identity& identity,
                          const std::vector<Migration>& migrations, Phase phase) {
    Transaction transaction{connection};
    connection.exec_script({}, kTakeTurn);
    connection.exec_script({}, kShortLocks);
    const std::map<int, std::string> sums = applied(connection, owner, phase);
    Problems changed;
    int count = 0;
    for (const Migration& migration : migrations) {
        if (migration.phase != phase) continue;
        if (const auto known = sums.find(migration.number); known != sums.end()) {
            if (known->second != migration.sha256)
                changed.push_back({"migration.changed",
                                   "the file was changed after it had been applied: restore it, and put the change into a new file",
                                   file_name(migration)});
            continue;
        }
        if (!changed.empty()) continue;
        try {
            connection.exec_script(identity, migration.sql);
            record(connection, owner, migration);
        } catch (const Error& error) {
            return failed(connection, migration, error);
        }
        ++count;
    }
    if (!changed.empty()) return changed;
    transaction.commit();
    return count;
}

}  // namespace host::db
