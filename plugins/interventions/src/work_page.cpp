#include "work_page.hpp"

#include "access.hpp"
#include "clock.hpp"
#include "equipment_store.hpp"
#include "file_store.hpp"
#include "form.hpp"
#include "intervention_page.hpp"
#include "intervention_store.hpp"
#include "line_store.hpp"
#include "signature.hpp"

namespace interventions::work_page {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::size_t kLongestReport = 10000;

std::string work_path(Request request) { return intervention_page::path_of(request.id()) + "/work"; }

Value contact_of(Ctx ctx, Value row) {
    if (const auto contact = row["contact_id"].integer()) {
        const auto rows =
            ctx.exec("select name, coalesce(mobile, phone) as phone, email from directory.contact_v1 where id = $1", *contact);
        if (!rows.empty()) return rows.row(0);
    }
    const auto rows = ctx.exec("select name, phone, email from directory.account_v1 where id = $1", row["account_id"].integer());
    return rows.empty() ? Value{} : rows.row(0);
}

Value equipment_of(Ctx ctx, Value row) {
    const auto rows =
        ctx.exec("select id, label, serial, model, site, address from equipment where id = $1", row["equipment_id"].integer());
    return rows.empty() ? Value{} : rows.row(0);
}

// What was typed stays in the form when something is wrong.
void show_page(Ctx ctx, Request request, Value row, Value errors) {
    present_intervention(ctx, row);
    const auto id = request.id();
    auto data = ctx.object().set("title", row["name"]).set("sheet", row).set("errors", errors).set("locked", lock_of(ctx, row));
    data.set("breadcrumb", crumbs(ctx, {{ctx.tr("Interventions"), "/interventions"},
                                        {row["name"].text().value_or(""), intervention_page::path_of(id)},
                                        {ctx.tr("On site"), ""}}));
    const auto lines = shown_lines(ctx, id);
    data.set("lines", lines).set("totals", totals_of(ctx, lines)).set("files", files_of(ctx, "intervention_id", id));
    if (const auto since = clock_of(ctx, id)) data.set("running_since", *since);
    data.set("contact", contact_of(ctx, row)).set("equipment", equipment_of(ctx, row));
    data.set("typed", ctx.object().set("note", request.form("note").value_or("")).set("signer", request.form("signer").value_or("")));
    request.page("work/page.html", data.set("may_change", may(ctx, kUpdate, id) && lock_of(ctx, row).empty()));
}

template <class F>
void try_change(Ctx ctx, Request request, F&& change) {
    (void)intervention_page::row_to_change(ctx, request);
    try {
        change();
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_CONFLICT && e.code() != GUICHET_E_INVALID) throw;
        request.status(e.code() == GUICHET_E_CONFLICT ? 409 : 422);
        return show_page(ctx, request, get_intervention(ctx, request.id()),
                         ctx.object().set(e.field().empty() ? "status" : e.field(), e.what()));
    }
    request.redirect(work_path(request));
}

}  // namespace

void show(Ctx ctx, Request request) { show_page(ctx, request, get_intervention(ctx, request.id()), {}); }

void start(Ctx ctx, Request request) {
    try_change(ctx, request, [&] { start_clock(ctx, request.id()); });
}

void stop(Ctx ctx, Request request) {
    try_change(ctx, request,
               [&] { stop_clock(ctx, request.id(), guichet::one_line(request.form("description").value_or("")).substr(0, 500)); });
}

void add_note(Ctx ctx, Request request) {
    try_change(ctx, request, [&] {
        const auto text = guichet::lines(request.form("note").value_or(""));
        if (text.empty()) throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("Write the note first.")}, "note"};
        guichet::Tx tx{ctx};
        lock_open(ctx, request.id());
        const auto rows = ctx.exec(
            "update intervention set report = coalesce(report || E'\\n', '') || $2::text, version = version + 1 where id = $1"
            " and length(coalesce(report || E'\\n', '') || $2::text) <= $3 returning id",
            request.id(), text, int64_t{kLongestReport});
        if (rows.empty())
            throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("The report would be longer than 10,000 characters.")}, "note"};
        note(ctx, request.id(), "edited");
        tx.commit();
    });
}

void add_photo(Ctx ctx, Request request) {
    try_change(ctx, request, [&] {
        guichet::Tx tx{ctx};
        lock_open(ctx, request.id());
        add_uploads(ctx, request, "intervention_id", request.id());
        note(ctx, request.id(), "file_added");
        tx.commit();
    });
}

void sign_it(Ctx ctx, Request request) {
    try_change(ctx, request, [&] { sign(ctx, request, request.id(), request.form("signer").value_or("")); });
}

}  // namespace interventions::work_page
