#include "abi/files.hpp"
#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "plugin/generation.hpp"

namespace host::abi {
namespace {

guichet_status describe(guichet_ctx& ctx, const file::StoredFile& file, guichet_file* out) {
    if (out->size < sizeof(guichet_file)) return record(ctx, GUICHET_E_UNSUPPORTED, "this guichet_file is older than version 1.1");
    *out = {sizeof(guichet_file),
            0,
            file.id,
            file.bytes,
            str(ctx.arena.copy(file.name)),
            str(ctx.arena.copy(file.type)),
            str(ctx.arena.copy(file.sha256))};
    return GUICHET_OK;
}

file::Files& files_of(guichet_ctx& ctx) {
    if (!ctx.services.files) throw std::logic_error{"files are not to be had here"};
    return *ctx.services.files;
}

guichet_status no_such_file(guichet_ctx& ctx) { return record(ctx, GUICHET_E_NOT_FOUND, "no such file"); }

guichet_status storage_failed(guichet_ctx& ctx, const file::StorageError& e) {
    base::log(base::Level::error, "the storage of files failed", {{"request", std::string_view{ctx.request_id}}, {"reason", std::string_view{e.what()}}});
    return record(ctx, GUICHET_E_IO, e.what());
}

}  // namespace

std::optional<file::StoredFile> find_file(guichet_ctx& ctx, std::int64_t id) {
    const auto& files = files_of(ctx);
    if (ctx.depth() > 0) return files.find(ctx.connection(), ctx.generation->id(), id);
    return files.find(*ctx.services.pool->acquire(), ctx.generation->id(), id);
}

guichet_status store_file(guichet_ctx& ctx, std::string_view name, std::string_view content, guichet_file* out) {
    if (ctx.depth() == 0) return record(ctx, GUICHET_E_STATE, "a file is stored inside a transaction");
    try {
        return describe(ctx, files_of(ctx).put(ctx.connection(), ctx.generation->id(), ctx.principal.user_id, name, content), out);
    } catch (const file::StorageError& e) {
        return storage_failed(ctx, e);
    } catch (const std::length_error& e) {
        return record(ctx, GUICHET_E_TOO_LARGE, e.what());
    }
}

namespace {

guichet_status put(guichet_ctx* ctx, guichet_str name, const void* data, size_t n, guichet_file* out) noexcept {
    return guard(ctx, [&] { return store_file(*ctx, view(name), {static_cast<const char*>(data), n}, out); });
}

guichet_status info(guichet_ctx* ctx, int64_t file_id, guichet_file* out) noexcept {
    return guard(ctx, [&] {
        const auto file = find_file(*ctx, file_id);
        return file ? describe(*ctx, *file, out) : no_such_file(*ctx);
    });
}

guichet_status read(guichet_ctx* ctx, int64_t file_id, uint64_t offset, void* buffer, size_t capacity, size_t* n) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        const auto file = find_file(*ctx, file_id);
        if (!file) return no_such_file(*ctx);
        try {
            *n = files_of(*ctx).blobs().read(file->sha256, offset, static_cast<char*>(buffer), capacity);
            return GUICHET_OK;
        } catch (const file::StorageError& e) {
            return storage_failed(*ctx, e);
        }
    });
}

guichet_status remove(guichet_ctx* ctx, int64_t file_id) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (ctx->depth() == 0) return record(*ctx, GUICHET_E_STATE, "a file is removed inside a transaction");
        return files_of(*ctx).remove(ctx->connection(), ctx->generation->id(), file_id) ? GUICHET_OK : no_such_file(*ctx);
    });
}

}  // namespace

const guichet_files_v1 kFilesTable = {{sizeof(guichet_files_v1), 1, 0}, put, info, read, remove};

}  // namespace host::abi
