// Puts a link of the customer's own into every mail that tickets sends him, and holds back what nobody asked for (security.md R58).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

void edit_customer_mail(guichet::Ctx ctx, guichet::Event event);  // tickets.customer_mailing v1

}  // namespace public_form
