#include "import_api.hpp"

#include "import_store.hpp"

#include <algorithm>

namespace directory::import_api {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr int kErrorsShown = 100;

Value errors_of(Ctx ctx, const Import& import) {
    const auto rows = import_problems(ctx, import.id, kErrorsShown);
    auto out = ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i)
        out.push(ctx.object()
                     .set("line", rows.i64(i, 0))
                     .set("field", rows.text(i, 1))
                     .set("value", rows.text(i, 2))
                     .set("message", ctx.tr(rows.text(i, 3))));
    return out;
}

void send(Ctx ctx, Request request, int64_t id) {
    const auto import = get_import(ctx, id);
    auto columns = ctx.array();
    for (const auto& column : import.columns) columns.push(column);
    auto out =
        ctx.object().set("id", import.id).set("object", import.kind->name).set("state", import.state).set("file_name", import.file_name);
    out.set("columns", columns).set("key", import.key).set("mode", import.mode).set("total", import.total).set("checked", import.checked);
    out.set("created", import.created).set("updated", import.updated).set("skipped", import.skipped).set("problems", import.problems);
    request.json(out.set("error", ctx.tr(import.error)).set("errors", errors_of(ctx, import)));
}

// "name,code,,town"; the guessed ones when it is left out.
std::vector<std::string> read_columns(Ctx ctx, Request request, const Import& import, const std::vector<ImportField>& fields,
                                      Problems& problems) {
    const auto given = request.form("columns");
    if (!given) return import.columns;
    std::vector<std::string> out;
    for (auto rest = *given;; rest.remove_prefix(rest.find(',') + 1)) {
        const auto name = guichet::trim(rest.substr(0, rest.find(',')));
        const bool known = name.empty() || std::ranges::find(fields, name, &ImportField::name) != fields.end();
        if (!known) problems.add("columns", ctx.tr("Choose one of the list."));
        else if (!name.empty() && std::ranges::find(out, name) != out.end())
            problems.add("columns", ctx.tr("Another column goes there already."));
        out.emplace_back(name);
        if (rest.find(',') == rest.npos) break;
    }
    if (out.size() > import.columns.size()) problems.add("columns", ctx.tr("The file has fewer columns."));
    out.resize(import.columns.size());
    return out;
}

}  // namespace

void create(Ctx ctx, Request request) {
    require_import(ctx);
    const auto* kind = find_import_kind(request.form("object").value_or(""));
    Problems problems{ctx};
    if (!kind) problems.add("object", ctx.tr("Choose one of the list."));
    problems.throw_if_any();
    guichet::Tx tx{ctx};
    auto wanted = get_import(ctx, add_import(ctx, request, *kind));
    const auto fields = import_fields(ctx, *kind);
    wanted.columns = read_columns(ctx, request, wanted, fields, problems);
    wanted.key = request.form("key") ? std::string{*request.form("key")} : likely_key(wanted);
    wanted.mode = request.form("mode").value_or("both");
    check_choice(ctx, wanted, fields, problems);
    problems.throw_if_any();
    start_check(ctx, wanted, wanted.columns, wanted.key, wanted.mode);
    tx.commit();
    request.status(201);
    request.header("Location", "/api/v1/imports/" + std::to_string(wanted.id));
    send(ctx, request, wanted.id);
}

void get(Ctx ctx, Request request) { send(ctx, request, request.id()); }

void run(Ctx ctx, Request request) {
    const auto import = get_import(ctx, request.id());
    if (!start_run(ctx, import))
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Only an import that was checked without an error is carried out.")}};
    send(ctx, request, import.id);
}

void remove(Ctx ctx, Request request) {
    if (!delete_import(ctx, get_import(ctx, request.id())))
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("The import is under way.")}};
    request.status(204);
}

}  // namespace directory::import_api
