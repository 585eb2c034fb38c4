#include "inbound_store.hpp"

namespace mailbox {

using guichet::Ctx;

bool is_stored(Ctx ctx, int64_t mailbox, std::string_view source, std::string_view uid) {
    return ctx.exec("select exists (select from inbound_mail where mailbox_id = $1 and source = $2 and uid = $3)", mailbox, source, uid)
        .boolean(0, 0);
}

bool store_raw(Ctx ctx, const Raw& raw) {
    guichet::Tx tx{ctx};
    // whoever stores the same mail at the same time waits here, and finds it then
    ctx.exec("select pg_advisory_xact_lock(hashtextextended('inbound_mail ' || $1::text || $2 || $3, 0))", raw.mailbox, raw.source,
             raw.uid);
    if (is_stored(ctx, raw.mailbox, raw.source, raw.uid)) return false;
    const auto file = ctx.put_file("mail.eml", raw.content);
    const auto id = ctx.exec(
                           "insert into inbound_mail (mailbox_id, source, uid, file_id, bytes, sha256, why)"
                           " values ($1, $2, $3, $4, $5, $6, $7) returning id",
                           raw.mailbox, raw.source, raw.uid, file.id, file.bytes, file.sha256, raw.why)
                        .i64(0, 0);
    enqueue_taking(ctx, id);
    tx.commit();
    return true;
}

void enqueue_taking(Ctx ctx, int64_t inbound) {
    ctx.enqueue("mailbox.take", ctx.object().set("id", inbound), "mail-" + std::to_string(inbound));
}

std::string read_raw(Ctx ctx, int64_t inbound) {
    const auto rows = ctx.exec("select file_id from inbound_mail where id = $1", inbound);
    if (rows.empty() || rows.is_null(0, 0)) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such mail"};
    return ctx.read_file(rows.i64(0, 0));
}

}  // namespace mailbox
