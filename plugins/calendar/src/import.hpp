// Events of a file: checked when it comes, stored by a job. What has a UID that is here already is updated.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace calendar {

void show_imports(guichet::Ctx ctx, guichet::Request request);
void begin_import(guichet::Ctx ctx, guichet::Request request);
void show_import(guichet::Ctx ctx, guichet::Request request);
void run_import(guichet::Ctx ctx, guichet::Job job);

}  // namespace calendar
