#include "file/files.hpp"

#include "base/sha256.hpp"
#include "file/media_type.hpp"
#include "file/names.hpp"

#include <vector>

namespace host::file {
namespace {

StoredFile to_file(const db::Rows& row) {
    return {row.i64(0, 0), row.i64(0, 1), std::string{row.text(0, 2)}, std::string{row.text(0, 3)}, std::string{row.text(0, 4)}};
}

constexpr std::size_t kBatch = 500;

// Whoever uses content holds this shared until his transaction ends; who deletes it holds it alone.
constexpr std::string_view kHold = "select pg_advisory_xact_lock_shared(hashtextextended('core.file/' || $1, 0))";
constexpr std::string_view kHoldAlone = "select pg_try_advisory_xact_lock(hashtextextended('core.file/' || $1, 0))";

}  // namespace

StoredFile Files::put(db::Connection& transaction, std::string_view plugin_id, std::int64_t user_id, std::string_view sent_name,
                      std::string_view content) {
    if (content.size() > max_bytes_) throw std::length_error{"the file is larger than what is stored here"};
    StoredFile file{0, static_cast<std::int64_t>(content.size()), clean_name(sent_name), media_type(content), base::sha256_hex(content)};
    transaction.exec(kHold, {file.sha256});
    blobs_.put(file.sha256, content);
    const auto row = transaction.exec("insert into core.file (sha256, name, type, bytes, plugin_id, created_by) values ($1, $2, $3, $4, $5, $6::bigint)"
                                      " returning id",
                                      {file.sha256, file.name, file.type, file.bytes, plugin_id, user_id > 0 ? std::optional{user_id} : std::nullopt});
    file.id = row.i64(0, 0);
    return file;
}

std::optional<StoredFile> Files::find(db::Connection& connection, std::string_view plugin_id, std::int64_t id) const {
    const auto row = connection.exec("select id, bytes, name, type, sha256 from core.file where id = $1 and plugin_id = $2", {id, plugin_id});
    return row.empty() ? std::nullopt : std::optional{to_file(row)};
}

std::optional<std::int64_t> Files::share(db::Connection& transaction, std::string_view plugin_id, std::int64_t id, std::string_view new_owner) {
    const auto file = find(transaction, plugin_id, id);
    if (!file) return std::nullopt;
    transaction.exec(kHold, {file->sha256});
    const auto row = transaction.exec("insert into core.file (sha256, name, type, bytes, plugin_id, created_by)"
                                      " select sha256, name, type, bytes, $3, created_by from core.file where id = $1 and plugin_id = $2 returning id",
                                      {id, plugin_id, new_owner});
    return row.empty() ? std::nullopt : std::optional{row.i64(0, 0)};
}

bool Files::remove(db::Connection& transaction, std::string_view plugin_id, std::int64_t id) {
    const auto row = transaction.exec("delete from core.file where id = $1 and plugin_id = $2 returning sha256", {id, plugin_id});
    if (row.empty()) return false;
    blobs_.touch(row.text(0, 0));  // kept for a while from now on
    return true;
}

bool Files::remove_orphan(db::Pool& pool, std::string_view sha256) {
    db::Transaction transaction{pool};
    if (!transaction.exec(kHoldAlone, {sha256}).boolean(0, 0)) return false;
    if (!transaction.exec("select 1 from core.file where sha256 = $1 limit 1", {sha256}).empty()) return false;
    blobs_.remove(sha256);
    transaction.commit();
    return true;
}

std::size_t Files::sweep(db::Pool& pool, std::chrono::seconds age) {
    std::vector<std::string> old;
    blobs_.old(age, [&](const std::string& sha256) { old.push_back(sha256); });
    std::size_t removed = 0;
    for (std::size_t from = 0; from < old.size(); from += kBatch) {
        std::string batch;
        for (std::size_t i = from; i < old.size() && i < from + kBatch; ++i) batch += (batch.empty() ? "{" : ",") + old[i];
        const auto orphans = pool.exec("select c from unnest($1::text[]) c where not exists (select from core.file f where f.sha256 = c)", {batch + "}"});
        for (std::size_t i = 0; i < orphans.size(); ++i) removed += remove_orphan(pool, orphans.text(i, 0));
    }
    return removed;
}

}  // namespace host::file
