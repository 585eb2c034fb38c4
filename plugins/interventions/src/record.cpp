#include "record.hpp"

namespace interventions {

std::optional<int64_t> author(guichet::Ctx ctx) { return ctx.user_id() > 0 ? std::optional{ctx.user_id()} : std::nullopt; }

int64_t insert(guichet::Ctx ctx, const Draft& draft) {
    const auto& entity = draft.entity();
    guichet::Query query{ctx};
    query.sql("insert into ").sql(entity.table).sql(" (");
    for (const auto& field : entity.fields) query.sql(field.name).sql(", ");
    query.sql(entity.object.empty() ? "created_by, updated_by) values (" : "custom, created_by, updated_by) values (");
    for (std::size_t i = 0; i < entity.fields.size(); ++i) {
        draft.add_value(query, i);
        query.sql(", ");
    }
    if (!entity.object.empty()) query.arg(guichet::to_json(ctx, draft.custom())).sql("::jsonb, ");
    query.arg(author(ctx)).sql("::bigint, ").arg(author(ctx)).sql("::bigint) returning id");
    return query.run().i64(0, 0);
}

bool update(guichet::Ctx ctx, const Draft& draft, int64_t id, int64_t version) {
    const auto& entity = draft.entity();
    guichet::Query query{ctx};
    query.sql("update ").sql(entity.table).sql(" set ");
    for (std::size_t i = 0; i < entity.fields.size(); ++i) {
        if (entity.fields[i].fixed) continue;
        query.sql(entity.fields[i].name).sql(" = ");
        draft.add_value(query, i);
        query.sql(", ");
    }
    if (!entity.object.empty()) query.sql("custom = ").arg(guichet::to_json(ctx, draft.custom())).sql("::jsonb, ");
    query.sql("updated_at = now(), updated_by = ").arg(author(ctx)).sql("::bigint, version = version + 1 where id = ").arg(id);
    return query.sql(" and version = ").arg(version).run().affected() == 1;
}

guichet::Value only_row(const guichet::Rows& rows) {
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such object"};
    return rows.row(0);
}

void require_version(guichet::Ctx ctx, guichet::Request request, guichet::Value row, guichet::Value body) {
    const auto version = row["version"].integer().value_or(0);
    if (!guichet::if_match(request, version))
        throw guichet::Error{GUICHET_E_PRECONDITION, std::string{ctx.tr("Somebody else has changed this in the meantime.")}};
    const auto given = body["version"];
    if (!given) return;
    if (!given.integer()) throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("This must be a whole number.")}, "version"};
    if (*given.integer() != version) throw_stale(ctx);
}

void throw_stale(guichet::Ctx ctx) {
    throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Somebody else has changed this in the meantime.")}, "version"};
}

void send_object(guichet::Ctx ctx, guichet::Request request, std::string_view object, guichet::Value row) {
    request.header("ETag", guichet::entity_tag(row["version"].integer().value_or(0)));
    request.json(row.set("custom", guichet::visible_fields(ctx, object, guichet::kEveryAudience, row["custom"])));
}

}  // namespace interventions
