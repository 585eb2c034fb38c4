#include "core/counters.hpp"

#include "core/settings.hpp"
#include "core/settings_schema.hpp"

#include <algorithm>
#include <stdexcept>

namespace host::core {
CounterCalendar counter_calendar(const SettingsState& settings) {
    const auto* regional = settings.of(kHostSettings, host_settings_schema()).get("regional");
    const auto* month = regional->get("fiscal_month");
    return {std::string{text_of(*regional, "time_zone")}, static_cast<int>(month->as_integer())};
}

base::Result<std::string> next_number(db::Connection& connection, std::string_view counter_id, std::int64_t at_us, const CounterCalendar& calendar) {
    const auto counter = connection.exec("select mask from core.counter where id = $1 for no key update", {counter_id});
    if (counter.empty()) return base::Problem{"counter.unknown", "there is no counter " + std::string{counter_id}, std::string{counter_id}};
    const auto mask = parse_counter_mask(counter.text(0, 0));
    if (!mask) throw std::runtime_error{"counter " + std::string{counter_id} + ": " + base::to_text(mask.problems())};
    const auto date = counter_date(at_us, calendar.zone);
    const auto shape = number_shape(*mask, date), period = counter_period(*mask, date, calendar.fiscal_month);
    const auto taken = connection.exec(
        "insert into core.counter_value (counter_id, shape, period, value)"
        " select $1, $2, $3, greatest(coalesce(max(value), 0), $4::bigint) + 1 from core.counter_value"
        " where counter_id = $1 and (period = $3 or shape = $2)"
        " having greatest(coalesce(max(value), 0), $4::bigint) < $5::bigint"
        " on conflict (counter_id, shape) do update set value = excluded.value, period = excluded.period returning value",
        {counter_id, shape, period, mask->offset, mask->highest()});
    if (taken.empty()) return base::Problem{"counter.full", "every number of " + to_text(*mask) + " is taken", std::string{counter_id}};
    return write_number(*mask, date, taken.i64(0, 0));
}

CounterPreview preview_number(db::Connection& connection, std::string_view counter_id, const CounterMask& mask, std::int64_t at_us,
                              const CounterCalendar& calendar) {
    const auto date = counter_date(at_us, calendar.zone);
    const auto rows = connection.exec(
        "select coalesce(max(value) filter (where period = $3 or shape = $2), 0), coalesce(max(value), 0)"
        " from core.counter_value where counter_id = $1",
        {counter_id, number_shape(mask, date), counter_period(mask, date, calendar.fiscal_month)});
    CounterPreview preview;
    preview.highest = rows.i64(0, 1);
    preview.value = std::max(rows.i64(0, 0), mask.offset) + 1;
    preview.goes_on = rows.i64(0, 0) > 0;
    preview.left = std::max<std::int64_t>(mask.highest() - preview.value, 0);
    if (preview.value <= mask.highest()) preview.number = write_number(mask, date, preview.value);
    return preview;
}

}  // namespace host::core
