// What a quote says besides its lines: read from forms and REST, checked, and compared with what was stored.
#pragma once

#include <guichet/sdk/plugin.hpp>

#include <span>

namespace quotes {

struct Header {
    std::string subject, customer, address, email, language, introduction, conditions, valid_until;  // valid_until: "2026-11-22"
    std::optional<int64_t> account_id, contact_id, ticket_id, owner_id, team_id;
};

// Of a row of the table quote.
Header header_of(guichet::Value row);

// Members that the form has; the others stay.
void read_form(Header& header, guichet::Request request);
// Members of a JSON body; links (account, contact, ticket) only of a new quote. Unknown ones are problems; "lines" and "version" are not
// looked at.
void read_json(guichet::Ctx ctx, Header& header, guichet::Value body, bool is_new, guichet::Problems& problems);
// Normalises, and says what is wrong. was: what is stored, whose people need not be active any more.
void check(guichet::Ctx ctx, Header& header, const Header& was, guichet::Problems& problems);

// The texts that differ: {name of the member, from, to}.
struct Difference {
    std::string_view field;
    std::string from, to;
};
std::vector<Difference> differences(const Header& from, const Header& to);

bool is_date(std::string_view text);  // "2026-02-28", from year 1 to 9999

}  // namespace quotes
