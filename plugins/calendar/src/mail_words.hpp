// What mails say of events.
#pragma once

#include "event.hpp"

namespace calendar {

// On the clock of the event's zone, which is named: the zone of who reads is not known.
std::string mail_when(const Entry& entry, guichet::Time starts, guichet::Time ends, std::string_view language);

}  // namespace calendar
