// What a form or a JSON body says of an event, checked.
#pragma once

#include "event.hpp"
#include "rule_form.hpp"

namespace calendar {

// The fields as typed, to be shown again beside their problems.
struct Typed {
    std::string title, type, starts, ends, zone, place, description, owner_id, ticket, account_id, contact_id, reminder;
    bool whole_day = false, is_private = false;
    RuleForm rule;
};

Typed typed_event(guichet::Request request);
Typed form_of(guichet::Ctx ctx, const Entry& entry);
// stored: what was there before; an owner or a type that is no longer offered may stay.
Entry entry_of(guichet::Ctx ctx, const Typed& typed, const Entry& stored, guichet::Problems& problems);
// Members that are left out stay as they are.
Entry entry_of_json(guichet::Ctx ctx, guichet::Value body, const Entry& stored, guichet::Problems& problems);
// An hour from the next full one on, with the default type, of the one who acts.
Entry new_entry(guichet::Ctx ctx);

inline constexpr std::string_view kMembers[] = {"title",     "type",       "starts_at",   "ends_at",  "zone",
                                                "whole_day", "place",      "description", "owner_id", "private",
                                                "ticket_id", "account_id", "contact_id",  "rule",     "reminder_minutes"};

}  // namespace calendar
