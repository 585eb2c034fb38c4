// The one access filter of tickets: lists, pages, REST, widgets, messages and history all go through it.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace tickets {

inline constexpr std::string_view kRead = "tickets.ticket.read";
inline constexpr std::string_view kCreate = "tickets.ticket.create";
inline constexpr std::string_view kUpdate = "tickets.ticket.update";
inline constexpr std::string_view kDelete = "tickets.ticket.delete";

// The ways in which a user has a permission on tickets, one condition on ticket t each. All: any ticket. Own: he
// is its assignee, he has added it. Team: own, or it belongs to a team of his. None: no way.
class Access {
public:
    Access(guichet::Ctx ctx, std::string_view permission);

    std::size_t ways() const { return conditions_.size(); }
    // Appends the condition of one way: each is one column that an index begins with.
    void add_way(guichet::Query& query, std::size_t way) const;
    // Appends the condition that one of the ways holds.
    void add_any(guichet::Query& query) const;

private:
    struct Condition {
        std::string_view text;
        std::optional<int64_t> id;
    };
    std::vector<Condition> conditions_;
};

// Appends the condition that the user of a column ("w.user_id") may read ticket t: the same rule, for somebody else
// than the one who acts.
void add_readable_by(guichet::Query& query, std::string_view user_column);

}  // namespace tickets
