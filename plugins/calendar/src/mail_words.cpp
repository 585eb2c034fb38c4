#include "mail_words.hpp"

#include "words.hpp"

namespace calendar {

std::string mail_when(const Entry& entry, guichet::Time starts, guichet::Time ends, std::string_view language) {
    const auto zone = Zone::of(entry.zone);
    const auto span = words::span(zone.local(starts), zone.local(ends), entry.whole_day, language);
    return entry.whole_day ? span : span + " (" + entry.zone + ")";
}

}  // namespace calendar
