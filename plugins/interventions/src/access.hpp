// Who may see and do what. Equipment follows the account it belongs to, as contacts and contracts do; interventions have levels of
// their own.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions {

// On the account of an equipment.
inline constexpr std::string_view kReadAccount = "directory.account.read";
inline constexpr std::string_view kUpdateAccount = "directory.account.update";
inline constexpr std::string_view kDeleteAccount = "directory.account.delete";

inline constexpr std::string_view kRead = "interventions.intervention.read";
inline constexpr std::string_view kCreate = "interventions.intervention.create";
inline constexpr std::string_view kUpdate = "interventions.intervention.update";
inline constexpr std::string_view kDelete = "interventions.intervention.delete";

// Appends " and <account_id> is an account with that permission"; nothing when every account is. The rule is the directory's:
// any, created by the user, or created by a member of his teams.
void add_account_access(guichet::Query& query, std::string_view account_id, std::string_view permission);
bool may_on_account(guichet::Ctx ctx, std::string_view permission, int64_t account_id);
void require_on_account(guichet::Ctx ctx, std::string_view permission, int64_t account_id);

// Appends the condition under which the user has the permission on intervention i: any; or he has made it or is one of its
// technicians; or a member of his teams is.
void add_access(guichet::Query& query, std::string_view permission);
bool may(guichet::Ctx ctx, std::string_view permission, int64_t intervention_id);
void require(guichet::Ctx ctx, std::string_view permission, int64_t intervention_id);

}  // namespace interventions
