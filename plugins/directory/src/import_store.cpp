#include "import_store.hpp"

#include "access.hpp"

#include <algorithm>

namespace directory {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::size_t kBeginning = std::size_t{64} << 10;  // enough to tell the format
constexpr std::size_t kMostColumns = 200;
constexpr std::string_view kJob = "directory.import";

std::string_view text(Value row, std::string_view member) { return row[member].text().value_or(""); }
int64_t number(Value row, std::string_view member) { return row[member].integer().value_or(0); }

[[noreturn]] void refuse(Ctx ctx, std::string_view msgid) { throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr(msgid)}, "file"}; }

std::string_view encoding_of(const CsvFormat& format) { return format.windows_1252 ? "windows-1252" : "utf-8"; }

Value to_array(Ctx ctx, const std::vector<std::string>& texts) {
    auto out = ctx.array();
    for (const auto& one : texts) out.push(one);
    return out;
}

struct Contents {
    std::vector<std::string> heads;
    std::size_t rows = 0;
    FilePlace first;  // of the rows
};

Contents look_into(Ctx ctx, int64_t file_id, const CsvFormat& format) {
    ImportFile file{ctx, file_id, format};
    Contents out;
    try {
        if (!file.next(out.heads)) refuse(ctx, "The file is empty.");
        out.first = file.place();
        for (std::vector<std::string> cells; file.next(cells); ++out.rows)
            if (out.rows == kMostLines) refuse(ctx, "The file has more than 100,000 lines. Split it.");
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_INVALID || !e.field().empty()) throw;
        refuse(ctx, e.what());
    }
    if (out.heads.size() > kMostColumns) refuse(ctx, "The file has more than 200 columns.");
    if (out.rows == 0) refuse(ctx, "The file has a head, but no line below it.");
    return out;
}

FilePlace behind_head(Ctx ctx, const Import& import) {
    ImportFile file{ctx, import.file_id, import.format};
    std::vector<std::string> heads;
    file.next(heads);
    return file.place();
}

void check_beginning(Ctx ctx, std::string_view beginning) {
    if (beginning.empty()) refuse(ctx, "The file is empty.");
    if (beginning.starts_with("PK") || beginning.find('\0') != beginning.npos)
        refuse(ctx, "This is no CSV file. Open it in the spreadsheet and save it as CSV.");
}

}  // namespace

bool may_import(Ctx ctx) {
    return std::ranges::all_of(std::initializer_list<std::string_view>{kRead, kCreate, kUpdate},
                               [&](std::string_view permission) { return ctx.level(permission) == GUICHET_LEVEL_ALL; });
}

void require_import(Ctx ctx) {
    if (!may_import(ctx)) throw guichet::Error{GUICHET_E_DENIED, "imports add and change accounts of everybody"};
}

Import get_import(Ctx ctx, int64_t id) {
    require_import(ctx);
    const auto row =
        only_row(ctx.exec("select id, kind, state, file_id, file_name, encoding, separator, columns, key, mode, words, total, checked,"
                          " at_byte, at_line, created, updated, skipped, problems, error, created_by from import where id = $1",
                          id));
    Import out{.id = id,
               .kind = find_import_kind(text(row, "kind")),
               .state = std::string{text(row, "state")},
               .key = std::string{text(row, "key")},
               .mode = std::string{text(row, "mode")},
               .file_name = std::string{text(row, "file_name")},
               .file_id = number(row, "file_id"),
               .format = {.windows_1252 = text(row, "encoding") == "windows-1252", .separator = text(row, "separator").front()},
               .columns = {},
               .words = row["words"],
               .place = {static_cast<uint64_t>(number(row, "at_byte")), static_cast<std::size_t>(number(row, "at_line"))},
               .total = number(row, "total"),
               .checked = number(row, "checked"),
               .created = number(row, "created"),
               .updated = number(row, "updated"),
               .skipped = number(row, "skipped"),
               .problems = number(row, "problems"),
               .error = std::string{text(row, "error")},
               .created_by = row["created_by"].integer()};
    const auto columns = row["columns"];
    for (std::size_t i = 0; i < columns.size(); ++i) out.columns.emplace_back(columns[i].text().value_or(""));
    return out;
}

Value recent_imports(Ctx ctx) {
    return ctx
        .exec(
            "select i.id, i.kind, i.state, i.file_name, i.total, i.created_at, u.name as created_name from import i"
            " left join core.user_v1 u on u.id = i.created_by order by i.id desc limit 10")
        .value();
}

int64_t add_import(Ctx ctx, Request request, const ImportKind& kind) {
    require_import(ctx);
    const auto upload = request.upload(0);
    if (!upload || upload->bytes == 0) refuse(ctx, upload && !upload->filename.empty() ? "The file is empty." : "Choose a file.");
    guichet::Tx tx{ctx};
    const auto file = request.store_upload(0);
    const auto beginning = ctx.read_file(file.id, 0, kBeginning);
    check_beginning(ctx, beginning);
    const auto format = detect_format(beginning);
    const auto contents = look_into(ctx, file.id, format);
    const auto fields = import_fields(ctx, kind);
    const auto columns = guess_columns(ctx, fields, contents.heads);
    const auto author = ctx.user_id() > 0 ? std::optional{ctx.user_id()} : std::nullopt;
    const auto id =
        ctx.exec(
               "insert into import (kind, file_id, file_name, encoding, separator, columns, total, at_byte, at_line, created_by)"
               " values ($1, $2, $3, $4, $5, $6::jsonb, $7::int, $8::bigint, $9::int, $10::bigint) returning id",
               kind.name, file.id, file.name, encoding_of(format), std::string(1, format.separator),
               guichet::to_json(ctx, to_array(ctx, columns)), contents.rows, contents.first.byte, contents.first.line, author)
            .i64(0, 0);
    tx.commit();
    return id;
}

