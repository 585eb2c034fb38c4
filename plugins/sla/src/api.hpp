// REST: calendars, policies, the service level of a ticket.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace sla::api {

void list_calendars(guichet::Ctx ctx, guichet::Request request);
void create_calendar(guichet::Ctx ctx, guichet::Request request);
void get_calendar(guichet::Ctx ctx, guichet::Request request);
void patch_calendar(guichet::Ctx ctx, guichet::Request request);
void delete_calendar(guichet::Ctx ctx, guichet::Request request);

void list_policies(guichet::Ctx ctx, guichet::Request request);
void create_policy(guichet::Ctx ctx, guichet::Request request);
void try_policy(guichet::Ctx ctx, guichet::Request request);
void get_policy(guichet::Ctx ctx, guichet::Request request);
void patch_policy(guichet::Ctx ctx, guichet::Request request);
void delete_policy(guichet::Ctx ctx, guichet::Request request);
void put_order(guichet::Ctx ctx, guichet::Request request);

void get_ticket(guichet::Ctx ctx, guichet::Request request);

}  // namespace sla::api
