#include "present.hpp"

#include "activities.hpp"
#include "duration.hpp"

namespace timesheet {

using guichet::Ctx;
using guichet::Value;

void present_entries(Ctx ctx, Value rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto row = rows[i];
        row.set("duration", format_duration(ctx, row["seconds"].integer().value_or(0)));
        row.set("activity_label", activity_label(ctx, row["activity"].text().value_or("")));
    }
}

void add_subjects(Ctx ctx, Value rows) {
    std::vector<int64_t> tickets;
    for (std::size_t i = 0; i < rows.size(); ++i) tickets.push_back(rows[i]["ticket_id"].integer().value_or(0));
    const auto subjects = subjects_of(ctx, tickets);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].set("subject", subjects[std::to_string(tickets[i])]);
}

Value present(Ctx ctx, const Stopwatch& stopwatch) {
    auto out = ctx.object().set("id", stopwatch.id).set("ticket_id", stopwatch.on.ticket).set("ref", stopwatch.on.ref);
    out.set("started_at", stopwatch.started).set("stopped_at", stopwatch.stopped).set("running", !stopwatch.stopped);
    out.set("seconds", stopwatch.seconds).set("clock", clock_text(stopwatch.seconds)).set("automatic", stopwatch.automatic);
    return out;
}

Value present(Ctx ctx, const std::vector<Stopwatch>& stopwatches) {
    auto out = ctx.array();
    for (const auto& stopwatch : stopwatches) out.push(present(ctx, stopwatch));
    add_subjects(ctx, out);
    return out;
}

Value present(Ctx ctx, const Total& total) {
    return ctx.object()
        .set("entries", total.entries)
        .set("duration", format_duration(ctx, total.seconds))
        .set("billable", format_duration(ctx, total.billable));
}

}  // namespace timesheet
