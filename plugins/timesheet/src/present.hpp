// Rows as pages show them.
#pragma once

#include "entry_query.hpp"
#include "stopwatch_store.hpp"

namespace timesheet {

// Adds to each row duration and activity_label.
void present_entries(guichet::Ctx ctx, guichet::Value rows);
// Adds to each row subject, when the user may see the ticket.
void add_subjects(guichet::Ctx ctx, guichet::Value rows);
// {id, ticket_id, ref, started_at, stopped_at?, running, seconds, clock, automatic}; several: with subject like entries.
guichet::Value present(guichet::Ctx ctx, const Stopwatch& stopwatch);
guichet::Value present(guichet::Ctx ctx, const std::vector<Stopwatch>& stopwatches);
// {entries, duration, billable}
guichet::Value present(guichet::Ctx ctx, const Total& total);

}  // namespace timesheet
