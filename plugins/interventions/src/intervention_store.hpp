// Interventions as the current user may see them (access.hpp). What he may not see does not exist: GUICHET_E_NOT_FOUND.
#pragma once

#include "paging.hpp"

namespace interventions {

inline constexpr std::string_view kInterventionObject = "interventions.intervention";

inline constexpr Field kInterventionFields[] = {
    {.name = "account_id", .label = "Account", .kind = Kind::reference, .missing = "Choose an account.", .fixed = true},
    {.name = "ticket_id", .kind = Kind::reference, .fixed = true},
    {.name = "contact_id", .label = "Contact", .kind = Kind::reference},
    {.name = "equipment_id", .label = "Piece of equipment", .kind = Kind::reference},
    {.name = "contract_id", .label = "Contract", .kind = Kind::reference},
    {.name = "subject", .label = "Title", .max_length = 200, .missing = "Enter a title."},
    {.name = "description", .label = "What is to be done", .kind = Kind::lines, .max_length = 10000},
    {.name = "report", .label = "What was done", .kind = Kind::lines, .max_length = 10000},
    {.name = "planned_from", .label = "Planned from", .kind = Kind::moment},
    {.name = "planned_to", .label = "Planned until", .kind = Kind::moment},
    {.name = "done_at", .label = "Done", .kind = Kind::moment},
};
inline constexpr Entity kIntervention{"intervention", kInterventionObject, kInterventionFields};

inline constexpr Sort kInterventionSorts[] = {
    {.name = "-created_at", .column = "created_at", .source = "created_at", .descending = true},
    {.name = "created_at", .column = "created_at", .source = "created_at"},
    {.name = "planned_from", .column = "planned_key", .source = "planned_from"},
    {.name = "-planned_from", .column = "planned_key", .source = "planned_from", .descending = true},
};

// draft, validated, done, billed: [{value, label, color}]
guichet::Value intervention_statuses(guichet::Ctx ctx);

struct InterventionFilter {
    std::string_view words = {};  // parts of number, title, account
    std::string_view status = {};
    std::optional<int64_t> account_id = {}, ticket_id = {}, equipment_id = {}, technician = {};
    std::vector<guichet::FieldFilter> custom = {};
};

// Rows have account_name, ticket_ref, equipment_label, contract_ref, contact_name, seconds (of all lines) and technicians: [{id, name}].
Page list_interventions(guichet::Ctx ctx, const InterventionFilter& filter, const PageRequest& request);
guichet::Value get_intervention(guichet::Ctx ctx, int64_t id);
// The latest 50 of a ticket or an equipment, presented: column "ticket_id" or "equipment_id".
guichet::Value interventions_of(guichet::Ctx ctx, std::string_view column, int64_t id);

// Fields that do not fit each other. A contract that does not run is refused unless it was there before.
void check_intervention(guichet::Ctx ctx, const Draft& draft, guichet::Problems& problems);
// Of a form ("technician", several) or of JSON (member technicians: [ids]); nothing: they stay. Who is no active user is a problem.
std::optional<std::vector<int64_t>> read_technicians(guichet::Ctx ctx, guichet::Request request);
std::optional<std::vector<int64_t>> read_technicians(guichet::Ctx ctx, guichet::Value body, guichet::Problems& problems);

int64_t create_intervention(guichet::Ctx ctx, const Draft& draft, const std::vector<int64_t>& technicians);
// False: stale. GUICHET_E_CONFLICT when it is locked.
bool update_intervention(guichet::Ctx ctx, const Draft& draft, const std::optional<std::vector<int64_t>>& technicians, int64_t id,
                         int64_t version);
// A sheet for a ticket with what is known of it (S2-20 to S2-22): account, contact, title, equipment, contract, assignee.
// GUICHET_E_CONFLICT for a ticket without account.
int64_t create_for_ticket(guichet::Ctx ctx, int64_t ticket_id);
// Only a draft that never had a number: numbers have no gaps.
void delete_intervention(guichet::Ctx ctx, guichet::Value row);

// Inside a transaction: nobody else changes it until its end. GUICHET_E_CONFLICT with the reason when it is signed or billed.
void lock_open(guichet::Ctx ctx, int64_t id);
// Why it cannot be changed, for people; "" when it can.
std::string_view lock_of(guichet::Ctx ctx, guichet::Value row);
// A line of its history, and the event for other plugins. Inside a transaction.
void note(guichet::Ctx ctx, int64_t id, std::string_view what, std::string_view detail = {});
// [{at, actor, text}], newest first.
guichet::Value history_of(guichet::Ctx ctx, int64_t id);

// Members for pages: status_label, status_color, duration, locked, may_update, may_delete.
void present_intervention(guichet::Ctx ctx, guichet::Value row);

}  // namespace interventions
