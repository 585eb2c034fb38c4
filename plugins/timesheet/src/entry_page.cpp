#include "entry_page.hpp"

#include "access.hpp"
#include "duration.hpp"
#include "entry_request.hpp"
#include "present.hpp"
#include "work_form.hpp"

#include <guichet/sdk/csv.hpp>

namespace timesheet {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr int kPageSize = 25;
constexpr int kMostExported = 50'000;

std::string entry_path(int64_t id) { return "/time/entries/" + std::to_string(id); }

Value breadcrumb(Ctx ctx, std::string_view title) {
    return ctx.array().push(ctx.object().set("label", ctx.tr("Time spent")).set("url", "/time")).push(ctx.object().set("label", title));
}

// --- a new entry: on the ticket the form was opened on, else on the one whose number is typed ---
struct NewForm {
    std::string ref;
    std::optional<Booking> on;
};

NewForm read_new(Ctx ctx, Request request, std::optional<std::string_view> ticket_id) {
    NewForm out;
    if (const auto id = guichet::to_integer(ticket_id.value_or(""))) out.on = find_booking(ctx, *id);
    else if (request.form("ticket")) {
        out.ref = guichet::one_line(*request.form("ticket"));
        out.on = find_booking(ctx, std::string_view{out.ref});
    }
    return out;
}

void send_new(Ctx ctx, Request request, const NewForm& on, const TypedWork& typed, Value errors) {
    const auto title =
        on.on && on.ref.empty() ? guichet::fill(ctx.tr("Add time to ticket %1"), {on.on->ref}) : std::string{ctx.tr("Add time")};
    auto data = ctx.object().set("title", title).set("breadcrumb", breadcrumb(ctx, title)).set("errors", errors).set("ref", on.ref);
    if (on.on && on.ref.empty()) data.set("ticket_id", on.on->ticket).set("subject", on.on->subject);
    add_form(ctx, data, typed, nullptr);
    request.page("entry/new.html", data);
}

std::string back_to(const NewForm& on) {
    return on.ref.empty() ? "/tickets/" + std::to_string(on.on->ticket) + "?tab=timesheet.ticket" : std::string{"/time"};
}

void send_form(Ctx ctx, Request request, const Entry& entry, const TypedWork& typed, Value errors) {
    const auto title = guichet::fill(ctx.tr("Time on ticket %1"), {entry.on.ref});
    auto rows = ctx.array().push(entry.row);
    present_entries(ctx, rows);
    add_subjects(ctx, rows);
    auto data =
        ctx.object().set("title", title).set("breadcrumb", breadcrumb(ctx, title)).set("errors", errors).set("entry", rows[std::size_t{0}]);
    data.set("may_update", may(ctx, entry.id, kUpdate)).set("may_delete", may(ctx, entry.id, kDelete)).set("version", entry.version);
    add_form(ctx, data, typed, &entry.work);
    request.page("entry/form.html", data);
}

// --- the file ---
void add_row(Ctx ctx, guichet::CsvWriter& csv, Value row) {
    const auto text = [&](std::string_view name) { return row[name].text().value_or(""); };
    csv.plain(text("day")).plain(text("from_time")).plain(text("to_time"));
    csv.plain(decimal_hours(ctx, row["seconds"].integer().value_or(0))).cell(row["duration"].text().value_or(""));
    csv.cell(text("user_name")).cell(text("ticket_ref")).cell(text("subject")).cell(text("account_name")).cell(text("contract_ref"));
    csv.cell(text("activity_label")).cell(text("note"));
    csv.plain(ctx.tr(row["billable"].boolean().value_or(false) ? "Yes" : "No"));
    csv.plain(ctx.tr(row["over_pack"].boolean().value_or(false) ? "Yes" : "No")).end_row();
}

}  // namespace

void show_entries(Ctx ctx, Request request) {
    const auto filter = read_filter(ctx, request, "me");
    const auto after = decode(request.query("cursor").value_or(""));
    auto page = list_entries(ctx, filter, kPageSize, after);
    present_entries(ctx, page.items);
    add_subjects(ctx, page.items);
    auto data = ctx.object().set("title", ctx.tr("Time spent")).set("entries", page.items).set("filter", filter_bar(ctx, filter));
    const auto list = query_of(filter);
    data.set("export_url", "/time/export?" + list)
        .set("report_url", "/time/report?" + list)
        .set("deleted", request.query("done") == "deleted");
    if (!page.next.empty()) data.set("next_url", "/time?" + list + "&cursor=" + page.next);
    if (after) data.set("first_url", "/time?" + list);
    data.set("mine", filter.user == ctx.user_id()).set("everybody", !filter.user);
    request.page("entry/list.html", data);
}

