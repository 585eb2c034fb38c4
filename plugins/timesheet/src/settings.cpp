#include "settings.hpp"

namespace timesheet {

Settings::Settings(guichet::Ctx ctx) {
    const auto values = ctx.settings();
    const auto flag = [&](std::string_view name, bool usual) { return values[name].boolean().value_or(usual); };
    contract_required = flag("contract_required", false);
    one_per_user = values["one_stopwatch"].text() == "user";
    allow_overlaps = flag("allow_overlaps", false);
    start_with_ticket = flag("start_with_ticket", false);
    record_at_end = values["at_end"].text() == "record";
    stop_at_end = record_at_end || values["at_end"].text() == "stop";
    billable = flag("billable", true);
    activity = values["default_activity"].text().value_or("");
    pack_warning_percent = values["pack_warning_percent"].integer().value_or(20);
}

}  // namespace timesheet
