// Stopwatches in the REST API.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet::api {

void list_stopwatches(guichet::Ctx ctx, guichet::Request request);
void start_stopwatch(guichet::Ctx ctx, guichet::Request request);
void stop_stopwatch(guichet::Ctx ctx, guichet::Request request);
void record_stopwatch(guichet::Ctx ctx, guichet::Request request);
void discard_stopwatch(guichet::Ctx ctx, guichet::Request request);

}  // namespace timesheet::api
