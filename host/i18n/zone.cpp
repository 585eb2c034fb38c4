#include "i18n/zone.hpp"

#include "base/strings.hpp"

#include <unicode/tzrule.h>
#include <unicode/tztrans.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>

namespace host::i18n {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr std::size_t kMaxNameBytes = 64;

// Most of what is shown is in these years.
constexpr Time kTableBegin{std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}};
constexpr Time kTableEnd{std::chrono::sys_days{std::chrono::year{2050} / 1 / 1}};

UDate to_icu(Time t) { return static_cast<UDate>(t.time_since_epoch().count()) / 1000.0; }

icu::UnicodeString to_icu(std::string_view text) { return icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())}); }

// ICU also takes "GMT+3" and old three-letter names, which PostgreSQL reads differently or not at all.
bool is_zone_name(std::string_view name) {
    if (name.size() > kMaxNameBytes || name.starts_with("SystemV/") || base::contains_nul(name)) return false;
    if (name != "UTC" && name.find('/') == name.npos) return false;
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString canonical;
    UBool is_system_id = false;
    icu::TimeZone::getCanonicalID(to_icu(name), canonical, is_system_id, status);
    return U_SUCCESS(status) && is_system_id;
}

// Only real names get in, so there are few.
class Zones {
public:
    const Zone* find(std::string_view name) {
        {
            const std::shared_lock lock{mutex_};
            if (const auto known = zones_.find(name); known != zones_.end()) return &known->second;
        }
        if (!is_zone_name(name)) return nullptr;
        std::unique_ptr<icu::TimeZone> zone{icu::TimeZone::createTimeZone(to_icu(name))};
        std::unique_ptr<const icu::BasicTimeZone> rules{dynamic_cast<const icu::BasicTimeZone*>(zone.get())};
        if (!rules) return nullptr;
        static_cast<void>(zone.release());
        const std::unique_lock lock{mutex_};
        return &zones_.try_emplace(std::string{name}, std::move(rules)).first->second;
    }

private:
    std::shared_mutex mutex_;
    std::map<std::string, Zone, std::less<>> zones_;
};

}  // namespace

Zone::Zone(std::unique_ptr<const icu::BasicTimeZone> rules) : rules_{std::move(rules)} {
    periods_.push_back({kTableBegin, ask(kTableBegin)});
    icu::TimeZoneTransition change;
    for (UDate at = to_icu(kTableBegin); rules_->getNextTransition(at, false, change) && change.getTime() < to_icu(kTableEnd);
         at = change.getTime()) {
        const icu::TimeZoneRule* rule = change.getTo();
        periods_.push_back(
            {Time{milliseconds{static_cast<std::int64_t>(change.getTime())}}, milliseconds{rule->getRawOffset() + rule->getDSTSavings()}});
    }
}

Zone::~Zone() = default;

microseconds Zone::offset(Time utc) const {
    if (utc < kTableBegin || utc >= kTableEnd) return ask(utc);
    return std::prev(std::ranges::upper_bound(periods_, utc, {}, &Period::begin))->offset;
}

microseconds Zone::ask(Time utc) const {
    int32_t raw_ms = 0;
    int32_t dst_ms = 0;
    UErrorCode status = U_ZERO_ERROR;
    rules_->getOffset(to_icu(utc), false, raw_ms, dst_ms, status);
    return milliseconds{raw_ms + dst_ms};
}

const Zone* find_zone(std::string_view name) {
    static Zones zones;
    return zones.find(name);
}

}  // namespace host::i18n
