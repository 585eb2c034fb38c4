#include "kept_files.hpp"

#include "limits.hpp"
#include "token.hpp"
#include "uploads.hpp"

namespace public_form {

KeptFiles::KeptFiles(guichet::Ctx ctx, std::string_view token) : ctx_{ctx}, form_hash_{token_hash(token)} { read(); }

void KeptFiles::read() {
    files_ = ctx_.exec("select file_id as id, name, bytes from kept_file where form_hash = decode($1, 'hex') order by file_id", form_hash_)
                 .value();
}

int64_t KeptFiles::bytes() const {
    int64_t bytes = 0;
    for (std::size_t i = 0; i < files_.size(); ++i) bytes += files_[i]["bytes"].integer().value_or(0);
    return bytes;
}

void KeptFiles::leave_out(guichet::Request request) {
    if (!request.form("leave_out")) return;
    guichet::Tx tx{ctx_};
    for (std::size_t i = 0; const auto ticked = request.form("leave_out", i); ++i) {
        const auto left = ctx_.exec("delete from kept_file where form_hash = decode($1, 'hex') and file_id = $2 returning file_id",
                                    form_hash_, guichet::to_integer(*ticked));
        if (!left.empty()) ctx_.remove_file(left.i64(0, 0));
    }
    tx.commit();
    read();
}

bool KeptFiles::keep(guichet::Request request) {
    if (count_uploads(request) == 0) return true;
    guichet::Tx tx{ctx_};
    for (std::size_t i = 0; request.upload(i); ++i) {
        const auto file = request.store_upload(i);
        ctx_.exec("insert into kept_file (file_id, form_hash, name, bytes) values ($1, decode($2, 'hex'), $3, $4)", file.id, form_hash_,
                  file.name, file.bytes);
    }
    const auto bytes = upload_bytes(request);
    if (!take(ctx_, kBytesOfClient, request.client(), bytes) || !take(ctx_, kBytesKept, "all", bytes)) return false;
    tx.commit();
    read();
    return true;
}

void KeptFiles::move_to(std::string_view token) {
    const auto hash = token_hash(token);
    guichet::Tx tx{ctx_};
    ctx_.exec("update kept_file set form_hash = decode($2, 'hex') where form_hash = decode($1, 'hex')", form_hash_, hash);
    tx.commit();
    form_hash_ = hash;
}

void KeptFiles::attach(const Customers& customers, int64_t ticket_id, int64_t message_id, guichet::Request request) const {
    if (count() + count_uploads(request) == 0) return;
    std::vector<std::string> contents;
    std::vector<tickets_new_file> files;
    contents.reserve(count());
    for (std::size_t i = 0; i < count(); ++i) {
        const auto id = files_[i]["id"].integer().value_or(0);
        const auto& content = contents.emplace_back(ctx_.read_file(id));
        const auto name = files_[i]["name"].text().value_or("");
        files.push_back({sizeof(tickets_new_file), 0, guichet::str(name), content.data(), content.size()});
        ctx_.remove_file(id);
    }
    customers.attach(ticket_id, message_id, files, request);
    ctx_.exec("delete from kept_file where form_hash = decode($1, 'hex')", form_hash_);
}

NotKept keep_files(guichet::Ctx ctx, guichet::Request request, KeptFiles& kept) {
    try {
        if (kept.keep(request)) return {};
        return {429,
                ctx.tr("So many files came from here today that there is no room for more. Send it without them, or try again tomorrow.")};
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_IO) throw;
        return {507, ctx.tr("Files cannot be stored at the moment. Send it without them, or try again later.")};
    }
}

// An hour before a day is over, for a job that comes every hour.
void forget_kept_files(guichet::Ctx ctx) {
    const auto old = ctx.exec("delete from kept_file where kept_at < now() - interval '22 hours' returning file_id");
    for (std::size_t i = 0; i < old.size(); ++i) ctx.remove_file(old.i64(i, 0));
}

}  // namespace public_form
