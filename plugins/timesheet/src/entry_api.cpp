#include "entry_api.hpp"

#include "access.hpp"
#include "activities.hpp"
#include "entry_query.hpp"
#include "rest.hpp"
#include "work_form.hpp"

namespace timesheet::api {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kCollection = "/api/v1/time-entries";

std::string read_day(Ctx ctx, Request request, std::string_view name, guichet::Problems& problems) {
    const auto text = request.query(name);
    if (text && !is_day(*text)) problems.add(name, ctx.tr("Give a day, such as 2026-11-22."));
    return std::string{text.value_or("")};
}

std::optional<bool> read_flag(Ctx ctx, Request request, std::string_view name, guichet::Problems& problems) {
    const auto text = request.query(name);
    if (!text) return std::nullopt;
    if (*text != "true" && *text != "false") problems.add(name, ctx.tr("This must be true or false."));
    return *text == "true";
}

EntryFilter read_filter(Ctx ctx, Request request, guichet::Problems& problems) {
    EntryFilter out;
    out.user = read_id(ctx, request, "user_id", problems);
    out.ticket = read_id(ctx, request, "ticket_id", problems);
    out.account = read_id(ctx, request, "account_id", problems);
    out.contract = read_id(ctx, request, "contract_id", problems);
    out.activity = request.query("activity").value_or("");
    out.billable = read_flag(ctx, request, "billable", problems);
    out.from = read_day(ctx, request, "from", problems);
    out.to = read_day(ctx, request, "to", problems);
    return out;
}

Value value_of_row(Ctx ctx, Value row) {
    auto out = ctx.object();
    for (const auto name :
         {"id", "user_id", "ticket_id", "ticket_ref", "account_id", "contract_id", "day", "starts_at", "ends_at", "seconds", "activity",
          "note", "billable", "over_pack", "created_at", "created_by", "updated_at", "updated_by", "version"})
        out.set(name, row[name]);
    return out;
}

}  // namespace

Value entry_value(Ctx ctx, int64_t id) { return value_of_row(ctx, load_entry(ctx, id, kRead).row); }

void list_entries(Ctx ctx, Request request) {
    guichet::Problems problems{ctx};
    check_parameters(ctx, request,
                     {"user_id", "ticket_id", "account_id", "contract_id", "activity", "billable", "from", "to", "limit", "cursor"},
                     problems);
    const auto filter = read_filter(ctx, request, problems);
    const auto limit = read_limit(ctx, request, problems);
    const auto cursor = request.query("cursor");
    const auto after = decode(cursor.value_or(""));
    if (cursor && !after) problems.add("cursor", ctx.tr("This is not a cursor of this list."));
    problems.throw_if_any();
    const auto page = timesheet::list_entries(ctx, filter, limit, after);
    auto items = ctx.array();
    for (std::size_t i = 0; i < page.items.size(); ++i) items.push(value_of_row(ctx, page.items[i]));
    send_page(ctx, request, items, page.next);
}

void create_entry(Ctx ctx, Request request) {
    const auto body = request.json();
    const Settings settings{ctx};
    guichet::Problems problems{ctx};
    Work work;
    work.activity = settings.activity;
    work.billable = settings.billable;
    read_work(ctx, body, {"ticket_id"}, work, problems);
    if (!has_span(body)) problems.add("seconds", ctx.tr("Give starts_at and ends_at, or seconds."));
    const auto ticket = body["ticket_id"].integer();
    const auto on = ticket ? find_booking(ctx, *ticket) : std::nullopt;
    if (!on) problems.add("ticket_id", ctx.tr("There is no such ticket."));
    else if (const auto why = obstacle(ctx, settings, *on); !why.empty()) problems.add("ticket_id", why);
    problems.throw_if_any();
    guichet::Tx tx{ctx};  // nobody deletes it before it is answered
    const auto entry = entry_value(ctx, add_entry(ctx, ctx.user_id(), *on, work));
    tx.commit();
    send_created(ctx, request, kCollection, entry);
}

void get_entry(Ctx ctx, Request request) { send_object(ctx, request, entry_value(ctx, request.id())); }

void patch_entry(Ctx ctx, Request request) {
    const auto body = request.json();
    const auto entry = load_entry(ctx, request.id(), kUpdate);
    const auto version = read_version(ctx, request, body, entry.version);
    guichet::Problems problems{ctx};
    auto work = entry.work;
    read_work(ctx, body, {"version"}, work, problems);
    problems.throw_if_any();
    guichet::Tx tx{ctx};
    change_entry(ctx, entry, version, work);
    const auto changed = entry_value(ctx, entry.id);
    tx.commit();
    send_object(ctx, request, changed);
}

void delete_entry(Ctx ctx, Request request) {
    remove_entry(ctx, load_entry(ctx, request.id(), kDelete));
    request.status(204);
}

}  // namespace timesheet::api