void export_entries(Ctx ctx, Request request) {
    const auto filter = read_filter(ctx, request, "me");
    auto page = list_entries(ctx, filter, kMostExported, std::nullopt);
    if (!page.next.empty())
        throw guichet::Error{GUICHET_E_INVALID,
                             std::string{ctx.tr("More than 50,000 entries match. Narrow the list, and export it in parts.")}};
    present_entries(ctx, page.items);
    add_subjects(ctx, page.items);
    guichet::CsvWriter csv;
    for (const auto head : {"Day", "From", "To", "Hours", "Duration", "User", "Ticket", "Title", "Account", "Contract", "Activity", "Note",
                            "Billable", "Over the pack"})
        csv.cell(ctx.tr(head));
    csv.end_row();
    for (std::size_t i = 0; i < page.items.size(); ++i) add_row(ctx, csv, page.items[i]);
    guichet::Tx tx{ctx};
    ctx.audit("timesheet.exported", "time_entry", ctx.object().set("entries", page.items.size()).set("filter", query_of(filter)));
    tx.commit();
    request.header("Content-Disposition", "attachment; filename=\"time.csv\"");
    request.send(guichet::kCsvType, csv.text());
}

void show_new_entry(Ctx ctx, Request request) {
    const auto on = read_new(ctx, request, request.query("ticket_id"));
    if (request.query("ticket_id") && !on.on) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such ticket"};
    const Settings settings{ctx};
    TypedWork typed;
    typed.span.day = today(ctx);
    typed.activity = settings.activity;
    typed.billable = settings.billable;
    auto errors = ctx.object();
    if (const auto why = on.on ? obstacle(ctx, settings, *on.on) : std::string{}; !why.empty()) errors.set("ticket", why);
    send_new(ctx, request, on, typed, errors);
}

void add_typed_entry(Ctx ctx, Request request) {
    const auto on = read_new(ctx, request, request.form("ticket_id"));
    const auto typed = typed_work(request);
    guichet::Problems problems{ctx};
    const auto work = read_work(ctx, typed, nullptr, problems);
    if (!on.on) problems.add("ticket", ctx.tr("There is no ticket of this number that you may see."));
    else if (const auto why = obstacle(ctx, Settings{ctx}, *on.on); !why.empty()) problems.add("ticket", why);
    try {
        if (!problems) add_entry(ctx, ctx.user_id(), *on.on, work);
    } catch (const guichet::Error& error) {
        show_refusal(error, problems);
    }
    if (!problems) return request.redirect(back_to(on));
    request.status(422);
    send_new(ctx, request, on, typed, problems.by_field());
}

void show_entry(Ctx ctx, Request request) {
    const auto entry = load_entry(ctx, request.id(), kRead);
    send_form(ctx, request, entry, show_work(ctx, entry.work), ctx.object());
}

void save_entry(Ctx ctx, Request request) {
    const auto entry = load_entry(ctx, request.id(), kUpdate);
    const auto typed = typed_work(request);
    guichet::Problems problems{ctx};
    const auto work = read_work(ctx, typed, &entry.work, problems);
    try {
        if (!problems) change_entry(ctx, entry, guichet::to_integer(request.form("version").value_or("")).value_or(0), work);
    } catch (const guichet::Error& error) {
        show_refusal(error, problems);
    }
    if (!problems) return request.redirect(entry_path(entry.id) + "?done=saved");
    request.status(422);
    send_form(ctx, request, entry, typed, problems.by_field());
}

void delete_entry(Ctx ctx, Request request) {
    const auto entry = load_entry(ctx, request.id(), kDelete);
    if (request.form("confirmed") != "1") {
        auto rows = ctx.array().push(entry.row);
        present_entries(ctx, rows);
        return request.page("entry/delete.html", ctx.object().set("title", ctx.tr("Delete this time?")).set("entry", rows[std::size_t{0}]));
    }
    remove_entry(ctx, entry);
    request.redirect("/time?done=deleted");
}

}  // namespace timesheet
