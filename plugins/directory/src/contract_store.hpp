// Contracts of the accounts the current user may see; the rights are those of the account.
#pragma once

#include "list.hpp"
#include "record.hpp"

namespace directory {

// Draft, running, ended: [{value, label, color}].
guichet::Value contract_statuses(guichet::Ctx ctx);

inline constexpr Field kContractFields[] = {
    {.name = "account_id", .label = "Account", .kind = Kind::reference, .missing = "Choose an account.", .in_form = false, .fixed = true},
    {.name = "ref", .label = "Reference", .max_length = 40},
    {.name = "label", .label = "Subject", .max_length = 200, .missing = "Enter a subject."},
    {.name = "starts_on", .label = "Start", .kind = Kind::date},
    {.name = "ends_on", .label = "End", .kind = Kind::date},
    {.name = "status", .label = "Status", .kind = Kind::choice,
     .missing = "Choose a status.", .initial = "draft", .choices = contract_statuses},
};
inline constexpr Entity kContract{"contract", "directory.contract", kContractFields};

std::string contract_key(guichet::Value row);
inline constexpr Sort kContractSorts[] = {
    {.name = "ref", .column = "ref_key", .key = contract_key},
    {.name = "-ref", .column = "ref_key", .descending = true, .key = contract_key},
    {.name = "created_at", .column = "created_at", .by_time = true},
    {.name = "-created_at", .column = "created_at", .descending = true, .by_time = true},
};

struct ContractFilter {
    std::string_view words = {};  // parts of reference or subject
    std::string_view status = {};
    std::optional<int64_t> account_id = {};
    std::vector<guichet::FieldFilter> custom = {};
    bool today = false;           // only those whose dates include today
    bool display = false;         // adds starts_at and ends_at, the days as times in the user's zone, which templates format
};

Page list_contracts(guichet::Ctx ctx, const ContractFilter& filter, const PageRequest& request);
guichet::Value get_contract(guichet::Ctx ctx, int64_t id);

// A contract without a reference gets the next number.
int64_t create_contract(guichet::Ctx ctx, Draft draft);
bool update_contract(guichet::Ctx ctx, Draft draft, int64_t id, int64_t version);  // false: stale

// What the single fields cannot tell: it ends after it starts.
void check_contract(guichet::Ctx ctx, const Draft& draft, guichet::Problems& problems);

}  // namespace directory
