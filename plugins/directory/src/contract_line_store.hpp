// What a contract is made of; the rights are those of the account.
#pragma once

#include "contract_store.hpp"

namespace directory {

inline constexpr Field kContractLineFields[] = {
    {.name = "contract_id", .label = "Contract", .kind = Kind::reference, .missing = "Choose a contract.", .in_form = false, .fixed = true},
    {.name = "label", .label = "Label", .max_length = 200, .missing = "Enter a label."},
    {.name = "product_ref", .label = "Product or service", .max_length = 80},
    {.name = "quantity", .label = "Quantity", .kind = Kind::decimal, .missing = "Enter a quantity.", .initial = "1"},
    {.name = "unit_price_cents", .label = "Unit price", .kind = Kind::hundredths},
    {.name = "vat_rate", .label = "VAT rate", .kind = Kind::hundredths},
    {.name = "starts_on", .label = "Start", .kind = Kind::date},
    {.name = "ends_on", .label = "End", .kind = Kind::date},
    {.name = "status",
     .label = "Status",
     .kind = Kind::choice,
     .missing = "Choose a status.",
     .initial = "running",
     .choices = contract_statuses},
};
inline constexpr Entity kContractLine{"contract_line", "directory.contract_line", kContractLineFields};

inline constexpr Sort kContractLineSorts[] = {
    {.name = "created_at", .column = "created_at", .by_time = true},
    {.name = "-created_at", .column = "created_at", .descending = true, .by_time = true},
};

struct ContractLineFilter {
    std::optional<int64_t> contract_id = {};
    std::vector<guichet::FieldFilter> custom = {};
    bool display = false;  // adds starts_at and ends_at, as ContractFilter
};

Page list_contract_lines(guichet::Ctx ctx, const ContractLineFilter& filter, const PageRequest& request);
guichet::Value get_contract_line(guichet::Ctx ctx, int64_t id);

void check_contract_line(guichet::Ctx ctx, const Draft& draft, guichet::Problems& problems);

}  // namespace directory
