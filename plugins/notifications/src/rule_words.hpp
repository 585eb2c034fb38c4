// Rules in the words of the reader, and what their forms offer to choose from.
#pragma once

#include "rule.hpp"

namespace notifications {

// Active ones, [{id, name}] by name; not from the host's cache, which may be a moment behind who was just added.
guichet::Value active_users(guichet::Ctx ctx);
guichet::Value active_teams(guichet::Ctx ctx);
// [{value, label}]: every value of a condition's field.
guichet::Value condition_options(guichet::Ctx ctx, const ConditionField& field);
// "user:3", "team:2", "assignee": how a recipient stands in a form. Addresses are typed beside "address".
std::string written(const Recipient& recipient);
std::string recipient_words(guichet::Ctx ctx, const Recipient& recipient);
// {id, event, event_label, icon, active, first_only, conditions [{label, values}], recipients [text]}
guichet::Value rule_words(guichet::Ctx ctx, const Rule& rule);

}  // namespace notifications
