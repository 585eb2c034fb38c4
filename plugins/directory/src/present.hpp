// Rows made ready for templates: labels beside codes, links beside numbers, names beside ids.
#pragma once

#include "field.hpp"

namespace directory {

std::string account_path(int64_t id);
std::string contact_path(int64_t id);

// Adds type_label, type_color and phone_url to an account.
void present_account(guichet::Ctx ctx, guichet::Value account);
// Adds phone_url and mobile_url to a contact.
void present_contact(guichet::Value contact);
// Adds status_label and status_color to a contract, and price and vat as text to a line.
void present_contract(guichet::Ctx ctx, guichet::Value contract);
void present_contract_line(guichet::Ctx ctx, guichet::Value line);
// Custom fields of an object, for partials/custom_card.html.
guichet::Value custom_of(guichet::Ctx ctx, const Entity& entity, guichet::Value row);
// Adds created_name and updated_name, null for the system.
void present_authors(guichet::Ctx ctx, guichet::Value row);

}  // namespace directory
