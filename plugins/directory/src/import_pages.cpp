#include "import_pages.hpp"

#include "form.hpp"
#include "import_store.hpp"

#include <algorithm>

namespace directory::import_pages {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::size_t kRowsShown = 3;
constexpr int kProblemsShown = 100;
constexpr int kProblemsInFile = 10'000;

std::string path_of(int64_t id) { return "/imports/" + std::to_string(id); }

std::string_view title_of(Ctx ctx, const ImportKind& kind) { return ctx.tr(kind.resource.list_title); }

std::string_view state_label(Ctx ctx, std::string_view state) {
    if (state == "checking") return ctx.tr("Being checked");
    if (state == "checked") return ctx.tr("Checked");
    if (state == "running") return ctx.tr("Under way");
    if (state == "done") return ctx.tr("Imported");
    return ctx.tr(state == "failed" ? "Failed" : "To be prepared");
}

Value trail(Ctx ctx) {
    return ctx.array().push(crumb(ctx, ctx.tr("Accounts"), "/accounts")).push(crumb(ctx, ctx.tr("Imports"), "/imports"));
}

Value option(Ctx ctx, std::string_view value, std::string_view label) { return ctx.object().set("value", value).set("label", label); }

Value kinds(Ctx ctx) {
    auto out = ctx.array();
    for (const auto& kind : kImportKinds) out.push(option(ctx, kind.name, title_of(ctx, kind)));
    return out;
}

void show_list(Ctx ctx, Request request, std::string_view kind, Value errors) {
    const auto imports = recent_imports(ctx);
    for (std::size_t i = 0; i < imports.size(); ++i) {
        auto row = imports[i];
        const auto* found = find_import_kind(row["kind"].text().value_or(""));
        row.set("kind_label", found ? title_of(ctx, *found) : "").set("state_label", state_label(ctx, row["state"].text().value_or("")));
    }
    auto data = ctx.object()
                    .set("title", ctx.tr("Imports"))
                    .set("kinds", kinds(ctx))
                    .set("kind", kind)
                    .set("errors", errors)
                    .set("imports", imports);
    data.set("breadcrumb", ctx.array().push(crumb(ctx, ctx.tr("Accounts"), "/accounts")).push(crumb(ctx, ctx.tr("Imports"))));
    request.page("imports/list.html", data);
}

std::string label_of_field(const std::vector<ImportField>& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &ImportField::name);
    return found == fields.end() ? std::string{name} : found->label;
}

// [{head, index, field, samples}]
Value columns(Ctx ctx, const Import& import, const std::vector<std::vector<std::string>>& rows) {
    auto out = ctx.array();
    for (std::size_t i = 0; !rows.empty() && i < rows[0].size(); ++i) {
        std::string samples;
        for (std::size_t r = 1; r < rows.size(); ++r)
            if (i < rows[r].size() && !rows[r][i].empty()) samples += (samples.empty() ? "" : " · ") + rows[r][i];
        auto column = ctx.object().set("head", rows[0][i]).set("name", "column" + std::to_string(i)).set("samples", samples);
        out.push(column.set("field", i < import.columns.size() ? import.columns[i] : std::string{}));
    }
    return out;
}

void add_choices(Ctx ctx, const Import& import, const std::vector<ImportField>& fields, Value& data) {
    auto all = ctx.array(), keys = ctx.array(), modes = ctx.array();
    for (const auto& field : fields) all.push(option(ctx, field.name, field.needed ? field.label + " *" : field.label));
    for (const auto key : import.kind->keys) keys.push(option(ctx, key, label_of_field(fields, key)));
    modes.push(option(ctx, "both", ctx.tr("Add what is new, update what is there")));
    modes.push(option(ctx, "create", ctx.tr("Only add what is new")));
    modes.push(option(ctx, "update", ctx.tr("Only update what is there")));
    data.set("fields", all).set("keys", keys).set("modes", modes);
}

void add_problems(Ctx ctx, const Import& import, const std::vector<ImportField>& fields, Value& data) {
    const auto rows = import_problems(ctx, import.id, kProblemsShown);
    auto out = ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i)
        out.push(ctx.object()
                     .set("line", rows.i64(i, 0))
                     .set("column", label_of_field(fields, rows.text(i, 1)))
                     .set("value", rows.text(i, 2))
                     .set("message", ctx.tr(rows.text(i, 3))));
    data.set("rows", out).set("more", import.problems > kProblemsShown);
}

