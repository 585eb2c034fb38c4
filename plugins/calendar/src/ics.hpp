// Events as iCalendar text (RFC 5545), by libical.
#pragma once

#include "attendees.hpp"

namespace calendar {

struct IcsEvent {
    Event event;
    std::vector<Attendee> attendees;
};
struct IcsCalendar {
    std::string method;                           // REQUEST or CANCEL; "" of a feed
    std::string name;                             // of a feed; "" otherwise
    std::string organizer_name, organizer_email;  // "": none is written
    std::string site_url;                         // events without details have no link
    std::vector<IcsEvent> events;
};
// Lines end with CRLF and are folded. Every zone that is named is described.
std::string write_ics(const IcsCalendar& calendar);

}  // namespace calendar
