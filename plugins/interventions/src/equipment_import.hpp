// Equipment out of a CSV file, as spreadsheets write it. It is tried first: the same run, taken back at its end, so that what is announced
// is what happens.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions::equipment_import {

void show(guichet::Ctx ctx, guichet::Request request);
void try_it(guichet::Ctx ctx, guichet::Request request);
void run(guichet::Ctx ctx, guichet::Request request);

}  // namespace interventions::equipment_import
