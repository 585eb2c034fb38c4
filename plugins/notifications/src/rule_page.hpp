// /admin/notifications: the rules, who gets no mail, and who would be told of a ticket.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace notifications {

void show_rules(guichet::Ctx ctx, guichet::Request request);
void show_rule_form(guichet::Ctx ctx, guichet::Request request);
void save_rule(guichet::Ctx ctx, guichet::Request request);
void switch_rule(guichet::Ctx ctx, guichet::Request request);
void move_rule(guichet::Ctx ctx, guichet::Request request);
void delete_rule(guichet::Ctx ctx, guichet::Request request);

}  // namespace notifications
