#include "parties.hpp"

#include <directory/accounts_v1.h>

namespace public_form {

using guichet::Value;
using Table = directory_accounts_v1;

namespace {

// Empty when there is none, or directory is switched off.
Value find(guichet::Ctx ctx, guichet_status (*Table::*slot)(void*, guichet_ctx*, int64_t, guichet_value**), std::optional<int64_t> id) {
    const auto accounts = ctx.service<Table>(DIRECTORY_ACCOUNTS, 1, 0);
    if (!accounts || !id) return {};
    try {
        guichet_value* out = nullptr;
        accounts(slot, *id, &out);
        return {ctx.raw(), out};
    } catch (const guichet::Error& error) {
        if (error.code() == GUICHET_E_NOT_FOUND) return {};
        throw;
    }
}

Value contact(guichet::Ctx ctx, const Grant& customer) { return find(ctx, &Table::find_contact, customer.contact_id); }

}  // namespace

std::optional<int64_t> account_of(guichet::Ctx ctx, const Grant& customer) {
    const auto of_contact = contact(ctx, customer)["account_id"].integer();
    return of_contact ? of_contact : customer.account_id;
}

std::string party_email(guichet::Ctx ctx, const Grant& customer) {
    const auto of_contact = contact(ctx, customer)["email"].text().value_or("");
    if (!of_contact.empty()) return std::string{of_contact};
    if (!customer.email.empty()) return customer.email;
    return std::string{find(ctx, &Table::find_account, account_of(ctx, customer))["email"].text().value_or("")};
}

Value contacts_of(guichet::Ctx ctx, int64_t account_id) {
    const auto all = find(ctx, &Table::contacts_of, account_id);
    return all ? all : ctx.array();
}

Value customer_values(guichet::Ctx ctx, const Grant& customer) {
    const auto account = account_of(ctx, customer);
    auto out = ctx.object().set("email", party_email(ctx, customer)).set("contact", contact(ctx, customer)["name"]);
    out.set("contact_id", customer.contact_id).set("account", find(ctx, &Table::find_account, account)["name"]);
    if (!customer.of_contact && account) out.set("contacts", contacts_of(ctx, *account));
    return out;
}

}  // namespace public_form
