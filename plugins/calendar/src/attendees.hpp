// Who takes part in an event, and what they have answered.
#pragma once

#include "event.hpp"

namespace calendar {

struct Attendee {
    int64_t id = 0;
    std::optional<int64_t> user_id, contact_id;
    std::string name, email, answer;  // needs-action, accepted, declined, tentative
};

// Of an occurrence that differs: those of its series, with their answers for it.
std::vector<Attendee> load_attendees(guichet::Ctx ctx, const Event& event, std::optional<guichet::Time> recurs_at = {});

// Users, contacts and addresses as typed: "Claire Petit <claire@example.org>, bob@example.org" one per line or comma.
struct TypedAttendees {
    std::vector<std::string> users, contacts;  // ids
    std::string addresses;
};
TypedAttendees typed_attendees(guichet::Request request);
TypedAttendees form_of(const std::vector<Attendee>& attendees);
// Checked; problems stand beside "attendees".
std::vector<Attendee> attendees_of(guichet::Ctx ctx, const TypedAttendees& typed, guichet::Problems& problems);
// Members {user_id} , {contact_id} or {email, name?} of a JSON array; problems stand beside "attendees".
std::vector<Attendee> attendees_of_json(guichet::Ctx ctx, guichet::Value list, guichet::Problems& problems);
guichet::Value attendees_value(guichet::Ctx ctx, const std::vector<Attendee>& attendees);
// Inside a transaction. Answers of those who stay are kept; those who are left out are told that it is cancelled for them.
void save_attendees(guichet::Ctx ctx, const Event& series, const std::vector<Attendee>& wanted);
// "Accepted" …
std::string_view answer_label(guichet::Ctx ctx, std::string_view answer);

}  // namespace calendar
