// Who the recipients of a rule are for one ticket: users, and addresses that belong to none.
#pragma once

#include "rule.hpp"

namespace notifications {

struct Target {
    std::optional<int64_t> user;
    std::string address;  // without a user
};
std::vector<Target> targets_of(guichet::Ctx ctx, const Recipient& recipient, guichet::Value ticket);

// A user as notifications know him.
struct Person {
    int64_t id = 0;
    std::string name, email;
    std::string channel;    // mail | page | none: his own choice, or the administrator's
    bool digest = false;    // one mail a day
    bool receives = false;  // his profile lets him
    bool usable() const { return guichet::is_email(email); }
};
// Those who are active, by id.
std::map<int64_t, Person> read_people(guichet::Ctx ctx, const std::vector<int64_t>& ids, std::string_view occasion);

}  // namespace notifications
