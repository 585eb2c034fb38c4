#include "attachment_store.hpp"

#include "message_store.hpp"

namespace tickets {
namespace {

guichet::Query visible(const Call& call, int64_t ticket) {
    guichet::Query query{call.ctx};
    query.sql("select a.file_id as id, a.ticket_id, a.message_id, a.name, a.type, a.bytes, a.created_by, author.name as author_name, a.created_at"
              " from attachment a left join message m on m.id = a.message_id left join core.user_v1 author on author.id = a.created_by"
              " where a.ticket_id = ").arg(ticket).sql(" and (a.message_id is null or ");
    add_visible(query);
    query.sql(")");
    return query;
}

}  // namespace

guichet::Rows read_attachments(const Call& call, int64_t ticket) { return visible(call, ticket).sql(" order by a.file_id").run(); }

void require_attachment(const Call& call, int64_t ticket, int64_t file) {
    if (visible(call, ticket).sql(" and a.file_id = ").arg(file).run().empty())
        throw guichet::Error{GUICHET_E_NOT_FOUND, "no such attachment"};
}

std::vector<int64_t> add_attachments(const Call& call, guichet::Request request, int64_t ticket, std::optional<int64_t> message) {
    std::vector<int64_t> ids;
    guichet::Tx tx{call.ctx};
    for (std::size_t i = 0; request.upload(i); ++i) {
        const auto file = request.store_upload(i);
        guichet::Query query{call.ctx};
        query.sql("insert into attachment (file_id, ticket_id, message_id, name, type, bytes, created_by) values (").arg(file.id);
        query.sql(", ").arg(ticket).sql(", ").arg(message).sql("::bigint, ").arg(file.name).sql(", ").arg(file.type);
        query.sql(", ").arg(file.bytes).sql(", ").arg(call.author()).sql("::bigint)").run();
        ids.push_back(file.id);
    }
    call.ctx.exec("update ticket set updated_at = now(), updated_by = $2::bigint where id = $1", ticket, call.author());
    tx.commit();
    return ids;
}

void remove_files(const Call& call, int64_t ticket) {
    const auto rows = call.ctx.exec("select file_id from attachment where ticket_id = $1", ticket);
    for (std::size_t i = 0; i < rows.size(); ++i) call.ctx.remove_file(rows.i64(i, 0));
}

}  // namespace tickets
