// The page and the REST resource of those who are told of every new ticket.
#pragma once

#include "call.hpp"

namespace tickets {

void show_alerts(const Call& call, guichet::Request request);
void add_alert(const Call& call, guichet::Request request);
void remove_alert(const Call& call, guichet::Request request);
void save_alert_address(const Call& call, guichet::Request request);

namespace api {
void get_alerts(const Call& call, guichet::Request request);
void put_alerts(const Call& call, guichet::Request request);
}  // namespace api

}  // namespace tickets
