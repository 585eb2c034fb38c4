#include "attachment_store.hpp"

#include "history.hpp"
#include "message_store.hpp"

namespace tickets {
namespace {

// Larger ones are not sent along with the page only to be shown small.
constexpr int64_t kLargestImage = 2 * 1024 * 1024;

guichet::Query visible(const Call& call, int64_t ticket) {
    guichet::Query query{call.ctx};
    query
        .sql(
            "select a.file_id as id, a.ticket_id, a.message_id, a.name, a.type, a.bytes, a.created_by, author.name as author_name, "
            "a.created_at,"
            " coalesce(m.visibility, '') as visibility, a.bytes <= ")
        .arg(kLargestImage);
    query.sql(" and a.type in ")
        .sql(kImageTypes)
        .sql(
            " as is_image"
            " from attachment a left join message m on m.id = a.message_id left join core.user_v1 author on author.id = a.created_by"
            " where a.ticket_id = ")
        .arg(ticket)
        .sql(" and (a.message_id is null or ");
    add_visible(query);
    query.sql(")");
    return query;
}

guichet::Value find(const Call& call, int64_t ticket, int64_t file) {
    const auto rows = visible(call, ticket).sql(" and a.file_id = ").arg(file).run();
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such attachment"};
    return rows.row(0);
}

std::size_t count_uploads(guichet::Request request) {
    std::size_t n = 0;
    while (request.upload(n)) ++n;
    return n;
}

// Whoever sends at the same time waits for the row of the ticket, so that the limit holds.
void require_room(const Call& call, int64_t ticket, std::size_t more) {
    call.ctx.exec("update ticket set updated_at = now(), updated_by = $2::bigint where id = $1", ticket, call.author());
    const auto stored = call.ctx.exec("select count(*) from attachment where ticket_id = $1", ticket).i64(0, 0);
    if (stored + static_cast<int64_t>(more) <= kMostFiles) return;
    throw guichet::Error{GUICHET_E_INVALID, guichet::fill(call.tr("A ticket holds at most %1 files."), {std::to_string(kMostFiles)}),
                         "file"};
}

int64_t add_one(const Call& call, int64_t ticket, std::optional<int64_t> message, const guichet::File& file) {
    guichet::Query query{call.ctx};
    query.sql("insert into attachment (file_id, ticket_id, message_id, name, type, bytes, created_by) values (").arg(file.id);
    query.sql(", ").arg(ticket).sql(", ").arg(message).sql("::bigint, ").arg(file.name).sql(", ").arg(file.type);
    query.sql(", ").arg(file.bytes).sql(", ").arg(call.author()).sql("::bigint)").run();
    return file.id;
}

// What is private leaves no other trace on the ticket.
bool is_private(const Call& call, std::optional<int64_t> message) {
    return message && !call.ctx.exec("select from message where id = $1 and visibility = 'private'", *message).empty();
}

// store(i) stores the i-th of n files.
template <class Store>
std::vector<int64_t> add_files(const Call& call, std::size_t n, Store store, int64_t ticket, std::optional<int64_t> message) {
    std::vector<int64_t> ids;
    if (n == 0) return ids;
    guichet::Tx tx{call.ctx};
    require_room(call, ticket, n);
    const bool quiet = is_private(call, message);
    for (std::size_t i = 0; i < n; ++i) {
        const guichet::File file = store(i);
        ids.push_back(add_one(call, ticket, message, file));
        if (!quiet) note_history(call, ticket, "attachment", {}, std::string{file.name});
    }
    tx.commit();
    return ids;
}

}  // namespace

guichet::Rows read_attachments(const Call& call, int64_t ticket) { return visible(call, ticket).sql(" order by a.file_id").run(); }

guichet::Value files_of(const Call& call, guichet::Value files, std::optional<int64_t> message) {
    auto out = call.ctx.array();
    for (std::size_t i = 0; i < files.size(); ++i)
        if (files[i]["message_id"].integer() == message) out.push(files[i]);
    return out;
}

void require_attachment(const Call& call, int64_t ticket, int64_t file) { find(call, ticket, file); }

std::vector<int64_t> add_attachments(const Call& call, guichet::Request request, int64_t ticket, std::optional<int64_t> message) {
    return add_files(
        call, count_uploads(request), [&](std::size_t i) { return request.store_upload(i); }, ticket, message);
}

std::vector<int64_t> add_attachments(const Call& call, const std::vector<Content>& files, int64_t ticket, std::optional<int64_t> message) {
    return add_files(
        call, files.size(), [&](std::size_t i) { return call.ctx.put_file(files[i].name, files[i].bytes); }, ticket, message);
}

void remove_attachment(const Call& call, int64_t ticket, int64_t file) {
    guichet::Tx tx{call.ctx};
    const auto row = find(call, ticket, file);
    const bool quiet = row["visibility"].text() == "private";
    if (quiet && row["created_by"].integer() != call.ctx.user_id())
        throw guichet::Error{GUICHET_E_DENIED, "only its author removes what was sent in private"};
    call.ctx.exec("delete from attachment where file_id = $1", file);
    call.ctx.remove_file(file);
    if (!quiet) note_history(call, ticket, "attachment", std::string{row["name"].text().value_or("")}, {});
    tx.commit();
}

void remove_files(const Call& call, int64_t ticket) {
    const auto rows = call.ctx.exec("select file_id from attachment where ticket_id = $1", ticket);
    for (std::size_t i = 0; i < rows.size(); ++i) call.ctx.remove_file(rows.i64(i, 0));
}

}  // namespace tickets
