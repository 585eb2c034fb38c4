#include "file_store.hpp"

#include "record.hpp"

namespace interventions {

using guichet::Ctx;
using guichet::Value;

namespace {

// Those that a browser shows.
constexpr std::string_view kIsImage = "f.type in ('image/png', 'image/jpeg', 'image/gif', 'image/webp')";

Value find(Ctx ctx, std::string_view owner, int64_t id, int64_t file_id) {
    guichet::Query query{ctx};
    query.sql("select f.file_id, f.name from file f where f.").sql(owner).sql(" = ").arg(id).sql(" and f.file_id = ").arg(file_id);
    return only_row(query.run());
}

}  // namespace

Value files_of(Ctx ctx, std::string_view owner, int64_t id) {
    guichet::Query query{ctx};
    query.sql("select f.file_id as id, f.name, f.type, f.bytes, ").sql(kIsImage).sql(" as is_image, f.created_at, u.name as author_name");
    query.sql(" from file f left join core.user_v1 u on u.id = f.created_by where f.").sql(owner).sql(" = ").arg(id);
    return query.sql(" order by f.file_id").run().value();
}

void add_uploads(Ctx ctx, guichet::Request request, std::string_view owner, int64_t id) {
    if (!request.upload(0)) throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("Choose a file.")}, "file"};
    guichet::Tx tx{ctx};
    for (std::size_t i = 0; request.upload(i); ++i) {
        const auto file = request.store_upload(i);
        guichet::Query query{ctx};
        query.sql("insert into file (file_id, ").sql(owner).sql(", name, type, bytes, created_by) values (").arg(file.id).sql(", ").arg(id);
        query.sql(", ").arg(file.name).sql(", ").arg(file.type).sql(", ").arg(file.bytes).sql(", ").arg(author(ctx)).sql("::bigint)").run();
    }
    tx.commit();
}

void send_file(Ctx ctx, guichet::Request request, std::string_view owner, int64_t id) {
    const auto file = request.id("file_id");
    (void)find(ctx, owner, id, file);
    request.send_file(file, request.query("inline") == "1");
}

std::string remove_file(Ctx ctx, std::string_view owner, int64_t id, int64_t file_id) {
    guichet::Tx tx{ctx};
    const auto row = find(ctx, owner, id, file_id);
    ctx.exec("delete from file where file_id = $1", file_id);
    ctx.remove_file(file_id);
    tx.commit();
    return std::string{row["name"].text().value_or("")};
}

void remove_files(Ctx ctx, std::string_view owner, int64_t id) {
    guichet::Query query{ctx};
    const auto rows = query.sql("delete from file where ").sql(owner).sql(" = ").arg(id).sql(" returning file_id").run();
    for (std::size_t i = 0; i < rows.size(); ++i) ctx.remove_file(rows.i64(i, 0));
}

}  // namespace interventions
