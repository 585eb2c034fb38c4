#include "import_run.hpp"

#include "import_check.hpp"

#include <algorithm>

namespace directory {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr int64_t kBatch = 1000;  // lines of a statement, and objects of an event

constexpr std::string_view kChanged = "The accounts have changed since the check. Check the file again.";

std::string_view cast_of(Kind kind) {
    switch (kind) {
        case Kind::date:
            return "::date";
        case Kind::flag:
            return "::boolean";
        case Kind::decimal:
            return "::numeric";
        case Kind::hundredths:
            return "::bigint";
        default:
            return "";
    }
}

// "(l.data ->> 'name')::date"; names come from the entity.
void add_value(guichet::Query& query, const Field& field) {
    if (field.kind == Kind::reference) {
        query.sql("l.").sql(field.name);
        return;
    }
    query.sql("(l.data ->> '").sql(field.name).sql("')").sql(cast_of(field.kind));
}

void add_insert(guichet::Query& query, const Import& import, int64_t first, int64_t end) {
    const auto& entity = import.kind->resource.entity;
    query.sql("insert into ").sql(entity.table).sql(" (");
    for (const auto& field : entity.fields) query.sql(field.name).sql(", ");
    query.sql("custom, created_by, updated_by) select ");
    for (const auto& field : entity.fields) {
        query.sql("coalesce(");
        add_value(query, field);
        if (field.initial.empty()) query.sql(", null");
        else query.sql(", '").sql(field.initial).sql("'");
        query.sql("), ");
    }
    query.sql("l.custom, ")
        .arg(import.created_by)
        .sql("::bigint, ")
        .arg(import.created_by)
        .sql("::bigint from import_line l where l.import_id = ");
    query.arg(import.id).sql(" and l.action = 'create' and l.line >= ").arg(first).sql(" and l.line < ").arg(end);
    query.sql(" order by l.line returning id");
}

// Cells that say nothing leave what is there.
void add_update(guichet::Query& query, const Import& import, int64_t first, int64_t end) {
    const auto& entity = import.kind->resource.entity;
    query.sql("update ").sql(entity.table).sql(" t set ");
    for (const auto& field : entity.fields) {
        if (field.kind == Kind::reference) continue;
        query.sql(field.name).sql(" = coalesce(");
        add_value(query, field);
        query.sql(", t.").sql(field.name).sql("), ");
    }
    query.sql("custom = t.custom || l.custom, updated_at = now(), updated_by = ").arg(import.created_by);
    query.sql("::bigint, version = t.version + 1 from import_line l where l.import_id = ").arg(import.id);
    query.sql(" and l.action = 'update' and l.target_id = t.id and l.line >= ")
        .arg(first)
        .sql(" and l.line < ")
        .arg(end)
        .sql(" returning t.id");
}

// One event for many: those who follow single objects would be drowned by a hundred thousand.
void publish(Ctx ctx, const Import& import, std::string_view what, const guichet::Rows& ids) {
    if (ids.empty()) return;
    auto list = ctx.array();
    for (std::size_t i = 0; i < ids.size(); ++i) list.push(ids.i64(i, 0));
    auto data = ctx.object().set("import_id", import.id).set("object", import.kind->name).set("change", what).set("ids", list);
    ctx.after("directory.imported", 1, "import/" + std::to_string(import.id), data);
}

void number_contracts(Ctx ctx, const Import& import) {
    const auto lines =
        ctx.exec("select line from import_line where import_id = $1 and action = 'create' and not data ? 'ref' order by line", import.id);
    for (std::size_t begin = 0; begin < lines.size(); begin += static_cast<std::size_t>(kBatch)) {
        std::string refs = "{";
        const auto end = std::min(lines.size(), begin + static_cast<std::size_t>(kBatch));
        for (std::size_t i = begin; i < end; ++i) {
            auto ref = ctx.object().set("ref", ctx.next_number("directory.contract", ctx.now()));
            refs += (i > begin ? ",\"" : "\"") + std::to_string(lines.i64(i, 0)) + "\":" + std::string{guichet::to_json(ctx, ref)};
        }
        ctx.exec(
            "update import_line l set data = l.data || r.value from jsonb_each($2::jsonb) r where l.import_id = $1 and l.line = r.key::int",
            import.id, refs + "}");
    }
}

// What was new is still new: nobody has added the same meanwhile.
void check_still_new(Ctx ctx, const Import& import) {
    guichet::Query query{ctx};
    query.sql("select from import_line l join ").sql(import.kind->resource.entity.table).sql(" t on ");
    query.sql(import.key == "code" ? "fold(t.code)" : import.key == "ref" ? "t.ref_key" : "fold(t.email)");
    query.sql(" = l.key where l.import_id = ").arg(import.id).sql(" and l.action = 'create' limit 1");
    if (!query.run().empty()) throw guichet::Error{GUICHET_E_CONFLICT, std::string{kChanged}};
}

// The last line that says so has the main contact.
void keep_one_main_contact(Ctx ctx) {
    ctx.exec(
        "update contact c set main = false from (select account_id, (array_agg(id order by updated_at desc, id desc))[1] as id from contact"
        " where main group by account_id having count(*) > 1) m where c.account_id = m.account_id and c.main and c.id <> m.id");
}

std::string explanation(const guichet::Error& e) {
    if (e.code() == GUICHET_E_CONFLICT || e.code() == GUICHET_E_INVALID || e.code() == GUICHET_E_VETO) return e.what();
    return "The import failed, and nothing was stored. Try again, or ask whoever looks after this site.";
}

}  // namespace

