// Who is told of every new ticket (S0-12): users, and one generic address. Kept here, sent by the module notifications.
#pragma once

#include "call.hpp"

namespace tickets {

inline constexpr std::string_view kAlerts = "tickets.alerts";

// [{user_id, login, name, email, usable}] by name; usable: mail can be sent to it.
guichet::Value alerted_users(const Call& call);
std::string alert_address(const Call& call);  // "" when there is none

// Each with its line in the audit log, in a transaction of its own. Adding who is there already changes nothing.
void add_alerted_user(const Call& call, int64_t user_id);
void remove_alerted_user(const Call& call, int64_t user_id);
void set_alert_address(const Call& call, std::string_view address);                              // "" = none
void set_alerts(const Call& call, const std::vector<int64_t>& users, std::string_view address);  // these and no others

}  // namespace tickets
