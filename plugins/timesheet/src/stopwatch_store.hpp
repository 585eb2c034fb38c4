// Stopwatches as they are stored: a row that runs, then waits to be recorded as an entry or discarded.
#pragma once

#include "entry_store.hpp"

namespace timesheet {

struct Stopwatch {
    int64_t id = 0;
    Booking on;
    guichet::Time started{0};
    std::optional<guichet::Time> stopped;  // nullopt: it runs
    int64_t seconds = 0;                   // until it was stopped, or until now on the database's clock
    bool automatic = false;
};

// All of them are the acting user's.
std::vector<Stopwatch> own_stopwatches(guichet::Ctx ctx);
int64_t count_own_stopwatches(guichet::Ctx ctx);
// nullopt when there is none any more.
std::optional<Stopwatch> find_stopwatch(guichet::Ctx ctx, int64_t id);
// The one of a ticket that runs, or the latest that waits.
std::optional<Stopwatch> stopwatch_of(guichet::Ctx ctx, int64_t ticket);

struct Started {
    Stopwatch stopwatch;  // the new one, or the one that runs already
    bool fresh = false;
};
Started start_stopwatch(guichet::Ctx ctx, const Booking& on, bool automatic);
// Stops it where it is; one that is stopped stays as it is.
void stop_stopwatch(guichet::Ctx ctx, const Stopwatch& stopwatch);
// Like obstacle(), when it is recorded. One that was started without a contract is booked on the one that the ticket has got since.
std::string obstacle_to_record(guichet::Ctx ctx, Stopwatch& stopwatch);
// An entry instead of the stopwatch; its id. CONFLICT as of add_entry(), then it is still there; NOT_FOUND when it is gone already.
int64_t record_stopwatch(guichet::Ctx ctx, const Stopwatch& stopwatch, const Work& work);
void discard_stopwatch(guichet::Ctx ctx, const Stopwatch& stopwatch);

// What it has counted; of one that runs until now.
Span span_of(guichet::Ctx ctx, const Stopwatch& stopwatch);

}  // namespace timesheet
