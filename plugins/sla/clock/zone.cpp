#include "zone.hpp"

#include <unicode/tztrans.h>

namespace sla {

using namespace std::chrono;

namespace {

double milliseconds_of(seconds since_1970) { return static_cast<double>(since_1970.count()) * 1000.0; }

seconds seconds_of(double ms) { return floor<seconds>(milliseconds{static_cast<std::int64_t>(ms)}); }

}  // namespace

std::optional<Zone> Zone::find(std::string_view name) {
    if (name.empty() || name.size() > 80) return std::nullopt;
    const auto id = icu::UnicodeString::fromUTF8(icu::StringPiece{name.data(), static_cast<std::int32_t>(name.size())});
    std::unique_ptr<icu::TimeZone> zone{icu::TimeZone::createTimeZone(id)};
    auto* rules = dynamic_cast<icu::BasicTimeZone*>(zone.get());
    if (!rules || *rules == icu::TimeZone::getUnknown()) return std::nullopt;
    (void)zone.release();
    return Zone{std::string{name}, std::shared_ptr<const icu::BasicTimeZone>{rules}};
}

Local Zone::local(Instant at) const {
    UErrorCode status = U_ZERO_ERROR;
    std::int32_t raw = 0, saving = 0;
    rules_->getOffset(milliseconds_of(at.time_since_epoch()), false, raw, saving, status);
    return Local{at.time_since_epoch() + seconds_of(raw + saving)};
}

Instant Zone::instant(Local clock, UTimeZoneLocalOption of_two) const {
    UErrorCode status = U_ZERO_ERROR;
    std::int32_t raw = 0, saving = 0;
    rules_->getOffsetFromLocal(milliseconds_of(clock.time_since_epoch()), UCAL_TZ_LOCAL_FORMER, of_two, raw, saving, status);
    const Instant found{clock.time_since_epoch() - seconds_of(raw + saving)};
    if (local(found) == clock) return found;
    icu::TimeZoneTransition change;  // skipped: found is after the change by as much as the clock is into the gap
    rules_->getPreviousTransition(milliseconds_of(found.time_since_epoch()), true, change);
    return Instant{seconds_of(change.getTime())};
}

}  // namespace sla
