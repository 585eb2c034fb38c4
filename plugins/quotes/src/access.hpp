// The one access filter of quotes: list, page, REST, widgets and search all go through it.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace quotes {

inline constexpr std::string_view kRead = "quotes.quote.read";
inline constexpr std::string_view kCreate = "quotes.quote.create";
inline constexpr std::string_view kUpdate = "quotes.quote.update";
inline constexpr std::string_view kDelete = "quotes.quote.delete";

// The ways in which a user has a permission on quotes, one condition on quote q each. All: any quote. Own: he answers for it.
// Team: own, or it belongs to a team of his. None: no way.
class Access {
public:
    Access(guichet::Ctx ctx, std::string_view permission);

    std::size_t ways() const { return ways_.size(); }
    // Appends the condition of one way: each is one column that an index begins with.
    void add_way(guichet::Query& query, std::size_t way) const;
    // Appends the condition that one of the ways holds.
    void add_any(guichet::Query& query) const;

private:
    struct Way {
        std::string_view condition;
        std::optional<int64_t> id;
    };
    std::vector<Way> ways_;
};

}  // namespace quotes
