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
    {.name = "status",
     .label = "Status",
     .kind = Kind::choice,
     .missing = "Choose a status.",
     .initial = "draft",
     .choices = contract_statuses},
    {.name = "notes", .label = "Notes", .kind = Kind::lines, .max_length = 10000},
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
    bool running = false;  // only those that run today, as the user's zone has it
    bool display = false;  // adds starts_at and ends_at, the days as times in the user's zone, which templates format
};

Page list_contracts(guichet::Ctx ctx, const ContractFilter& filter, const PageRequest& request);
guichet::Rows contracts_to_export(guichet::Ctx ctx, const ContractFilter& filter);  // add_export_columns()
guichet::Value get_contract(guichet::Ctx ctx, int64_t id);
guichet::Value contract_to_show(guichet::Ctx ctx, int64_t id);  // as with ContractFilter::display

// A contract without a reference gets the next number.
int64_t create_contract(guichet::Ctx ctx, const Draft& draft);
bool update_contract(guichet::Ctx ctx, const Draft& draft, int64_t id, int64_t version);  // false: stale

// It ends after it starts.
void check_days(guichet::Ctx ctx, const Draft& draft, guichet::Problems& problems);

// What it ran for, the latest first: [{id, starts_on, ends_on, starts_at, ends_at, created_at, created_by}].
guichet::Value contract_periods(guichet::Ctx ctx, int64_t id);
// Goes on from the day after its end until ends_on, and runs. GUICHET_E_INVALID with field ends_on when it has no end, or when that is not
// after it.
void renew_contract(guichet::Ctx ctx, guichet::Value contract, std::string_view ends_on);

// Appends ", alias.starts_on as starts_at, …", the days as times in the user's zone.
void add_days(guichet::Query& query, std::string_view alias);

}  // namespace directory
