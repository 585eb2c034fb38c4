#include "widgets.hpp"

#include "duration.hpp"
#include "entry_request.hpp"
#include "pack_store.hpp"
#include "present.hpp"

namespace timesheet {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr int kShown = 10, kShownOfParty = 5;

// Of all of them, when the page is all there is.
Total sum(Value rows) {
    Total out;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto seconds = rows[i]["seconds"].integer().value_or(0);
        ++out.entries;
        out.seconds += seconds;
        if (rows[i]["billable"].boolean().value_or(false)) out.billable += seconds;
    }
    return out;
}

// {entries, more, total, all_url, report_url}
Value recent(Ctx ctx, const EntryFilter& filter, int limit) {
    auto page = list_entries(ctx, filter, limit, std::nullopt);
    present_entries(ctx, page.items);
    if (!filter.ticket) add_subjects(ctx, page.items);
    const auto total = page.next.empty() ? sum(page.items) : total_of(ctx, filter);
    const auto list = query_of(filter);
    auto data = ctx.object().set("entries", page.items).set("more", !page.next.empty()).set("total", present(ctx, total));
    return data.set("all_url", "/time?" + list).set("report_url", "/time/report?" + list);
}

Value present_packs(Ctx ctx, int64_t contract) {
    const auto packs = packs_of(ctx, contract);
    for (std::size_t i = 0; i < packs.size(); ++i) measured(ctx, packs[i]);
    return packs;
}

}  // namespace

void show_button(Ctx ctx, Value slot_data, guichet::Html out) {
    const auto ticket = slot_data["ticket_id"].integer().value_or(0);
    auto data = ctx.object().set("ticket_id", ticket);
    if (const auto stopwatch = stopwatch_of(ctx, ticket)) data.set("stopwatch", present(ctx, *stopwatch));
    out.render("widgets/button.html", data);
}

void show_ticket_time(Ctx ctx, Value slot_data, guichet::Html out) {
    EntryFilter filter;
    filter.ticket = slot_data["ticket_id"].integer().value_or(0);
    auto data = recent(ctx, filter, kShown).set("ticket_id", *filter.ticket);
    if (const auto on = booking_of_known(ctx, *filter.ticket)) {
        data.set("obstacle", obstacle(ctx, Settings{ctx}, *on));
        if (on->contract) data.set("pack", present_pack(ctx, *on->contract));
    }
    out.render("widgets/ticket.html", data);
}

void show_account_time(Ctx ctx, Value slot_data, guichet::Html out) {
    EntryFilter filter;
    filter.account = slot_data["account_id"].integer().value_or(0);
    out.render("widgets/account.html", recent(ctx, filter, kShownOfParty));
}

void show_contract_time(Ctx ctx, Value slot_data, guichet::Html out) {
    EntryFilter filter;
    filter.contract = slot_data["contract_id"].integer().value_or(0);
    auto data = recent(ctx, filter, kShownOfParty).set("contract_id", *filter.contract).set("packs", present_packs(ctx, *filter.contract));
    data.set("may_manage", ctx.can(kManagePacks)).set("pack", present_pack(ctx, *filter.contract));
    out.render("widgets/contract.html", data);
}

void show_spent(Ctx ctx, guichet::Cells cells) {
    guichet::Query query{ctx};
    query.sql("select e.ticket_id, sum(e.seconds)::bigint from entry e");
    add_where(query, {});
    query.sql(" and e.ticket_id = any(").arg(guichet::array_literal(cells.ids())).sql("::bigint[]) group by 1");
    const auto rows = query.run();
    for (std::size_t i = 0; i < cells.size(); ++i)
        for (std::size_t r = 0; r < rows.size(); ++r)
            if (rows.i64(r, 0) == cells.id(i)) cells[i].text(format_duration(ctx, rows.i64(r, 1)));
}

}  // namespace timesheet
