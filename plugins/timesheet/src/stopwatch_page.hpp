// The stopwatch in a browser: started on a ticket, stopped, corrected and recorded, or discarded (S1-17).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet {

void show_stopwatches(guichet::Ctx ctx, guichet::Request request);
void start(guichet::Ctx ctx, guichet::Request request);
void show_stopwatch(guichet::Ctx ctx, guichet::Request request);
void stop(guichet::Ctx ctx, guichet::Request request);
void record(guichet::Ctx ctx, guichet::Request request);
void discard(guichet::Ctx ctx, guichet::Request request);

}  // namespace timesheet
