// How well what was promised was kept (S3-29, S3-09; 6.3, 11): rates, medians, pauses, breaches; as a table and as CSV (R46).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace sla {

void show_report(guichet::Ctx ctx, guichet::Request request);
void export_report(guichet::Ctx ctx, guichet::Request request);
void show_breaches(guichet::Ctx ctx, guichet::Request request);
void export_breaches(guichet::Ctx ctx, guichet::Request request);
// The rates of the month before, to the address of the setting "report_to".
void mail_report(guichet::Ctx ctx, guichet::Job job);

}  // namespace sla
