#include "import.hpp"

#include "event_store.hpp"
#include "ics_read.hpp"
#include "present.hpp"

namespace calendar {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::size_t kAtOnce = 200;
constexpr std::size_t kMostProblems = 100;  // that are kept; all are counted

void send_form(Ctx ctx, Request request, Value errors) {
    const auto title = ctx.tr("Import events");
    auto data = ctx.object().set("title", title).set("breadcrumb", breadcrumb(ctx, {{title, ""}})).set("errors", errors);
    data.set(
        "imports",
        ctx.exec(
               "select id, file_name, state, added, updated, refused, created_at from import where user_id = $1 order by id desc limit 10",
               ctx.user_id())
            .value());
    request.page("import.html", data);
}

// Throws Error{GUICHET_E_INVALID}, field "file".
[[noreturn]] void refuse(std::string message) { throw guichet::Error{GUICHET_E_INVALID, std::move(message), "file"}; }

int64_t store(Ctx ctx, Request request) {
    const auto upload = request.upload(0);
    if (!upload || upload->bytes == 0) refuse(std::string{ctx.tr("Choose a file.")});
    if (upload->bytes > kLargestImport) refuse(std::string{ctx.tr("The file is larger than 5 MB.")});
    guichet::Tx tx{ctx};
    const auto file = request.store_upload(0);
    const auto text = ctx.read_file(file.id);
    if (count_events(text) > kMostImported)
        refuse(guichet::fill(ctx.tr("The file has more than %1 events: export a shorter time, or a part of the calendars."),
                             {std::to_string(kMostImported)}));
    const auto events = read_ics(text, ctx.zone());
    if (!events) refuse(std::string{ctx.tr("This is not a calendar file (.ics).")});
    if (events->empty()) refuse(std::string{ctx.tr("There is no event in the file.")});
    const auto id = ctx.exec("insert into import (user_id, file_id, file_name, zone) values ($1, $2, $3, $4) returning id", ctx.user_id(),
                             file.id, file.name.substr(0, 200), ctx.zone())
                        .i64(0, 0);
    ctx.enqueue("calendar.import", ctx.object().set("import_id", id), "import-" + std::to_string(id));
    ctx.audit("calendar.import_begun", "import/" + std::to_string(id), ctx.object().set("events", events->size()));
    tx.commit();
    return id;
}

struct Import {
    int64_t id, user_id;
    int64_t added = 0, updated = 0, refused = 0;
};

// Why the event is not taken; "" when it is stored.
std::string_view take(Ctx ctx, ReadEvent& read, Import& import) {
    if (!read.problem.empty()) return read.problem;
    read.entry.owner_id = import.user_id;
    const auto series = read.uid.empty() ? std::optional<int64_t>{} : [&] {
        const auto rows = ctx.exec("select id from event where uid = $1 and series_id is null", read.uid);
        return rows.empty() ? std::nullopt : std::optional{rows.i64(0, 0)};
    }();
    const auto stored = series ? std::optional{load_for_update(ctx, *series)} : std::nullopt;
    if (stored && stored->entry.owner_id != import.user_id) return "It is an event of somebody else.";
    if (read.recurs_at && (!stored || stored->entry.rule.empty())) return "The series that it belongs to is not there.";
    if (read.recurs_at) {
        const auto rows = ctx.exec("select id from event where series_id = $1 and recurs_at = $2", *series, *read.recurs_at);
        if (rows.empty()) insert(ctx, {read.entry, stored->uid, series, read.recurs_at, read.sequence, {}}), ++import.added;
        else update(ctx, load_for_update(ctx, rows.i64(0, 0)), read.entry), ++import.updated;
    } else if (stored) {
        // what the file does not know stays
        for (auto member : {&Entry::ticket_id, &Entry::account_id, &Entry::contact_id, &Entry::reminder_minutes})
            read.entry.*member = stored->entry.*member;
        read.entry.type = stored->entry.type;
        update(ctx, *stored, read.entry);
        set_excluded(ctx, *stored, read.excluded);
        ++import.updated;
    } else {
        insert(ctx, {read.entry, read.uid, {}, {}, read.sequence, read.excluded});
        ++import.added;
    }
    return {};
}

void take_some(Ctx ctx, std::vector<ReadEvent>& events, std::size_t begin, std::size_t end, Import& import) {
    guichet::Tx tx{ctx};
    for (auto i = begin; i < end; ++i) {
        const auto problem = take(ctx, events[i], import);
        if (problem.empty()) continue;
        if (static_cast<std::size_t>(++import.refused) <= kMostProblems)
            ctx.exec("insert into import_problem (import_id, title, problem) values ($1, $2, $3)", import.id, events[i].entry.title,
                     problem);
    }
    ctx.exec("update import set done = $2, added = $3, updated = $4, refused = $5 where id = $1", import.id, end, import.added,
             import.updated, import.refused);
    tx.commit();
}

}  // namespace

void show_imports(Ctx ctx, Request request) { send_form(ctx, request, ctx.object()); }

void begin_import(Ctx ctx, Request request) {
    try {
        request.redirect("/calendar/imports/" + std::to_string(store(ctx, request)));
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_INVALID || error.field() != "file") throw;
        request.status(422);
        send_form(ctx, request, ctx.object().set("file", error.what()));
    }
}

void show_import(Ctx ctx, Request request) {
    const auto rows =
        ctx.exec("select id, file_name, state, done, added, updated, refused, created_at from import where id = $1 and user_id = $2",
                 request.id(), ctx.user_id());
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such import"};
    auto problems = ctx.exec("select title, problem from import_problem where import_id = $1 order by id", request.id()).value();
    for (std::size_t i = 0; i < problems.size(); ++i) {
        auto each = problems[i];
        each.set("problem", ctx.tr(each["problem"].text().value_or("")));
    }
    const auto title = ctx.tr("Import events");
    auto data = ctx.object().set("title", title).set("breadcrumb", breadcrumb(ctx, {{title, "/calendar/imports"}, {rows.text(0, 1), ""}}));
    request.page("import_done.html", data.set("import", rows.row(0)).set("problems", problems));
}

void run_import(Ctx ctx, guichet::Job job) {
    const auto id = job.args()["import_id"].integer().value_or(0);
    const auto rows =
        ctx.exec("select user_id, file_id, zone, done, added, updated, refused from import where id = $1 and state = 'waiting'", id);
    if (rows.empty()) return;
    auto events = read_ics(ctx.read_file(rows.i64(0, 1)), rows.text(0, 2)).value_or(std::vector<ReadEvent>{});
    Import import{id, rows.i64(0, 0), rows.i64(0, 4), rows.i64(0, 5), rows.i64(0, 6)};
    for (auto begin = static_cast<std::size_t>(rows.i64(0, 3)); begin < events.size(); begin += kAtOnce) {
        job.progress(static_cast<uint32_t>(begin * 100 / events.size()));
        take_some(ctx, events, begin, std::min(begin + kAtOnce, events.size()), import);
    }
    guichet::Tx tx{ctx};
    ctx.exec("update import set state = 'done', file_id = null where id = $1", id);
    ctx.remove_file(rows.i64(0, 1));
    tx.commit();
}

}  // namespace calendar
