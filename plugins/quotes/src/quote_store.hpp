// Quotes in the database: read through the access filter, changed with their history and their event.
#pragma once

#include "access.hpp"
#include "header.hpp"
#include "lines.hpp"
#include "states.hpp"

namespace quotes {

// {id, ref or null, state, the members of Header, account_name, owner_name, team_name, net_cents, vat_cents, gross_cents, issued_on,
// issued_at, valid_at (those days as instants, for the filter date), is_over (the last day has passed), pdf_file_id, copied_from,
// created_at, created_by, updated_at, updated_by, version}. GUICHET_E_NOT_FOUND when there is none, or not for this user.
guichet::Value get_quote(guichet::Ctx ctx, int64_t id);
// The same, locked until the Tx ends; GUICHET_E_DENIED without the permission on it.
guichet::Value lock_quote(guichet::Ctx ctx, int64_t id, std::string_view permission);
bool may(guichet::Ctx ctx, std::string_view permission, int64_t id);
// Throws GUICHET_E_CONFLICT.
void require_draft(guichet::Ctx ctx, guichet::Value quote);
[[noreturn]] void throw_stale(guichet::Ctx ctx);

// A new quote as the settings have it, about a ticket, an account or nothing yet; owned by who acts.
Header new_header(guichet::Ctx ctx);
// Fills in what is known of the ticket and of the account; problems when there are none such for this user.
void address_to(guichet::Ctx ctx, Header& header, guichet::Problems& problems);

// All inside of a Tx, with history and event.
int64_t add_quote(guichet::Ctx ctx, const Header& header, const Lines& lines, std::optional<int64_t> copied_from = std::nullopt);
void update_quote(guichet::Ctx ctx, guichet::Value quote, const Header& header, const Lines& lines);
void change_people(guichet::Ctx ctx, guichet::Value quote, const Header& header);  // owner and team, in any state
void remove_quote(guichet::Ctx ctx, guichet::Value quote);
int64_t duplicate_quote(guichet::Ctx ctx, guichet::Value quote);
// by_name: of the customer, "" for who acts. detail: the reason of a refusal, to whom it was sent.
void enter_state(guichet::Ctx ctx, guichet::Value quote, std::string_view state, std::string_view by_name = {},
                 std::string_view detail = {});
inline constexpr std::size_t kMostReason = 1000;
// Takes the step of a colleague; GUICHET_E_CONFLICT when it is not possible now, GUICHET_E_INVALID for a reason that is too long.
void take_step(guichet::Ctx ctx, guichet::Value quote, const Step& step, std::string_view reason);

}  // namespace quotes