void run_import(Ctx ctx, guichet::Job job, const Import& import) {
    const auto table = import.kind->resource.entity.table;
    guichet::Tx tx{ctx};
    if (!import.key.empty()) check_still_new(ctx, import);
    if (table == "contract") number_contracts(ctx, import);
    const auto last = ctx.exec("select coalesce(max(line), 0) from import_line where import_id = $1", import.id).i64(0, 0);
    int64_t created = 0, updated = 0;
    for (int64_t line = 0; line <= last; line += kBatch) {
        job.progress(static_cast<uint32_t>(line * 100 / std::max<int64_t>(last, 1)));
        guichet::Query insert{ctx}, update{ctx};
        add_insert(insert, import, line, line + kBatch);
        add_update(update, import, line, line + kBatch);
        const auto made = insert.run(), changed = update.run();
        publish(ctx, import, "created", made);
        publish(ctx, import, "updated", changed);
        created += static_cast<int64_t>(made.size());
        updated += static_cast<int64_t>(changed.size());
    }
    if (created != import.created || updated != import.updated) throw guichet::Error{GUICHET_E_CONFLICT, std::string{kChanged}};
    if (table == "contact") keep_one_main_contact(ctx);
    auto details =
        ctx.object().set("file", import.file_name).set("object", import.kind->name).set("created", created).set("updated", updated);
    ctx.audit("directory.imported", "import/" + std::to_string(import.id), details.set("user_id", import.created_by));
    ctx.exec("delete from import_line where import_id = $1", import.id);
    ctx.exec("update import set state = 'done', file_id = null, finished_at = now() where id = $1", import.id);
    ctx.remove_file(import.file_id);
    tx.commit();
}

void go_on_with_import(Ctx ctx, guichet::Job job) {
    const auto id = job.args()["id"].integer().value_or(0);
    const auto import = get_import(ctx, id);
    try {
        if (import.state == "running") run_import(ctx, job, import);
        else if (import.state == "checking" && !check_import(ctx, job, import)) ctx.enqueue("directory.import", ctx.object().set("id", id));
    } catch (const guichet::Error& e) {
        if (e.code() == GUICHET_E_CANCELLED || e.code() == GUICHET_E_NOT_FOUND) throw;
        ctx.log(GUICHET_LOG_WARN, std::string{"import "} + std::to_string(id) + " failed: " + e.what());
        fail_import(ctx, id, explanation(e));
    }
}

}  // namespace directory
