// Files of plugins and of the host: rows that name content. Any thread.
#pragma once

#include "db/pool.hpp"
#include "file/blob_store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace host::file {

struct StoredFile {
    std::int64_t id = 0;
    std::int64_t bytes = 0;
    std::string name, type, sha256;
};

class Files {
public:
    Files(std::filesystem::path folder, std::size_t max_bytes = 100u << 20) : blobs_{std::move(folder)}, max_bytes_{max_bytes} {}

    // In the caller's transaction, which must be open. The content is safe on disk before the row is written; a sweep
    // leaves it alone until the transaction has ended. Throws StorageError, db::Error, std::length_error past max_bytes.
    StoredFile put(db::Connection& transaction, std::string_view plugin_id, std::int64_t user_id, std::string_view sent_name,
                   std::string_view content);
    std::optional<StoredFile> find(db::Connection& connection, std::string_view plugin_id, std::int64_t id) const;
    // False when there is none. The content goes with a later sweep, when nothing else names it.
    bool remove(db::Connection& transaction, std::string_view plugin_id, std::int64_t id);
    // Another row for the same content, of another owner; its id, nullopt when there is no such file.
    std::optional<std::int64_t> share(db::Connection& transaction, std::string_view plugin_id, std::int64_t id, std::string_view new_owner);
    const BlobStore& blobs() const noexcept { return blobs_; }

    // Deletes content that no row has named for age. How many. Throws db::Error.
    std::size_t sweep(db::Pool& pool, std::chrono::seconds age = std::chrono::hours{1});

private:
    bool remove_orphan(db::Pool& pool, std::string_view sha256);
    BlobStore blobs_;
    std::size_t max_bytes_;
};

}  // namespace host::file
