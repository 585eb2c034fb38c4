// The one access filter of accounts. Contacts and contracts follow the account they belong to.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace directory {

inline constexpr std::string_view kRead = "directory.account.read";
inline constexpr std::string_view kCreate = "directory.account.create";
inline constexpr std::string_view kUpdate = "directory.account.update";
inline constexpr std::string_view kDelete = "directory.account.delete";

// Appends the condition under which the user has the permission on account a: any, created by him, or created by
// a member of his teams.
void add_access(guichet::Query& query, std::string_view permission);

// Appends " and <account_id> is an account with that permission"; nothing when every account is.
void add_account_access(guichet::Query& query, std::string_view account_id, std::string_view permission);

// Whether the user has the permission on an account he can see.
bool may(guichet::Ctx ctx, std::string_view permission, int64_t account_id);

// Throws GUICHET_E_DENIED when the user has not the permission on an account he can see.
void require(guichet::Ctx ctx, std::string_view permission, int64_t account_id);

}  // namespace directory