void check_choice(Ctx ctx, const Import& wanted, const std::vector<ImportField>& fields, guichet::Problems& problems) {
    const auto used = [&](std::string_view field) { return std::ranges::find(wanted.columns, field) != wanted.columns.end(); };
    if (!wanted.key.empty() && std::ranges::find(wanted.kind->keys, wanted.key) == wanted.kind->keys.end())
        problems.add("key", ctx.tr("Choose one of the list."));
    else if (!wanted.key.empty() && !used(wanted.key)) problems.add("key", ctx.tr("No column goes to this field."));
    if (wanted.mode != "both" && wanted.mode != "create" && wanted.mode != "update")
        problems.add("mode", ctx.tr("Choose one of the list."));
    if (wanted.mode == "update" && wanted.key.empty()) problems.add("key", ctx.tr("Say how a line finds what it updates."));
    if (!wanted.creates()) return;
    for (const auto& field : fields)
        if (field.needed && !used(field.name))
            problems.add("columns", guichet::fill(ctx.tr("What is added needs the field “%1”: give it a column."), {field.label}));
}

std::string likely_key(const Import& import) {
    for (const auto key : import.kind->keys)
        if (std::ranges::find(import.columns, key) != import.columns.end()) return std::string{key};
    return {};
}

void reread_import(Ctx ctx, const Import& import, const CsvFormat& format) {
    const auto contents = look_into(ctx, import.file_id, format);
    const auto columns = guess_columns(ctx, import_fields(ctx, *import.kind), contents.heads);
    ctx.exec(
        "update import set encoding = $2, separator = $3, columns = $4::jsonb, total = $5::int, at_byte = $6::bigint, at_line = $7::int"
        " where id = $1 and state = 'new'",
        import.id, encoding_of(format), std::string(1, format.separator), guichet::to_json(ctx, to_array(ctx, columns)), contents.rows,
        contents.first.byte, contents.first.line);
}

void start_check(Ctx ctx, const Import& import, const std::vector<std::string>& columns, std::string_view key, std::string_view mode) {
    const auto first = behind_head(ctx, import);
    const auto words = import_words(ctx, *import.kind, import_fields(ctx, *import.kind));
    guichet::Tx tx{ctx};
    const auto started = ctx.exec(
        "update import set state = 'checking', columns = $2::jsonb, key = $3, mode = $4, words = $5::jsonb, at_byte = $6::bigint,"
        " at_line = $7::int, checked = 0, created = 0, updated = 0, skipped = 0, problems = 0, error = ''"
        " where id = $1 and state = 'new'",
        import.id, guichet::to_json(ctx, to_array(ctx, columns)), key, mode, guichet::to_json(ctx, words), first.byte, first.line);
    if (started.affected() == 1) ctx.enqueue(kJob, ctx.object().set("id", import.id));
    tx.commit();
}

void change_import(Ctx ctx, const Import& import) {
    guichet::Tx tx{ctx};
    const auto changed = ctx.exec(
        "update import set state = 'new', error = '' where id = $1 and state in ('checked', 'failed') and file_id is not null", import.id);
    if (changed.affected() == 1) {
        ctx.exec("delete from import_line where import_id = $1", import.id);
        ctx.exec("delete from import_problem where import_id = $1", import.id);
    }
    tx.commit();
}

bool start_run(Ctx ctx, const Import& import) {
    guichet::Tx tx{ctx};
    const auto started = ctx.exec("update import set state = 'running' where id = $1 and state = 'checked' and problems = 0", import.id);
    if (started.affected() == 1) ctx.enqueue(kJob, ctx.object().set("id", import.id));
    tx.commit();
    return started.affected() == 1;
}

bool delete_import(Ctx ctx, const Import& import) {
    guichet::Tx tx{ctx};
    const auto gone = ctx.exec("delete from import where id = $1 and state not in ('checking', 'running')", import.id);
    if (gone.affected() == 1 && import.file_id) ctx.remove_file(import.file_id);
    tx.commit();
    return gone.affected() == 1;
}

void delete_forgotten_imports(Ctx ctx) {
    const auto old =
        ctx.exec("select id from import where created_at < now() - interval '7 days' and state in ('new', 'checked', 'failed')");
    for (std::size_t i = 0; i < old.size(); ++i) delete_import(ctx, get_import(ctx, old.i64(i, 0)));
}

void fail_import(Ctx ctx, int64_t id, std::string_view why) {
    ctx.exec("update import set state = 'failed', error = $2, finished_at = now() where id = $1", id, why);
}

std::vector<std::vector<std::string>> first_rows(Ctx ctx, const Import& import, std::size_t most) {
    std::vector<std::vector<std::string>> out;
    ImportFile file{ctx, import.file_id, import.format};
    for (std::vector<std::string> cells; out.size() < most && file.next(cells);) out.push_back(cells);
    return out;
}

guichet::Rows import_problems(Ctx ctx, int64_t id, int most) {
    return ctx.exec("select line, field, value, message from import_problem where import_id = $1 order by line, id limit $2", id, most);
}

}  // namespace directory
