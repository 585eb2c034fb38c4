// Accounts as the current user may see them. What he may not see does not exist: GUICHET_E_NOT_FOUND.
#pragma once

#include "list.hpp"
#include "record.hpp"

namespace directory {

// The entries of the list directory.account_type: [{value, label, color, active}].
guichet::Value account_types(guichet::Ctx ctx);

inline constexpr Field kAccountFields[] = {
    {.name = "name", .label = "Name", .max_length = 200, .missing = "Enter a name."},
    {.name = "type", .label = "Type", .kind = Kind::choice, .missing = "Choose a type.", .initial = "customer", .choices = account_types},
    {.name = "code", .label = "Customer number", .max_length = 40},
    {.name = "email", .label = "E-mail", .kind = Kind::email, .max_length = 254},
    {.name = "phone", .label = "Phone", .kind = Kind::phone, .max_length = 40},
    {.name = "website", .label = "Website", .kind = Kind::website, .max_length = 200},
    {.name = "address", .label = "Address", .kind = Kind::lines, .max_length = 500},
    {.name = "zip", .label = "Postcode", .max_length = 20},
    {.name = "town", .label = "Town", .max_length = 100},
    {.name = "country", .label = "Country", .max_length = 80},
    {.name = "notes", .label = "Notes", .kind = Kind::lines, .max_length = 10000},
    {.name = "active", .label = "Active", .kind = Kind::flag, .initial = "true", .in_form = false},
};
inline constexpr Entity kAccount{"account", "directory.account", kAccountFields};

std::string account_key(guichet::Value row);
inline constexpr Sort kAccountSorts[] = {
    {.name = "name", .column = "name_key", .key = account_key},
    {.name = "-name", .column = "name_key", .descending = true, .key = account_key},
    {.name = "created_at", .column = "created_at", .by_time = true},
    {.name = "-created_at", .column = "created_at", .descending = true, .by_time = true},
};

struct AccountFilter {
    std::string_view words = {};  // parts of name, code, town, e-mail or telephone number
    std::string_view type = {};
    std::string_view email = {};  // exact, case does not matter
    std::optional<bool> active = {};
    std::vector<guichet::FieldFilter> custom = {};
    std::vector<guichet::ListColumns::Condition> columns = {};  // of other plugins
};

Page list_accounts(guichet::Ctx ctx, const AccountFilter& filter, const PageRequest& request);
// In the order of another plugin's column; next of the page is a place of that order.
Page list_accounts_by(guichet::Ctx ctx, const AccountFilter& filter, const guichet::ColumnOrder& order,
                      const std::optional<guichet::ColumnOrder::Place>& after);
guichet::Rows accounts_to_export(guichet::Ctx ctx, const AccountFilter& filter);  // add_export_columns()
guichet::Value get_account(guichet::Ctx ctx, int64_t id);

// A customer number that another account has: GUICHET_E_CONFLICT with field "code".
int64_t create_account(guichet::Ctx ctx, const Draft& draft);
// Who deactivates it may delete it.
bool update_account(guichet::Ctx ctx, const Draft& draft, int64_t id, int64_t version);  // false: stale
// Throws GUICHET_E_CONFLICT when it has contacts or contracts.
void check_account_unused(guichet::Ctx ctx, int64_t id);

// Visible accounts with the same e-mail or telephone number or a very similar name, at most 5: [{id, name, town, code, active}].
guichet::Value similar_accounts(guichet::Ctx ctx, const Draft& draft);

// {account_id, contact_id or null}: the active account that has this address, or whose active contact has.
// GUICHET_E_CONFLICT when several accounts do.
guichet::Value find_by_email(guichet::Ctx ctx, std::string_view email);
// Everybody who has it: active contacts, then active accounts, at most 50: [{account_id, account_name, account_type, contact_id or null,
// contact_name or null, language or null}].
guichet::Value everybody_with(guichet::Ctx ctx, std::string_view email);

}  // namespace directory
