// Lists of quotes, the newest first, by key.
#pragma once

#include "quote_store.hpp"

namespace quotes {

inline constexpr int kPageRows = 25;

struct Cursor {
    guichet::Time at;
    int64_t id;
};
std::string encode(const Cursor& cursor);
std::optional<Cursor> decode(std::string_view text);  // nullopt when it is none

struct Filter {
    std::string state{}, from{}, to{}, words{};  // from, to: days on which it was added, both included, in the user's zone; "" for any
    std::optional<int64_t> account_id{}, ticket_id{}, owner_id{};
    int limit = kPageRows;
    std::optional<Cursor> after{};

    bool is_used() const;
};

struct Page {
    guichet::Value items;
    std::string next;  // cursor; "" when this is the last page
};

// [{id, ref, state, subject, customer, account_id, contact_id, ticket_id, net_cents, vat_cents, gross_cents, issued_on, valid_until,
// valid_at, owner_id, owner_name, team_id, created_at, updated_at, version}]
Page list_quotes(guichet::Ctx ctx, const Filter& filter);
// row.gross (text), row.state_label, row.state_color, row.title (number, or "Draft quote").
void present_rows(guichet::Ctx ctx, guichet::Value rows);

}  // namespace quotes