void show_import(Ctx ctx, Request request, const Import& import, Value errors = {}) {
    const auto fields = import_fields(ctx, *import.kind);
    auto data = ctx.object()
                    .set("title", import.file_name)
                    .set("id", import.id)
                    .set("state", import.state)
                    .set("kind_label", title_of(ctx, *import.kind));
    data.set("state_label", state_label(ctx, import.state)).set("mode", import.mode).set("error", ctx.tr(import.error));
    data.set("total", import.total).set("checked", import.checked).set("created", import.created).set("updated", import.updated);
    data.set("skipped", import.skipped).set("problems", import.problems).set("path", import.kind->resource.path);
    data.set("percent", import.total > 0 ? import.checked * 100 / import.total : 0).set("has_file", import.file_id != 0);
    data.set("errors", errors).set("breadcrumb", trail(ctx).push(crumb(ctx, import.file_name)));
    if (import.state == "new") {
        data.set("columns", columns(ctx, import, first_rows(ctx, import, 1 + kRowsShown)))
            .set("key", import.key.empty() ? likely_key(import) : import.key);
        data.set("encoding", import.format.windows_1252 ? "windows-1252" : "utf-8")
            .set("separator", std::string(1, import.format.separator));
        add_choices(ctx, import, fields, data);
    }
    if (import.state == "checked") add_problems(ctx, import, fields, data);
    request.page(request.is_htmx() ? "imports/progress.html" : "imports/show.html", data);
}

// The field of each column as chosen; what is wrong with the choice.
std::vector<std::string> read_columns(Ctx ctx, Request request, const Import& import, const std::vector<ImportField>& fields,
                                      Problems& problems) {
    std::vector<std::string> out(import.columns.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto name = "column" + std::to_string(i);
        const auto chosen = request.form(name).value_or("");
        if (chosen.empty()) continue;
        if (std::ranges::find(fields, chosen, &ImportField::name) == fields.end()) problems.add(name, ctx.tr("Choose one of the list."));
        else if (std::ranges::find(out, chosen) != out.end()) problems.add(name, ctx.tr("Another column goes there already."));
        else out[i] = chosen;
    }
    return out;
}

}  // namespace

void list(Ctx ctx, Request request) {
    require_import(ctx);
    show_list(ctx, request, kImportKinds.front().name, {});
}

void create(Ctx ctx, Request request) {
    require_import(ctx);
    const auto* kind = find_import_kind(request.form("kind").value_or(""));
    Problems problems{ctx};
    if (!kind) problems.add("kind", ctx.tr("Choose one of the list."));
    try {
        if (kind) return request.redirect(path_of(add_import(ctx, request, *kind)));
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_INVALID || e.field().empty()) throw;
        problems.add(e.field(), e.what());
    }
    request.status(422);
    show_list(ctx, request, kind ? kind->name : kImportKinds.front().name, problems.by_field());
}

void show(Ctx ctx, Request request) { show_import(ctx, request, get_import(ctx, request.id())); }

void format(Ctx ctx, Request request) {
    const auto import = get_import(ctx, request.id());
    const auto separator = request.form("separator").value_or("");
    const bool known = separator == ";" || separator == "," || separator == "\t" || separator == "tab";
    const CsvFormat format{.windows_1252 = request.form("encoding") == "windows-1252",
                           .separator = separator == "tab" ? '\t'
                                        : known            ? separator[0]
                                                           : ';'};
    try {
        reread_import(ctx, import, format);
    } catch (const guichet::Error& e) {
        if (e.field() != "file") throw;
        request.status(422);
        return show_import(ctx, request, import, ctx.object().set("separator", e.what()));
    }
    request.redirect(path_of(import.id));
}

void check(Ctx ctx, Request request) {
    const auto import = get_import(ctx, request.id());
    const auto fields = import_fields(ctx, *import.kind);
    Problems problems{ctx};
    auto wanted = import;
    wanted.columns = read_columns(ctx, request, import, fields, problems);
    wanted.key = request.form("key").value_or("");
    wanted.mode = request.form("mode").value_or("");
    check_choice(ctx, wanted, fields, problems);
    if (problems) {
        request.status(422);
        return show_import(ctx, request, wanted, problems.by_field());
    }
    start_check(ctx, import, wanted.columns, wanted.key, wanted.mode);
    request.redirect(path_of(import.id));
}

void change(Ctx ctx, Request request) {
    change_import(ctx, get_import(ctx, request.id()));
    request.redirect(path_of(request.id()));
}

void run(Ctx ctx, Request request) {
    start_run(ctx, get_import(ctx, request.id()));
    request.redirect(path_of(request.id()));
}

void remove(Ctx ctx, Request request) {
    delete_import(ctx, get_import(ctx, request.id()));
    request.redirect("/imports");
}

void problems(Ctx ctx, Request request) {
    const auto import = get_import(ctx, request.id());
    const auto fields = import_fields(ctx, *import.kind);
    const auto rows = import_problems(ctx, import.id, kProblemsInFile);
    guichet::CsvWriter out{import.format.separator};
    for (const std::string_view head : {"Line", "Column", "Value", "Error"}) out.cell(ctx.tr(head));
    out.end_row();
    for (std::size_t i = 0; i < rows.size(); ++i)
        out.plain(std::to_string(rows.i64(i, 0)))
            .cell(label_of_field(fields, rows.text(i, 1)))
            .cell(rows.text(i, 2))
            .cell(ctx.tr(rows.text(i, 3)))
            .end_row();
    request.header("Content-Disposition", "attachment; filename=\"import-" + std::to_string(import.id) + ".csv\"");
    request.send(guichet::kCsvType, out.text());
}

}  // namespace directory::import_pages
