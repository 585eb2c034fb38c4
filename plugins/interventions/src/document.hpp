// The sheet as a PDF document, with the customer's signature, and the mail that brings it to him.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions {

// "INT-2611-0001.pdf"
std::string document_name(guichet::Value intervention);
// Not inside a transaction: it takes about a second.
std::string document(guichet::Ctx ctx, guichet::Value intervention, std::string_view language);

// Of the contact, else of the account; "" when neither has one.
std::string mail_address(guichet::Ctx ctx, guichet::Value intervention);
// To an address; GUICHET_E_INVALID with field "to", GUICHET_E_CONFLICT while no sender is configured.
void mail_document(guichet::Ctx ctx, guichet::Value intervention, std::string_view to);

}  // namespace interventions
