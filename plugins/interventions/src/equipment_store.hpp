// Equipment as the current user may see it: he needs directory.account.read on its account. What he may not see does not exist:
// GUICHET_E_NOT_FOUND.
#pragma once

#include "paging.hpp"

namespace interventions {

guichet::Value equipment_statuses(guichet::Ctx ctx);
// Is no longer offered for tickets and interventions.
inline constexpr std::string_view kRetired = "RETIRED";

inline constexpr Field kEquipmentFields[] = {
    {.name = "account_id", .label = "Account", .kind = Kind::reference, .missing = "Choose an account.", .fixed = true},
    {.name = "label", .label = "Name", .max_length = 200, .missing = "Enter a name."},
    {.name = "serial", .label = "Serial number", .max_length = 80},
    {.name = "product_ref", .label = "Product reference", .max_length = 80},
    {.name = "model", .label = "Model", .max_length = 120},
    {.name = "site", .label = "Site", .max_length = 200},
    {.name = "address", .label = "Address", .kind = Kind::lines, .max_length = 500},
    {.name = "contract_id", .label = "Contract", .kind = Kind::reference},
    {.name = "contract_line_id", .label = "Line of the contract", .kind = Kind::reference},
    {.name = "commissioned_on", .label = "Commissioned", .kind = Kind::day},
    {.name = "warranty_until", .label = "Warranty until", .kind = Kind::day},
    {.name = "status",
     .label = "Status",
     .kind = Kind::choice,
     .missing = "Choose a status.",
     .initial = "IN_SERVICE",
     .choices = equipment_statuses},
    {.name = "notes", .label = "Notes", .kind = Kind::lines, .max_length = 10000},
};
inline constexpr std::string_view kEquipmentObject = "interventions.equipment";
inline constexpr Entity kEquipment{"equipment", kEquipmentObject, kEquipmentFields};

inline constexpr Sort kEquipmentSorts[] = {
    {.name = "label", .column = "label_key", .source = "label"},
    {.name = "-label", .column = "label_key", .source = "label", .descending = true},
    {.name = "serial", .column = "serial_key", .source = "serial"},
    {.name = "-serial", .column = "serial_key", .source = "serial", .descending = true},
    {.name = "created_at", .column = "created_at", .source = "created_at"},
    {.name = "-created_at", .column = "created_at", .source = "created_at", .descending = true},
};

struct EquipmentFilter {
    std::string_view words = {};   // parts of name, serial number, references, site, account
    std::string_view serial = {};  // exact, case does not matter
    std::string_view status = {};
    std::optional<int64_t> account_id = {};
    bool offered = false;  // what is not retired
    std::vector<guichet::FieldFilter> custom = {};
};

// Rows have account_name, contract_ref and contract_line_label besides the columns.
Page list_equipment(guichet::Ctx ctx, const EquipmentFilter& filter, const PageRequest& request);
guichet::Value get_equipment(guichet::Ctx ctx, int64_t id);
// The same by what stands on its label.
guichet::Value equipment_by_code(guichet::Ctx ctx, std::string_view public_code);

// What the single fields cannot tell: the account is one to which the user may add, contract and line are of it, dates in order.
void check_equipment(guichet::Ctx ctx, Draft& draft, guichet::Problems& problems);
// With their transaction and events. A serial number that is taken: GUICHET_E_CONFLICT with field "serial".
int64_t create_equipment(guichet::Ctx ctx, const Draft& draft);
bool update_equipment(guichet::Ctx ctx, const Draft& draft, int64_t id, int64_t version);  // false: stale
// GUICHET_E_CONFLICT when interventions were done on it.
void delete_equipment(guichet::Ctx ctx, guichet::Value row);

// Members of rows for pages: status_label, status_color, commissioned_at, warranty_at, in_warranty.
void present_equipment(guichet::Ctx ctx, guichet::Value rows);
// Of the account: [{value, label}], the chosen one included.
guichet::Value equipment_options(guichet::Ctx ctx, int64_t account_id, int64_t chosen);

}  // namespace interventions
