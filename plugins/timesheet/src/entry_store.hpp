// Entries of time as they are stored.
#pragma once

#include "booking.hpp"
#include "span.hpp"

namespace timesheet {

// What the user says about his time.
struct Work {
    Span span;
    std::string activity, note;  // activity: "" for none
    bool billable = true;
};

struct Entry {
    int64_t id = 0, user = 0, version = 0;
    Booking on;
    Work work;
    guichet::Value row;  // as it is read from the table, with user_name, account_name, contract_ref and over_pack
};

// One that the user has the permission on; NOT_FOUND without being able to read it, DENIED when he can do that only.
Entry load_entry(guichet::Ctx ctx, int64_t id, std::string_view permission);

// Begin their own transaction. CONFLICT with the field "starts_at" when the user has other time then, and may not; nothing is stored.
int64_t add_entry(guichet::Ctx ctx, int64_t user, const Booking& on, const Work& work);
// CONFLICT with the field "version" when somebody has changed it since.
void change_entry(guichet::Ctx ctx, const Entry& entry, int64_t version, const Work& work);
void remove_entry(guichet::Ctx ctx, const Entry& entry);

}  // namespace timesheet
