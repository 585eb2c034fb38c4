#include "record.hpp"

#include <guichet/sdk/plugin.hpp>

namespace directory {
namespace {

void add_value(guichet::Query& query, const Draft& draft, std::size_t i) {
    query.param(draft.param(i));
    switch (draft.entity().fields[i].kind) {
        case Kind::date: query.sql("::date"); break;
        case Kind::flag: query.sql("::boolean"); break;
        case Kind::reference:
        case Kind::hundredths:
            query.sql("::bigint");
            break;
        case Kind::decimal:
            query.sql("::text::numeric");
            break;
        default: query.sql("::text");
    }
}

// Null for the system, which is no user.
std::optional<int64_t> author(guichet::Ctx ctx) {
    return ctx.user_id() > 0 ? std::optional{ctx.user_id()} : std::nullopt;
}

// "directory.account_created"; the subject is "account/12".
void publish(guichet::Ctx ctx, const Draft& draft, std::string_view what, guichet::Value data) {
    const std::string table{draft.entity().table};
    ctx.after("directory." + table + "_" + std::string{what}, 1, table + "/" + std::to_string(data["id"].integer().value_or(0)), data);
}

guichet::Value changes(guichet::Ctx ctx, const Draft& draft) {
    auto out = ctx.array();
    for (const auto& field : draft.entity().fields)
        if (draft.changes(field.name)) out.push(ctx.object().set("field", field.name).set("to", draft.get(field.name)));
    return out;
}

}  // namespace

int64_t insert(guichet::Ctx ctx, const Draft& draft) {
    const auto& fields = draft.entity().fields;
    guichet::Query query{ctx};
    query.sql("insert into ").sql(draft.entity().table).sql(" (");
    for (const auto& field : fields) query.sql(field.name).sql(", ");
    query.sql("custom, created_by, updated_by) values (");
    for (std::size_t i = 0; i < fields.size(); ++i) {
        add_value(query, draft, i);
        query.sql(", ");
    }
    query.arg(guichet::to_json(ctx, draft.custom())).sql("::jsonb, ");
    query.arg(author(ctx)).sql("::bigint, ").arg(author(ctx)).sql("::bigint) returning id");
    guichet::Tx tx{ctx};
    const auto id = query.run().i64(0, 0);
    publish(ctx, draft, "created", ctx.object().set("id", id).set("values", draft.values()));
    tx.commit();
    return id;
}

bool update(guichet::Ctx ctx, const Draft& draft, int64_t id, int64_t version) {
    const auto& fields = draft.entity().fields;
    guichet::Query query{ctx};
    query.sql("update ").sql(draft.entity().table).sql(" set ");
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].fixed) continue;
        query.sql(fields[i].name).sql(" = ");
        add_value(query, draft, i);
        query.sql(", ");
    }
    query.sql("custom = ").arg(guichet::to_json(ctx, draft.custom())).sql("::jsonb, updated_at = now(), updated_by = ").arg(author(ctx));
    query.sql("::bigint, version = version + 1 where id = ").arg(id).sql(" and version = ").arg(version);
    guichet::Tx tx{ctx};
    const bool saved = query.run().affected() == 1;
    if (saved) publish(ctx, draft, "updated", ctx.object().set("id", id).set("version", version + 1).set("changes", changes(ctx, draft)));
    tx.commit();
    return saved;
}

void remove(guichet::Ctx ctx, const Entity& entity, int64_t id) {
    const std::string table{entity.table}, subject = table + "/" + std::to_string(id);
    auto data = ctx.object().set("id", id);
    guichet::Query query{ctx};
    query.sql("delete from ").sql(table).sql(" where id = ").arg(id);
    guichet::Tx tx{ctx};
    ctx.before("directory." + table + "_deleting", 1, subject, data);
    query.run();
    ctx.after("directory." + table + "_deleted", 1, subject, data);
    ctx.audit("directory." + table + "_deleted", subject);
    tx.commit();
}

guichet::Value only_row(const guichet::Rows& rows) {
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such object"};
    return rows.row(0);
}

}  // namespace directory
