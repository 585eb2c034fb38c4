// Time zones offered in forms; any other known one may be stored.
#pragma once

#include <string_view>

namespace host::pages {

inline constexpr std::string_view kCommonZones[] = {
    "Europe/Paris",      "Europe/Brussels",    "Europe/Zurich",      "Europe/London",   "America/Montreal", "America/Guadeloupe",
    "America/Martinique", "America/Cayenne",   "America/Miquelon",   "Indian/Reunion",  "Indian/Mayotte",   "Pacific/Noumea",
    "Pacific/Tahiti",    "Africa/Casablanca",  "Africa/Tunis",       "Africa/Dakar",    "UTC"};

}  // namespace host::pages
