// What time is booked on: a ticket, and the account and contract that it has at that moment.
#pragma once

#include "settings.hpp"

namespace timesheet {

struct Booking {
    int64_t ticket = 0;
    std::string ref, subject;
    std::optional<int64_t> account, contract;
};

// Of a ticket that the user may see; nullopt when there is none.
std::optional<Booking> find_booking(guichet::Ctx ctx, int64_t ticket);
std::optional<Booking> find_booking(guichet::Ctx ctx, std::string_view ref);
// Whoever acts: for hooks and widgets, which are given the id of a ticket that was looked at already.
std::optional<Booking> booking_of_known(guichet::Ctx ctx, int64_t ticket);

// "" when time may be booked on it; else what is missing (S1-18).
std::string obstacle(guichet::Ctx ctx, const Settings& settings, const Booking& booking);

// Subjects of those of the tickets that the user may see, by id.
guichet::Value subjects_of(guichet::Ctx ctx, const std::vector<int64_t>& tickets);

}  // namespace timesheet
